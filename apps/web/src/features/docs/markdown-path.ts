import { type Locale, locales, routing } from '#i18n/routing.ts';

/** Where a page's twin in Markdown is. @param url without the language */
export function markdownPath(url: string, locale: Locale): string {
  return `${locale === routing.defaultLocale ? '' : `/${locale}`}${url}.md`;
}

const twin = new RegExp(`^(?:/(${locales.join('|')}))?/docs(?:/(.+))?\\.md$`);

/** The route that answers for such a path; undefined for every other path. */
export function markdownRoute(path: string): string | undefined {
  const found = twin.exec(path);
  if (!found) return undefined;
  const [, locale = routing.defaultLocale, slug = ''] = found;
  return `/api/docs/markdown/${locale}${slug && slug !== 'index' ? `/${slug}` : ''}`;
}
