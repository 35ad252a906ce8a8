import { loader } from 'fumadocs-core/source';
import { pageSchema } from 'fumadocs-core/source/schema';
import { defineDocs } from 'fumadocs-mdx/macro';
import { z } from 'zod';
import { type Locale, routing } from '#i18n/routing.ts';
import { type OutlineGroup, outlineOf } from '../outline.ts';

/** The docs' pages: content/docs/<page>.<language>.mdx, in the order of the meta files beside them. */
const collection = defineDocs({
  dir: 'content/docs',
  docs: {
    async: true,
    postprocess: { includeProcessedMarkdown: { headingIds: false } },
    // A date by hand: a clone without history knows none.
    schema: pageSchema.extend({ description: z.string().min(1), updated: z.iso.date() }),
  },
});

export const docs = loader(collection.toFumadocsSource(), {
  baseUrl: '/docs',
  // Without the language: the site's own links put that before it.
  url: (slugs) => ['/docs', ...slugs].join('/'),
  i18n: {
    languages: [...routing.locales],
    defaultLanguage: routing.defaultLocale,
    fallbackLanguage: null,
  },
});

export type DocsPage = (typeof docs)['$inferPage'];

/** Every page of a language, in order. */
export function docsOutline(locale: Locale): OutlineGroup[] {
  return outlineOf(docs.getPageTree(locale).children);
}
