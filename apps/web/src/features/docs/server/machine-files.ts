import { readSettings } from '@ai-bridge/catalog';
import type { Locale } from '#i18n/routing.ts';
import { composition } from '#server/deps.ts';
import { markdownPath } from '../markdown-path.ts';
import { docs, docsOutline } from './content.ts';
import { currentAddresses } from './example-values.ts';
import { markdownOf } from './markdown.ts';

const plainText = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };

/** llms.txt: what the site is and where each page of its docs is to be had as Markdown. */
export async function llmsIndex(locale: Locale): Promise<Response> {
  const [{ siteName }, { baseUrl, consoleUrl }] = await Promise.all([
    readSettings(composition().deps.prisma),
    currentAddresses(),
  ]);
  const groups = docsOutline(locale).map(({ title, pages }) => {
    const lines = pages.map(({ href, title: name }) => {
      const page = docs.getPage(href.split('/').slice(2), locale);
      return `- [${name}](${markdownPath(href, locale)}): ${page?.data.description ?? ''}`;
    });
    return [`## ${title ?? siteName}`, '', ...lines].join('\n');
  });
  const head = [`# ${siteName}`, '', `> API: ${baseUrl}`, `> OpenAPI: ${consoleUrl}/api/openapi.json`];
  return new Response([head.join('\n'), ...groups].join('\n\n').concat('\n'), { headers: plainText });
}

/** llms-full.txt: the whole of the docs in one file. */
export async function llmsFull(locale: Locale): Promise<Response> {
  const addresses = await currentAddresses();
  const hrefs = docsOutline(locale).flatMap(({ pages }) => pages.map(({ href }) => href));
  const pages = hrefs.flatMap((href) => docs.getPage(href.split('/').slice(2), locale) ?? []);
  const texts = await Promise.all(pages.map((page) => markdownOf(page, addresses)));
  return new Response(texts.join('\n---\n\n'), { headers: plainText });
}
