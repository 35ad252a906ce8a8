'use client';

import { useTranslations } from 'next-intl';
import { Link, usePathname } from '#i18n/navigation.ts';
import { classNames } from '#ui/class-names.ts';
import { ChevronIcon } from '#ui/icons.tsx';
import type { OutlineGroup } from '../outline.ts';

/** Every page: beside the text on wide screens, folded above it on narrow ones. */
export function DocsNav({ outline }: { readonly outline: readonly OutlineGroup[] }) {
  const t = useTranslations('docs');
  const pathname = usePathname();
  return (
    <>
      {/* A new page starts folded again. */}
      <details key={pathname} className="group border-b border-rule lg:hidden">
        <summary className="flex min-h-11 cursor-pointer list-none items-center gap-2 text-small font-medium [&::-webkit-details-marker]:hidden">
          <ChevronIcon className="-rotate-90 transition-transform group-open:rotate-0" />
          {t('contents')}
        </summary>
        <PageList outline={outline} pathname={pathname} label={t('contents')} />
      </details>
      <div className="max-lg:hidden">
        <PageList outline={outline} pathname={pathname} label={t('contents')} />
      </div>
    </>
  );
}

interface PageListProps {
  readonly outline: readonly OutlineGroup[];
  readonly pathname: string;
  readonly label: string;
}

function PageList({ outline, pathname, label }: PageListProps) {
  return (
    <nav aria-label={label} className="flex flex-col gap-5 pb-6">
      {outline.map(({ title, pages }) => (
        <div key={title ?? ''}>
          {title && <p className="mb-1 px-2 text-caption font-medium text-ink-faint">{title}</p>}
          <ul>
            {pages.map((page) => (
              <li key={page.href}>
                <Link
                  href={page.href}
                  aria-current={page.href === pathname ? 'page' : undefined}
                  className={classNames(
                    'flex min-h-8 items-center rounded-control px-2 py-1 text-small hover:bg-sunken max-lg:min-h-11',
                    page.href === pathname ? 'bg-sunken font-medium text-ink' : 'text-ink-soft',
                  )}
                >
                  {page.title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
