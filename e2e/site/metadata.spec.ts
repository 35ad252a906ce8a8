import { expect, type Page, test } from '@playwright/test';
import { addressOf, hasDocs, siteLanguages, sitePages, siteUrl } from './site-pages.ts';

const publicPages = sitePages.filter((path) => !path.startsWith('/sign-') && path !== '/reset');
const content = (page: Page, selector: string) => page.locator(selector).first().getAttribute('content');
const href = (page: Page, selector: string) => page.locator(selector).first().getAttribute('href');

test('every public page says what it is: title, description, itself, and itself in the other language', async ({
  browser,
}) => {
  const baseURL = siteUrl();
  test.slow();
  for (const { prefix, locale } of siteLanguages) {
    const titles = new Map<string, string>();
    const context = await browser.newContext({ baseURL, locale, javaScriptEnabled: false });
    const page = await context.newPage();
    for (const path of publicPages) {
      const address = addressOf(prefix, path);
      await page.goto(address);
      const absolute = (of: string) => `${baseURL}${of}`.replace(/\/$/, '');
      const title = await page.title();
      expect(titles.get(title), `the title of ${address} is its own`).toBeUndefined();
      titles.set(title, address);
      expect((await content(page, 'meta[name=description]'))?.length, address).toBeGreaterThan(10);
      expect(await content(page, 'meta[property="og:title"]'), address).toBeTruthy();
      expect(await href(page, 'link[rel=canonical]'), address).toBe(absolute(address));
      expect(await href(page, 'link[hreflang=en]'), address).toBe(absolute(addressOf('/en', path)));
      expect(await href(page, 'link[hreflang="zh-Hans"]'), address).toBe(absolute(addressOf('', path)));
    }
    await context.close();
  }
});

test('no link of any public page leads nowhere', async ({ request }) => {
  const baseURL = siteUrl();
  test.setTimeout(180_000);
  const seen = new Map<string, string>();
  for (const { prefix, locale } of siteLanguages) {
    for (const path of sitePages) {
      const address = addressOf(prefix, path);
      const headers = { 'accept-language': locale };
      const html = await (await request.get(address, { headers })).text();
      for (const [, link = ''] of html.matchAll(/<a [^>]*href="(\/[^"#]*)/g)) {
        // One model's page stands for a hundred like it.
        const isOtherModel = /\/models\/./.test(link) && !link.endsWith('/claude-opus-4-8');
        if (!seen.has(link) && !isOtherModel) seen.set(link, address);
      }
    }
  }
  expect(seen.size).toBeGreaterThan(10);
  for (const [link, from] of seen) {
    if (!hasDocs && /^(\/en)?\/docs/.test(link)) continue;
    const answer = await request.get(new URL(link.replaceAll('&amp;', '&'), baseURL).href);
    expect(answer.status(), `${link}, found on ${from}`).toBeLessThan(400);
  }
});

test('machines find every public page, and are told what is not for them', async ({ request }) => {
  const baseURL = siteUrl();
  const robots = await (await request.get('/robots.txt')).text();
  expect(robots).toContain(`Sitemap: ${baseURL}/sitemap.xml`);
  expect(robots).toContain('Disallow: /console');
  const sitemap = await (await request.get('/sitemap.xml')).text();
  for (const path of publicPages) {
    expect(sitemap).toContain(`<loc>${`${baseURL}${path}`.replace(/\/$/, '')}</loc>`);
    expect(sitemap).toContain(`<loc>${baseURL}${addressOf('/en', path)}</loc>`);
  }
  expect(sitemap).not.toContain('/console');
  const manifest = (await (await request.get('/manifest.webmanifest')).json()) as { icons: { src: string }[] };
  expect((await request.get(manifest.icons[0]?.src ?? '')).status()).toBe(200);
});

test('an address that leads nowhere says so with ways on, as does a model that is not on offer', async ({ page }) => {
  for (const address of ['/en/no-such-page', '/en/models/no-such-model', '/en/models/%E0%A4%A', '/en/%00']) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
    await page.getByRole('navigation', { name: 'Ways on' }).getByRole('link', { name: 'Models' }).click();
    await expect(page).toHaveURL('/en/models');
  }
});
