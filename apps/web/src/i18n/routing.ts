import { defineRouting } from 'next-intl/routing';

export const locales = ['zh', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Where the language that somebody chose is kept. */
export const localeCookie = { name: 'bridge-locale', maxAge: 60 * 60 * 24 * 365, sameSite: 'lax' } as const;

/** Chinese has the plain addresses, English stands under /en. */
export const routing = defineRouting({
  locales,
  defaultLocale: 'zh',
  localePrefix: 'as-needed',
  localeCookie,
  alternateLinks: false,
});
