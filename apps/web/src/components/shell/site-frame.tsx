import type { ReactNode } from 'react';
import { PaletteButton } from '../palette/palette-button.tsx';
import type { Theme } from '../theme.ts';
import { Brand } from './brand.tsx';
import { LocaleSwitch } from './locale-switch.tsx';
import { SiteFoot } from './site-foot.tsx';
import { SiteMenu } from './site-menu.tsx';
import { SiteNav } from './site-nav.tsx';
import { mainId } from './skip-link.tsx';
import { ThemeMenu } from './theme-menu.tsx';

export interface SiteFrameProps {
  readonly siteName: string;
  readonly theme: Theme;
  /** Links at the header's end; on narrow screens they are in the menu. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of pages outside the console: a head, the page, and a foot. */
export function SiteFrame({ siteName, theme, actions, children }: SiteFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-rule">
        <div className="mx-auto flex max-w-[1120px] flex-wrap items-center gap-x-1 px-4 py-2 sm:px-6">
          <div className="flex items-center gap-x-5">
            <Brand name={siteName} href="/" />
            <div className="max-md:hidden">
              <SiteNav layout="row" />
            </div>
          </div>
          <div className="ml-auto flex items-center gap-0.5">
            <PaletteButton area="site" />
            <LocaleSwitch />
            <ThemeMenu initial={theme} />
            <div className="flex items-center gap-2 pl-2 empty:hidden max-md:hidden">{actions}</div>
          </div>
          <SiteMenu>{actions}</SiteMenu>
        </div>
      </header>
      <main
        id={mainId}
        tabIndex={-1}
        className="mx-auto flex w-full max-w-[1120px] grow flex-col px-4 outline-none sm:px-6"
      >
        {children}
      </main>
      <SiteFoot siteName={siteName} />
    </div>
  );
}
