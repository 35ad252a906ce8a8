import { useLocale, useTranslations } from 'next-intl';
import { textIn } from '#components/both-languages.ts';
import { UtcDay } from '#components/utc-day.tsx';
import { RichLine } from '#features/rich-text/rich-text.tsx';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { EmptyState } from '#ui/states.tsx';
import { Status } from '#ui/status.tsx';
import type { PublishedAnnouncement } from '../announcement.ts';

/** What the operator tells at present. */
export function AnnouncementList({ announcements }: { readonly announcements: readonly PublishedAnnouncement[] }) {
  const t = useTranslations('announcements');
  const locale = useLocale();
  return (
    <div className="py-10 sm:py-14">
      <h1 className="text-title font-semibold tracking-tight">{t('title')}</h1>
      {announcements.length === 0 && <EmptyState title={t('none.title')}>{t('none.body')}</EmptyState>}
      <ul className="mt-6 max-w-2xl">
        {announcements.map(({ id, title, body, importance, publishedAt }) => (
          <li key={id} className="border-t border-rule py-5">
            <p className="flex gap-4 text-caption text-ink-faint">
              <UtcDay at={publishedAt} locale={locale} />
              {importance === 'warning' && <Status tone="warn">{t('importance.warning')}</Status>}
            </p>
            <h2 className="mt-1 text-lead font-semibold tracking-tight wrap-anywhere">
              <Link href={`/announcements/${id}`} className={linkClass}>
                {textIn(locale, title)}
              </Link>
            </h2>
            <p className="mt-1 line-clamp-3 text-ink-soft wrap-anywhere">
              <RichLine text={textIn(locale, body)} />
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}
