import { defineRouting } from 'next-intl/routing';

export const locales = ['zh', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Chinese has the plain addresses, English stands under /en. */
export const routing = defineRouting({
  locales,
  defaultLocale: 'zh',
  localePrefix: 'as-needed',
  localeCookie: { name: 'bridge-locale', maxAge: 60 * 60 * 24 * 365, sameSite: 'lax' },
  alternateLinks: false,
});
