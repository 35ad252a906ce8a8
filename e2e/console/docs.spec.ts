import { expect, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { languages } from './every-page.ts';
import { signIn } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

/** Compressed JavaScript that a page of the docs may load before anything is pressed; React, Next and next-intl alone are 146,000 of it. */
const maxScriptBytes = 172_000;

for (const { prefix, lang } of languages) {
  test(`every page of the docs answers with title, description, one h1 and its language, and its twin in Markdown (${lang})`, async ({
    page,
  }) => {
    test.slow();
    await page.goto(`${prefix}/docs`);
    const links = await page
      .locator('nav[aria-label] a[href*="/docs"]')
      .evaluateAll((all) => [...new Set(all.map((link) => link.getAttribute('href') ?? ''))].sort());
    expect(links.length).toBeGreaterThan(40);
    const titles = new Set<string>();
    for (const link of links) {
      const answer = await page.request.get(link);
      const html = await answer.text();
      expect.soft(answer.status(), link).toBe(200);
      expect.soft(html, link).toContain(`<html lang="${lang}"`);
      expect.soft(html, link).toMatch(/<meta name="description" content="[^"]+"/);
      expect.soft(html.match(/<h1[\s>]/g), link).toHaveLength(1);
      expect.soft(html, link).not.toMatch(/BRIDGE_URL|CONSOLE_URL/);
      titles.add(/<title>([^<]+)<\/title>/.exec(html)?.[1] ?? '');
      const twin = await page.request.get(`${link}.md`);
      expect.soft(twin.status(), `${link}.md`).toBe(200);
      expect.soft(twin.headers()['content-type'], `${link}.md`).toContain('text/markdown');
      const text = await twin.text();
      expect.soft(text, `${link}.md`).toMatch(/^# \S/);
      expect.soft(text, `${link}.md`).not.toMatch(/<\/?(?:CodeBlock|Models)|BRIDGE_URL|CONSOLE_URL|\]\(\/docs.*\.mdx/);
    }
    expect(titles.size).toBe(links.length);
  });
}

test('the docs’ pages load less JavaScript than they may, and nothing from anyone else', async ({ page, baseURL }) => {
  const scripts: Promise<number>[] = [];
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseURL}/`)) foreign.push(request.url());
  });
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.sizes().then((sizes) => sizes.responseBodySize));
  });
  await page.goto('/en/docs/tools/claude-code');
  await page.waitForLoadState('networkidle');
  const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThan(maxScriptBytes);
  expect(foreign).toEqual([]);
});

test('the search opens by a key, finds Chinese and English, and is walked by the keyboard', async ({ page }) => {
  await page.goto('/zh/docs');
  await page.waitForLoadState('networkidle');
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: '搜索文档' }).fill('退款');
  await expect(page.getByRole('option').first()).toContainText('退款');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  await page.goto('/en/docs');
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: 'Search the docs' }).click();
  await page.getByRole('combobox').fill('config.toml');
  await expect(page.getByRole('option').first()).toContainText('Codex CLI');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { selected: true })).toHaveCount(1);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/en\/docs\/tools\/codex/);
});

test('a chosen system is the one on the next page too', async ({ page }) => {
  await page.goto('/en/docs/tools/claude-code');
  await page.waitForLoadState('networkidle');
  await page.getByRole('tab', { name: 'Windows' }).first().click();
  await expect(page.getByRole('tab', { name: 'Windows', selected: true })).toHaveCount(3);
  await page.goto('/en/docs/tools/gemini-cli');
  await expect(page.getByRole('tab', { name: 'Windows', selected: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Windows', selected: true }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'macOS / Linux', selected: true })).toBeVisible();
});

test('examples carry the worker’s address, for who is signed in the ends of the key, and copy no shortened key', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, readWelcome().customer);
  await page.goto('/en/docs');
  await page.waitForLoadState('networkidle');
  // The newest key is the one that is shown: other tests may have made some.
  const list = await page.request.get(`/api/trpc/apiKey.list?input=${encodeURIComponent('{"json":{}}')}`);
  const [newest] = ((await list.json()) as { result: { data: { json: { last4: string }[] } } }).result.data.json;
  const { apiKey } = readWelcome();
  const block = page.locator('figure').first();
  await expect(block).toContainText(`curl ${workerUrl()}/v1/messages`);
  await expect(block).toContainText(`…${newest?.last4}`);
  expect(await page.content()).not.toContain(apiKey);
  await block.getByRole('button', { name: 'Copy: Terminal' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('YOUR_API_KEY');
  expect(copied).toContain(workerUrl());
  await page.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^# Five-minute start/);
});

test('an address without a page is a 404 with the search on it', async ({ page }) => {
  const answer = await page.goto('/en/docs/no/such/page');
  expect(answer?.status()).toBe(404);
  await page.getByRole('combobox').fill('refund');
  await expect(page.getByRole('option').first()).toContainText('Refunds');
});

test('llms.txt leads to every page’s twin, and llms-full.txt has them all', async ({ request }) => {
  const index = await (await request.get('/en/llms.txt')).text();
  const twins = [...index.matchAll(/\]\((\S+\.md)\)/g)].map(([, url = '']) => url);
  expect(twins.length).toBeGreaterThan(40);
  expect((await request.get(twins.at(-1) ?? '')).status()).toBe(200);
  expect((await request.get('/llms.txt')).headers()['content-type']).toContain('text/plain');
  const full = await (await request.get('/en/llms-full.txt')).text();
  expect(full.match(/^# /gm)?.length).toBeGreaterThanOrEqual(twins.length);
});
