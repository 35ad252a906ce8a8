import { hasLocale } from 'next-intl';
import { docsSections } from '#features/docs/server/sections.ts';
import { routing } from '#i18n/routing.ts';

export const dynamic = 'force-static';
export const dynamicParams = false;

export function generateStaticParams() {
  return routing.locales.map((locale) => ({ locale }));
}

/** All that the docs' search looks through, in one language; made when the site is built. */
export async function GET(_request: Request, { params }: { readonly params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  return hasLocale(routing.locales, locale)
    ? Response.json(await docsSections(locale))
    : new Response(null, { status: 404 });
}
