import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Locale, locales } from '#i18n/routing.ts';

export const contentFolder = fileURLToPath(new URL('../../../content/docs', import.meta.url));

/** A page of the docs as it stands on disk. */
export interface ContentPage {
  /** Without the language: "tools/codex", or "index". */
  readonly name: string;
  readonly locale: Locale;
  /** Its address without the language. */
  readonly url: string;
  readonly frontmatter: Readonly<Record<string, string>>;
  /** Without code blocks. */
  readonly prose: string;
  readonly body: string;
  /** The addresses of its headings. */
  readonly anchors: readonly string[];
}

/** Every page in every language. */
export function contentPages(): ContentPage[] {
  return fs
    .readdirSync(contentFolder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.mdx'))
    .sort()
    .map(readPage);
}

function readPage(file: string): ContentPage {
  const [, name = '', language = ''] = /^(.+)\.(\w+)\.mdx$/.exec(file.split(path.sep).join('/')) ?? [];
  const text = fs.readFileSync(path.join(contentFolder, file), 'utf8');
  const [, head = '', body = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const fields = [...head.matchAll(/^(\w+): '?(.*?)'?$/gm)].map(([, key = '', value = '']) => [key, value]);
  const prose = body.replace(/^```[\s\S]*?^```$/gm, '');
  return {
    ...{ name, body, prose },
    locale: locales.find((locale) => locale === language) ?? 'zh',
    url: ['/docs', ...name.split('/').filter((part) => part !== 'index')].join('/'),
    frontmatter: Object.fromEntries(fields),
    anchors: [...prose.matchAll(/^#{2,3} .*\[#([\w-]+)\]$/gm)].map(([, anchor = '']) => anchor),
  };
}

/** The order of a folder's pages in one language, and what the folder is called. */
export function readMeta(
  folder: string,
  locale: Locale,
): { readonly title?: string; readonly pages: readonly string[] } {
  return JSON.parse(fs.readFileSync(path.join(contentFolder, folder, `meta.${locale}.json`), 'utf8'));
}
