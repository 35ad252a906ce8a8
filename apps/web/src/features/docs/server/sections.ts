import type { Locale } from '#i18n/routing.ts';
import { plainWords } from '../markdown-text.ts';
import type { DocsSection } from '../search.ts';
import { docs } from './content.ts';

/** All that can be found in one language's docs. */
export async function docsSections(locale: Locale): Promise<DocsSection[]> {
  const pages = await Promise.all(
    docs.getPages(locale).map(async ({ url, data: { title = '', description, structuredData } }) => {
      const { headings, contents } = await structuredData();
      const textOf = (heading: string | undefined) =>
        contents
          .filter((content) => content.heading === heading)
          .map(({ content }) => plainWords(content))
          .join(' ');
      return [
        { url, page: title, text: [description, textOf(undefined)].join(' ') },
        ...headings.map(({ id, content }) => ({
          url: `${url}#${id}`,
          page: title,
          heading: content,
          text: textOf(id),
        })),
      ];
    }),
  );
  return pages.flat();
}
