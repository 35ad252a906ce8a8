'use client';

import { useTranslations } from 'next-intl';
import { Link, usePathname } from '#i18n/navigation.ts';
import { classNames } from '#ui/class-names.ts';
import { headerLinks } from './site-links.ts';

export interface SiteNavProps {
  /** In a row beside the brand, or below each other in the opened menu. */
  readonly layout: 'row' | 'column';
  readonly onFollow?: () => void;
}

/** The site's main pages; where the reader is, is marked. */
export function SiteNav({ layout, onFollow }: SiteNavProps) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  return (
    <nav aria-label={t('siteNavigation')}>
      <ul className={layout === 'row' ? 'flex items-center' : 'flex flex-col'}>
        {headerLinks.map(({ href, name }) => {
          const isHere = pathname === href || pathname.startsWith(`${href}/`);
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={isHere ? 'page' : undefined}
                onClick={onFollow}
                className={classNames(
                  'flex items-center text-small hover:text-ink',
                  layout === 'row' ? 'min-h-9 px-3' : 'min-h-12 border-b border-rule',
                  isHere ? 'font-medium text-ink' : 'text-ink-soft',
                )}
              >
                {t(name)}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
