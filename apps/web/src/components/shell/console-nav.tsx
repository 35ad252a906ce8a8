'use client';

import { useTranslations } from 'next-intl';
import { Link, usePathname } from '#i18n/navigation.ts';
import { classNames } from '#ui/class-names.ts';
import { BarsIcon, GaugeIcon, KeyIcon } from '#ui/icons.tsx';

const entries = [
  { href: '/console', label: 'overview', Icon: GaugeIcon },
  { href: '/console/keys', label: 'keys', Icon: KeyIcon },
  { href: '/console/usage', label: 'usage', Icon: BarsIcon },
] as const;

/** The rail: beside the page on wide screens, a row above it on narrow ones. Folded it shows icons alone. */
export function ConsoleNav({ folded }: { readonly folded: boolean }) {
  const t = useTranslations('shell');
  const pathname = usePathname();
  return (
    <nav aria-label={t('navigation')} className="flex gap-1 max-md:overflow-x-auto md:flex-col">
      {entries.map(({ href, label, Icon }) => {
        const current = href === '/console' ? pathname === href : pathname.startsWith(href);
        return (
          <Link
            key={href}
            href={href}
            aria-current={current ? 'page' : undefined}
            title={folded ? t(label) : undefined}
            className={classNames(
              'flex h-9 items-center gap-3 rounded-control px-3 text-small whitespace-nowrap hover:bg-sunken max-md:h-11',
              current ? 'bg-sunken font-medium text-ink' : 'text-ink-soft',
            )}
          >
            <Icon className={current ? 'text-accent' : undefined} />
            <span className={folded ? 'md:sr-only' : undefined}>{t(label)}</span>
          </Link>
        );
      })}
    </nav>
  );
}
