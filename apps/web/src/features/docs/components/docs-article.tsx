import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { linkClass } from '#ui/link-class.ts';
import type { PageLink } from '../outline.ts';
import { CopyPage } from './copy-page.tsx';
import { OnThisPage, type PageHeading } from './on-this-page.tsx';
import { PageTurner } from './page-turner.tsx';

export interface DocsArticleProps {
  readonly title: string;
  readonly description: string;
  /** YYYY-MM-DD */
  readonly updated: string;
  /** The group of the outline that the page is in. */
  readonly group: string | undefined;
  readonly headings: readonly PageHeading[];
  /** The page's twin in Markdown. */
  readonly markdownPath: string;
  readonly previous: PageLink | undefined;
  readonly next: PageLink | undefined;
  /** The reader is signed in and has a key: how it may be shown. */
  readonly shownKey: string | undefined;
  readonly children: ReactNode;
}

/** One page of the docs. */
export function DocsArticle(props: DocsArticleProps) {
  const { title, description, updated, group, headings, markdownPath, previous, next, shownKey, children } = props;
  const t = useTranslations('docs');
  const locale = useLocale();
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(updated));
  return (
    <div className="flex min-w-0 grow gap-10">
      <article className="min-w-0 max-w-[44rem] grow py-6">
        <p className="text-caption text-ink-faint">{[t('title'), group].filter(Boolean).join(' / ')}</p>
        <h1 className="mt-1 text-figure font-semibold tracking-tight text-balance">{title}</h1>
        <p className="mt-2 text-lead text-ink-soft">{description}</p>
        <div className="mt-4 mb-6 flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-rule pb-4 text-small text-ink-faint">
          <CopyPage markdownPath={markdownPath} />
          <a href={markdownPath} className={`inline-flex min-h-9 items-center max-sm:min-h-11 ${linkClass}`}>
            {t('asMarkdown')}
          </a>
          <span>{t('updated', { date })}</span>
        </div>
        {shownKey && <p className="mb-6 text-small text-ink-soft">{t('shownKey', { key: shownKey })}</p>}
        <div className="flex flex-col gap-4">{children}</div>
        <PageTurner previous={previous} next={next} />
      </article>
      {headings.length > 1 && (
        <div className="w-52 shrink-0 py-6 max-xl:hidden">
          <div className="sticky top-6 max-h-[calc(100dvh-3rem)] overflow-y-auto">
            <OnThisPage headings={headings} />
          </div>
        </div>
      )}
    </div>
  );
}
