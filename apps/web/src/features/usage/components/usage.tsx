'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { PageHead } from '#ui/section.tsx';
import { Segmented } from '#ui/segmented.tsx';
import { dayRanges, readDayRange } from '../days.ts';
import { RequestLog } from './request-log.tsx';
import { SpendByModel } from './spend-by-model.tsx';

/** The usage page. Its range is part of the address, so that a view can be shared. */
export function Usage() {
  const t = useTranslations('usage');
  const router = useRouter();
  const pathname = usePathname();
  const days = readDayRange(useSearchParams().get('days'));
  return (
    <>
      <PageHead
        title={t('title')}
        lead={t('lead')}
        actions={
          <Segmented
            label={t('range')}
            value={String(days)}
            onChange={(value) => router.replace({ pathname, query: { days: value } }, { scroll: false })}
            options={dayRanges.map((range) => ({ value: String(range), label: t('days', { count: range }) }))}
          />
        }
      />
      <SpendByModel days={days} />
      <RequestLog days={days} />
    </>
  );
}
