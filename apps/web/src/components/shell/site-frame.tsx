import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import type { Theme } from '../theme.ts';
import { Brand } from './brand.tsx';
import { LocaleSwitch } from './locale-switch.tsx';
import { mainId } from './skip-link.tsx';
import { SupportLink } from './support-link.tsx';
import { ThemeMenu } from './theme-menu.tsx';

const footLink = 'inline-flex min-h-9 items-center px-2 text-small text-ink-soft hover:text-ink max-sm:min-h-11';

export interface SiteFrameProps {
  readonly siteName: string;
  readonly theme: Theme;
  /** Links beside the language and theme. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of pages outside the console: a head, the page, and a foot. */
export function SiteFrame({ siteName, theme, actions, children }: SiteFrameProps) {
  const t = useTranslations('shell');
  return (
    <div className="mx-auto flex min-h-dvh max-w-[1120px] flex-col px-4 sm:px-6">
      <header className="flex flex-wrap items-center justify-between gap-x-4 border-b border-rule py-2">
        <Brand name={siteName} href="/" />
        <div className="flex items-center gap-0.5">
          <Link href="/docs" className={buttonClass('quiet')}>
            {t('docs')}
          </Link>
          <LocaleSwitch />
          <ThemeMenu initial={theme} />
          {actions}
        </div>
      </header>
      <main id={mainId} tabIndex={-1} className="flex grow flex-col outline-none">
        {children}
      </main>
      <footer className="border-t border-rule py-2">
        <nav aria-label={t('siteNavigation')} className="-mx-2">
          {(['docs', 'status', 'announcements', 'terms', 'privacy'] as const).map((page) => (
            <Link key={page} href={`/${page}`} className={footLink}>
              {t(page)}
            </Link>
          ))}
          <SupportLink className={footLink} />
        </nav>
      </footer>
    </div>
  );
}
