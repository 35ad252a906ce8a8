import type { Metadata } from 'next';
import { getLocale } from 'next-intl/server';
import { getPathname } from '#i18n/navigation.ts';
import { type Locale, locales, routing } from '#i18n/routing.ts';
import { siteOrigin } from './site-origin.ts';

export interface PageText {
  /** Without its language: "/pricing". */
  readonly path: string;
  readonly title: string;
  readonly description: string;
  /** Stands for itself, without the site's name behind it. */
  readonly isWholeTitle?: boolean;
}

/** What search engines and other people's previews are told of a public page: itself, and itself in the other language. */
export async function pageMetadata({ path, title, description, isWholeTitle }: PageText): Promise<Metadata> {
  const [locale, origin] = await Promise.all([getLocale(), siteOrigin()]);
  const { canonical, languages } = pageAddresses(path, locale, origin);
  return {
    title: isWholeTitle ? { absolute: title } : title,
    description,
    alternates: { canonical, languages },
    openGraph: { title, description, url: canonical, type: 'website', locale: locale === 'zh' ? 'zh_CN' : 'en_US' },
    twitter: { card: 'summary', title, description },
  };
}

/** Where a page stands in each language. */
export function pageAddresses(path: string, locale: Locale, origin: string) {
  const at = (language: Locale) => `${origin}${getPathname({ href: path, locale: language })}`.replace(/\/$/, '');
  const languages = Object.fromEntries(
    locales.map((language) => [language === 'zh' ? 'zh-Hans' : language, at(language)]),
  );
  return { canonical: at(locale), languages: { ...languages, 'x-default': at(routing.defaultLocale) } };
}
