import { useLocale, useTranslations } from 'next-intl';
import { BackLink } from '#components/back-link.tsx';
import { textIn } from '#components/both-languages.ts';
import { UtcDay } from '#components/utc-day.tsx';
import { RichText } from '#features/rich-text/rich-text.tsx';
import { Status } from '#ui/status.tsx';
import type { PublishedAnnouncement } from '../announcement.ts';

/** One announcement whole. */
export function AnnouncementArticle({ announcement }: { readonly announcement: PublishedAnnouncement }) {
  const t = useTranslations('announcements');
  const locale = useLocale();
  const { title, body, importance, publishedAt } = announcement;
  return (
    <article className="max-w-2xl py-10 sm:py-14">
      <BackLink href="/announcements">{t('title')}</BackLink>
      <h1 className="text-title font-semibold tracking-tight wrap-anywhere">{textIn(locale, title)}</h1>
      <p className="mt-1 mb-6 flex gap-4 text-caption text-ink-faint">
        <UtcDay at={publishedAt} locale={locale} />
        {importance === 'warning' && <Status tone="warn">{t('importance.warning')}</Status>}
      </p>
      <RichText text={textIn(locale, body)} />
    </article>
  );
}
