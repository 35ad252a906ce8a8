'use client';

import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { PagedList } from '#components/paged-list.tsx';
import { usePathname, useRouter } from '#i18n/navigation.ts';
import { Button } from '#ui/button.tsx';
import { PageHead } from '#ui/section.tsx';
import { EmptyState } from '#ui/states.tsx';
import { type MailFilter, mailFilterQuery, readMailFilter } from '../mail-filter.ts';
import { MailFilters } from './mail-filters.tsx';
import { MailTable } from './mail-table.tsx';

/** Everybody's mails. What is looked for is in the address. */
export function Mailbox() {
  const t = useTranslations('mailbox');
  const router = useRouter();
  const pathname = usePathname();
  const filter = readMailFilter(useSearchParams());
  const list = api.mailbox.list.useInfiniteQuery(filter, { getNextPageParam: (page) => page.nextCursor });
  const mails = list.data?.pages.flatMap((page) => page.mails);
  const isKept = list.data?.pages[0]?.isKept;
  const isNarrowed = filter.address !== '' || filter.state !== undefined;
  const narrow = (next: MailFilter) => router.replace({ pathname, query: mailFilterQuery(next) }, { scroll: false });
  return (
    <>
      <PageHead title={t('title')} lead={isKept ? t('leadKept') : t('lead')} />
      <MailFilters key={filter.address} filter={filter} onChange={narrow} />
      <PagedList
        list={list}
        rows={mails}
        more={t('more')}
        empty={
          isNarrowed ? (
            <EmptyState
              title={t('noMatch.title')}
              action={<Button onClick={() => narrow({ address: '', state: undefined })}>{t('noMatch.clear')}</Button>}
            >
              {t('noMatch.body')}
            </EmptyState>
          ) : (
            <EmptyState title={t('empty.title')}>{t('empty.body')}</EmptyState>
          )
        }
      >
        {(shown) => <MailTable mails={shown} />}
      </PagedList>
    </>
  );
}
