'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { SearchBox } from '#features/customer/components/search-box.tsx';
import { OrganizationSwitcher } from '#features/team/components/organization-switcher.tsx';
import { Button } from '#ui/button.tsx';
import { classNames } from '#ui/class-names.ts';
import { RailIcon } from '#ui/icons.tsx';
import { Status } from '#ui/status.tsx';
import { PaletteButton } from '../palette/palette-button.tsx';
import { useMay } from '../permissions.tsx';
import type { Theme } from '../theme.ts';
import { AdminNav } from './admin-nav.tsx';
import { Brand } from './brand.tsx';
import { ConsoleNav } from './console-nav.tsx';
import { LocaleSwitch } from './locale-switch.tsx';
import { mainId } from './skip-link.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { UserMenu } from './user-menu.tsx';

export interface ConsoleShellProps {
  readonly siteName: string;
  /** The customer's console, or what staff see of the site. */
  readonly area: 'console' | 'admin';
  /** Beside the name of the site: the organization, or the area. */
  readonly place: string;
  /** The organizations of this person, the one at hand first; none in the staff's area. */
  readonly organizations?: readonly { readonly id: string; readonly name: string }[];
  /** The staff's pages are open to this person. */
  readonly isStaff: boolean;
  readonly user: { readonly name: string; readonly email: string };
  readonly theme: Theme;
  /** The built-in simulator answers. */
  readonly demo: boolean;
  readonly children: ReactNode;
}

/** The frame of every console page, the customer's and the staff's. */
export function ConsoleShell(props: ConsoleShellProps) {
  const { siteName, area, place, organizations = [], isStaff, user, theme, demo, children } = props;
  const t = useTranslations('shell');
  const [folded, setFolded] = useState(false);
  const mayFind = useMay('organization.read');
  const Nav = area === 'admin' ? AdminNav : ConsoleNav;
  return (
    <div className="flex min-h-dvh flex-col">
      {demo && (
        <aside
          aria-label={t('demo.label')}
          className="flex items-baseline gap-2 border-b border-rule bg-sunken px-4 py-1.5 text-small md:px-5 print:hidden"
        >
          <Status tone="warn">{t('demo.label')}</Status>
          <span className="text-ink-soft">{t('demo.body')}</span>
        </aside>
      )}
      <header className="flex flex-wrap items-center justify-between gap-x-4 border-b border-rule px-4 py-2 md:px-5 print:hidden">
        <div className="flex min-w-0 items-center gap-3">
          <Brand isTight name={siteName} href={area === 'admin' ? '/admin' : '/console'} />
          {organizations.length > 1 ? (
            <OrganizationSwitcher organizations={organizations} />
          ) : (
            <span className="truncate border-l border-rule pl-3 text-small text-ink-faint max-sm:hidden">{place}</span>
          )}
        </div>
        <div className="flex items-center gap-0.5">
          {area === 'admin' && mayFind && <SearchBox />}
          <PaletteButton area={area} />
          <LocaleSwitch />
          <ThemeMenu initial={theme} />
          <UserMenu
            name={user.name}
            email={user.email}
            other={area === 'admin' ? 'console' : isStaff ? 'admin' : undefined}
          />
        </div>
      </header>
      <div className="flex grow max-md:flex-col">
        <div
          className={classNames(
            'shrink-0 border-rule p-2 print:hidden max-md:border-b md:flex md:flex-col md:justify-between md:border-r md:p-3',
            folded ? 'md:w-16' : 'md:w-52',
          )}
        >
          <Nav folded={folded} />
          <Button
            look="quiet"
            size="icon"
            aria-pressed={folded}
            aria-label={t('fold')}
            onClick={() => setFolded(!folded)}
            className="max-md:hidden"
          >
            <RailIcon />
          </Button>
        </div>
        <main id={mainId} tabIndex={-1} className="min-w-0 grow px-4 py-6 outline-none md:px-8 md:py-8 print:p-0">
          <div className="max-w-[1120px]">{children}</div>
        </main>
      </div>
    </div>
  );
}
