import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripeEventTypes } from '@ai-bridge/billing';
import { errorCodes } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { locales } from '#i18n/routing.ts';
import { contentFolder, contentPages, readMeta } from './content.fixture.ts';

const appFolder = fileURLToPath(new URL('../../app/[locale]', import.meta.url));
const pages = contentPages();
const inLocale = (locale: string) => pages.filter((page) => page.locale === locale);
const pageOf = (name: string, locale: string) => inLocale(locale).find((page) => page.name === name)!;

test('both languages have the same pages, with the same headings and as many blocks of code', () => {
  const shape = (locale: string) =>
    inLocale(locale).map(({ name, anchors, body }) => ({ name, anchors, fences: body.match(/^```\w/gm)?.length ?? 0 }));
  expect(shape('zh')).toEqual(shape('en'));
  expect(inLocale('zh').length).toBeGreaterThan(40);
});

test('each page has a title, a description and a date, and leaves the h1 to the frame', () => {
  for (const { name, locale, frontmatter, prose } of pages) {
    expect(frontmatter, `${name}.${locale}`).toMatchObject({
      title: expect.stringMatching(/\S/),
      description: expect.stringMatching(/\S/),
      updated: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
    });
    expect(prose, `${name}.${locale}`).not.toMatch(/^# /m);
  }
});

test('no two pages of a language share a title or a description', () => {
  for (const locale of locales) {
    for (const field of ['title', 'description'] as const) {
      const values = inLocale(locale).map(({ frontmatter }) => frontmatter[field]);
      expect(new Set(values).size, `${field}, ${locale}`).toBe(values.length);
    }
  }
});

test('every page stands in its folder’s list, and every folder in the first', () => {
  const folders = fs.readdirSync(contentFolder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const locale of locales) {
    expect([...readMeta('', locale).pages].sort()).toEqual(['index', ...folders.map(({ name }) => name)].sort());
    for (const { name: folder } of folders) {
      const { title, pages: listed } = readMeta(folder, locale);
      const there = inLocale(locale).filter(({ name }) => name.startsWith(`${folder}/`));
      expect([...listed].sort()).toEqual(there.map(({ name }) => name.slice(folder.length + 1)).sort());
      expect(title).toMatch(/\S/);
    }
  }
  expect(readMeta('', 'zh').pages).toEqual(readMeta('', 'en').pages);
});

test('no link within the site is dead', () => {
  const dead = pages.flatMap((page) => {
    const targets = [...page.prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    return targets.filter((target) => !leadsSomewhere(target, page.locale)).map((target) => `${page.name}: ${target}`);
  });
  expect(dead).toEqual([]);
});

function leadsSomewhere(target: string, locale: string): boolean {
  if (target.startsWith('https://')) return true;
  const [url = '', anchor] = target.split('#');
  const page = inLocale(locale).find((candidate) => candidate.url === url);
  if (page) return anchor === undefined || page.anchors.includes(anchor);
  return ['(site)', '(auth)', '(console)', '(admin)'].some((group) =>
    fs.existsSync(path.join(appFolder, group, url, 'page.tsx')),
  );
}

test.each(locales)('the catalogue of errors says of each code what the relay does (%s)', (locale) => {
  const rows = [
    ...pageOf('reliability/errors', locale).prose.matchAll(/^\| `(\w+)` \| (\d+) \| (\S+) \| (.+) \| (.+) \|$/gm),
  ];
  const listed = rows.map(([, code, status, retry, cause, fix]) => {
    expect(cause, code).toMatch(/\S/);
    expect(fix, code).toMatch(/\S/);
    return [code, { status: Number(status), retry: retry === '是' || retry === 'yes' }];
  });
  const known = Object.entries(errorCodes).map(([code, { status, retry }]) => [code, { status, retry }]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(known));
  expect(listed).toHaveLength(known.length);
});

test('examples carry the placeholders that are filled in, and no address or key of anybody’s', () => {
  for (const { name, locale, body } of pages) {
    expect(body, `${name}.${locale}`).not.toMatch(
      /localhost:3001|127\.0\.0\.1:3001|\bsk-[\w-]{8,}|\bab-[0-9A-Za-z]{20,}/,
    );
  }
});

test('the events that Stripe has to send are those that are followed', () => {
  for (const locale of locales) {
    const named = pageOf('operate/stripe', locale).body.match(/^(?:checkout|refund|charge)\.[\w.]+$/gm);
    expect(named, locale).toEqual([...stripeEventTypes]);
  }
});
