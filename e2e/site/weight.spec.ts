import { brotliCompressSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { addressOf, sitePages } from './site-pages.ts';

/** Pages that are read; signing in is where the console begins. */
const readPages = sitePages.filter((path) => !path.startsWith('/sign-') && path !== '/reset');

/** Of all the scripts that a browser fetches for a page, as they travel, with the headers of their answers. */
const maxScriptBytes = 150_000;
/** Of the page itself, compressed. */
const maxHtmlBytes = 45_000;

test('a first visit to a public page fetches under 150 kB of scripts', async ({ browser, baseURL }) => {
  test.slow();
  const sizes: string[] = [];
  for (const path of readPages) {
    // A context of its own: nothing is cached.
    const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    const page = await context.newPage();
    const scripts = await weighScripts(page);
    await page.goto(addressOf('/en', path), { waitUntil: 'networkidle' });
    const html = await (await page.request.get(addressOf('/en', path))).text();
    const htmlBytes = brotliCompressSync(html).length;
    sizes.push(`${path}: scripts ${scripts.bytes}, page ${htmlBytes}`);
    expect.soft(scripts.encodings, path).toEqual(new Set(['br']));
    expect.soft(scripts.bytes, path).toBeLessThan(maxScriptBytes);
    expect.soft(htmlBytes, path).toBeLessThan(maxHtmlBytes);
    await context.close();
  }
  test.info().annotations.push({ type: 'bytes', description: sizes.join('; ') });
});

interface Weight {
  bytes: number;
  readonly encodings: Set<string | undefined>;
}

/** Adds up what the scripts of a page weigh on the wire, from now on. */
async function weighScripts(page: Page): Promise<Weight> {
  const weight: Weight = { bytes: 0, encodings: new Set() };
  const encodingOf = new Map<string, string | undefined>();
  const session = await page.context().newCDPSession(page);
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script')
      encodingOf.set(requestId, response.headers['content-encoding'] ?? response.headers['Content-Encoding']);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (!encodingOf.has(requestId)) return;
    weight.bytes += encodedDataLength;
    weight.encodings.add(encodingOf.get(requestId));
  });
  await session.send('Network.enable');
  return weight;
}
