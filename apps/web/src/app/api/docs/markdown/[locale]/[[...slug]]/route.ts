import { hasLocale } from 'next-intl';
import { docs } from '#features/docs/server/content.ts';
import { currentAddresses } from '#features/docs/server/example-values.ts';
import { markdownOf } from '#features/docs/server/markdown.ts';
import { routing } from '#i18n/routing.ts';

export const dynamic = 'force-dynamic';

interface MarkdownContext {
  readonly params: Promise<{ readonly locale: string; readonly slug?: string[] }>;
}

/** A page's twin in Markdown; people reach it at the page's own address with `.md`. */
export async function GET(_request: Request, { params }: MarkdownContext) {
  const { locale, slug } = await params;
  const page = hasLocale(routing.locales, locale) ? docs.getPage(slug, locale) : undefined;
  if (!page) return new Response('Not found\n', { status: 404 });
  const text = await markdownOf(page, await currentAddresses());
  return new Response(text, { headers: { 'content-type': 'text/markdown; charset=utf-8' } });
}
