'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Locale } from '#i18n/routing.ts';

/** What every page may know of the site, from its settings. */
export interface Site {
  readonly name: string;
  /** Where its logo is read; null: the product's own mark. */
  readonly logo: string | null;
  /** On offer. */
  readonly languages: readonly Locale[];
  /** An e-mail address or an https page; '' without one. */
  readonly supportContact: string;
  /** What new plans are priced in. */
  readonly currency: string;
  readonly showBalanceAs: 'tokens' | 'money';
}

const SiteContext = createContext<Site>({
  ...{ name: '', logo: null, languages: ['zh', 'en'], supportContact: '', currency: 'usd', showBalanceAs: 'tokens' },
});

export function SiteProvider({ site, children }: { readonly site: Site; readonly children: ReactNode }) {
  return <SiteContext value={site}>{children}</SiteContext>;
}

export function useSite(): Site {
  return useContext(SiteContext);
}
