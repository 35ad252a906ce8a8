'use client';

import { type ComponentType, type SVGProps, useEffect, useRef } from 'react';
import { Link, usePathname } from '#i18n/navigation.ts';
import { classNames } from '#ui/class-names.ts';

export interface RailEntry {
  readonly href: string;
  readonly label: string;
  readonly Icon: ComponentType<Omit<SVGProps<SVGSVGElement>, 'children'>>;
  /** The entry of the area's first page, above all others: only its own address counts. */
  readonly isHome?: boolean;
  /** Something waits there: how much, and what that is called. */
  readonly waiting?: { readonly count: number; readonly label: string } | undefined;
}

export interface RailNavProps {
  readonly label: string;
  readonly entries: readonly RailEntry[];
  readonly folded: boolean;
}

/** The rail: beside the page on wide screens, a row above it on narrow ones. Folded it shows icons alone. */
export function RailNav({ label, entries, folded }: RailNavProps) {
  const pathname = usePathname();
  const rail = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page has another entry
  useEffect(() => showCurrent(rail.current), [pathname]);
  return (
    <nav ref={rail} aria-label={label} className="flex gap-1 max-md:overflow-x-auto md:flex-col">
      {entries.map(({ href, label: name, Icon, isHome, waiting }) => {
        const current = isHome ? pathname === href : pathname.startsWith(href);
        return (
          <Link
            key={href}
            href={href}
            aria-current={current ? 'page' : undefined}
            title={folded ? name : undefined}
            className={classNames(
              'relative flex h-9 items-center gap-3 rounded-control px-3 text-small whitespace-nowrap hover:bg-sunken max-md:h-11',
              current ? 'bg-sunken font-medium text-ink' : 'text-ink-soft',
            )}
          >
            <Icon className={current ? 'text-accent' : undefined} />
            <span className={folded ? 'md:sr-only' : undefined}>{name}</span>
            {waiting && <Waiting {...waiting} folded={folded} />}
          </Link>
        );
      })}
    </nav>
  );
}

/** In a row that is longer than the screen, moves the entry of this page to its middle; the page itself stays. */
function showCurrent(rail: HTMLElement | null): void {
  const entry = rail?.querySelector('[aria-current=page]');
  if (!rail || !entry) return;
  const [own, all] = [entry.getBoundingClientRect(), rail.getBoundingClientRect()];
  rail.scrollLeft += own.left + own.width / 2 - (all.left + all.width / 2);
}

/** Above this the number says no more than that there are many. */
const maxShown = 99;

function Waiting({
  count,
  label,
  folded,
}: {
  readonly count: number;
  readonly label: string;
  readonly folded: boolean;
}) {
  return (
    <span
      className={classNames(
        'ml-auto rounded-full bg-bad px-1.5 text-caption leading-5 font-medium text-on-bad tabular-nums',
        folded && 'md:absolute md:top-0 md:right-0 md:px-1 md:leading-4',
      )}
    >
      <span aria-hidden="true">{count > maxShown ? `${maxShown}+` : count}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
