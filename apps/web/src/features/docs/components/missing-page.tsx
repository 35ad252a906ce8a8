import { useTranslations } from 'next-intl';
import { Link } from '#i18n/navigation.ts';
import { linkClass } from '#ui/link-class.ts';
import { SearchPanel } from './search-panel.tsx';

/** An address of the docs without a page: the search is the next step. */
export function MissingPage() {
  const t = useTranslations('docs.missing');
  return (
    <div className="min-w-0 max-w-[44rem] grow py-6">
      <h1 className="text-figure font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-2 mb-6 text-ink-soft">
        {t.rich('body', {
          start: (text) => (
            <Link href="/docs" className={linkClass}>
              {text}
            </Link>
          ),
        })}
      </p>
      <SearchPanel />
    </div>
  );
}
