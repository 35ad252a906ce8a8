import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pagesFor, palettePages } from './palette-pages.ts';

const localePages = path.resolve(import.meta.dirname, '../../app/[locale]');
const built = fs
  .readdirSync(localePages, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'page.tsx')
  .map((file) =>
    `/${path.dirname(file).replaceAll(/\([^)]*\)\/?/g, '')}`.replace(/^\/\.?$/, '/').replace(/(.)\/$/, '$1'),
  );

test('the palette leads only to pages that there are', () => {
  for (const { href } of palettePages) {
    const isThere = built.includes(href) || built.some((page) => page.replace(/\/\[\[.*\]\]$/, '') === href);
    // The docs are a site of their own beside these pages.
    if (href !== '/docs') expect(isThere, href).toBe(true);
  }
});

test('a reader is offered the pages of the area that they may open, and no others', () => {
  const names = (...of: Parameters<typeof pagesFor>) => pagesFor(...of).map(({ name }) => name);
  expect(names('site', [])).toEqual(['home', 'pricing', 'models', 'docs', 'status', 'terms', 'privacy', 'console']);
  expect(names('console', [])).not.toContain('orders');
  expect(names('console', ['order.read'])).toContain('orders');
  expect(names('console', ['channel.read'])).not.toContain('channels');
  expect(names('admin', ['channel.read'])).toEqual(expect.arrayContaining(['channels', 'egress', 'requests', 'kit']));
  expect(names('admin', ['channel.read'])).not.toContain('refunds');
});
