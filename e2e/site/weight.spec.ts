import { brotliCompressSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { addressOf, sitePages } from './site-pages.ts';

/** Pages that are read; signing in is where the console begins. */
const readPages = sitePages.filter((path) => !path.startsWith('/sign-') && path !== '/reset');

/** Of all the scripts that a page names, compressed by brotli. */
const maxScriptBytes = 150_000;
/** Of the page itself, compressed. */
const maxHtmlBytes = 45_000;

test('a first visit to a public page loads under 150 kB of scripts, compressed by brotli', async ({ request }) => {
  const sizes: string[] = [];
  for (const path of readPages) {
    const html = await (await request.get(addressOf('/en', path))).text();
    const scripts = [...html.matchAll(/<script\b[^>]*>/g)]
      .map(([tag]) => tag)
      // Browsers that know modules leave these out.
      .filter((tag) => !/\bnomodule\b/i.test(tag))
      .flatMap((tag) => /\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []);
    expect(scripts.length, path).toBeGreaterThan(0);
    let scriptBytes = 0;
    for (const script of new Set(scripts))
      scriptBytes += brotliCompressSync(await (await request.get(script)).body()).length;
    const htmlBytes = brotliCompressSync(html).length;
    sizes.push(`${path}: scripts ${scriptBytes}, page ${htmlBytes}`);
    expect.soft(scriptBytes, path).toBeLessThan(maxScriptBytes);
    expect.soft(htmlBytes, path).toBeLessThan(maxHtmlBytes);
  }
  test.info().annotations.push({ type: 'bytes', description: sizes.join('; ') });
});
