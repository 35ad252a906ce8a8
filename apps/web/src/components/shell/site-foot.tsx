import { useTranslations } from 'next-intl';
import { Link } from '#i18n/navigation.ts';
import { footLinks, headerLinks } from './site-links.ts';
import { SupportLink } from './support-link.tsx';

const link =
  'inline-flex min-h-9 items-center px-2 text-small text-ink-soft hover:text-ink max-sm:min-h-11 max-sm:pl-0';

/** The foot of every page outside the console: the same ways on, and what one looks for at a page's end. */
export function SiteFoot({ siteName }: { readonly siteName: string }) {
  const t = useTranslations('shell');
  return (
    <footer className="mt-auto border-t border-rule">
      <nav
        aria-label={t('footNavigation')}
        className="mx-auto flex max-w-[1120px] flex-wrap items-center gap-x-1 px-4 py-3 sm:px-6"
      >
        <span className="mr-auto pr-6 text-small text-ink-faint max-sm:w-full max-sm:py-2">{siteName}</span>
        {[...headerLinks, ...footLinks].map(({ href, name }) => (
          <Link key={href} href={href} className={link}>
            {t(name)}
          </Link>
        ))}
        <SupportLink className={link} />
      </nav>
    </footer>
  );
}
