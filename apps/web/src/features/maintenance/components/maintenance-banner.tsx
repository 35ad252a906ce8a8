'use client';

import { useLocale, useTranslations } from 'next-intl';
import { textIn } from '#components/both-languages.ts';
import { LocalTime } from '#components/local-time.tsx';
import { useIsMounted } from '#components/use-is-mounted.ts';
import { Status } from '#ui/status.tsx';
import type { MaintenanceNotice } from '../maintenance.ts';

const minuteLength = 'YYYY-MM-DDTHH:mm'.length;

/** That something is worked on, what, and until when. It cannot be closed: what it says holds for every page. */
export function MaintenanceBanner({ notice }: { readonly notice: MaintenanceNotice }) {
  const { text, until, holdsRelay } = notice;
  const t = useTranslations('maintenance');
  const locale = useLocale();
  // The reader's zone is known in the browser alone.
  const isMounted = useIsMounted();
  return (
    <aside
      aria-label={t('label')}
      className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-b border-rule bg-sunken px-4 py-2 text-small md:px-5"
    >
      <Status tone="warn">{t('label')}</Status>
      <p className="min-w-0 wrap-anywhere">
        {textIn(locale, text) || t(holdsRelay ? 'leadWithRelay' : 'lead')}{' '}
        {until !== null && (
          <>
            {t('until')}
            {isMounted ? <LocalTime at={new Date(until)} /> : `${until.slice(0, minuteLength).replace('T', ' ')} UTC`}
          </>
        )}
      </p>
    </aside>
  );
}
