import { expect, test } from '@playwright/test';
import { accessibilityFaults, keyboardFaults } from '../support/accessibility.ts';
import { maxAsks, noteAsks } from '../support/asks.ts';
import { keepPicture, viewsIn } from '../support/views.ts';
import { enterAs, languages, visit, visitors } from './every-page.ts';
import { signIn } from './pages.ts';
import { readWelcome } from './welcome.ts';

/** For all pages of a visitor, in all four looks on a busy machine. */
const sweepTimeoutMs = 5 * 60_000;

// Each visit is a test of its own, so that they fill all workers to the end.
test.describe.configure({ mode: 'parallel' });

// One visit a page, as visits are what takes time; what is wrong on one does not hide what is wrong on the next.
for (const visitor of visitors) {
  for (const { prefix, lang } of languages) {
    test(`each page of the ${visitor}’s fits 360 pixels, is all there without sight or mouse, light and dark, asks little and nobody else (${lang})`, async ({
      page,
      baseURL,
    }) => {
      test.setTimeout(sweepTimeoutMs);
      const foreign: string[] = [];
      const complaints: string[] = [];
      const paths = await enterAs(page, visitor);
      page.on('request', (request) => {
        if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith('data:')) foreign.push(request.url());
      });
      page.on('console', (message) => {
        // axe looks into the frame that shows a mail, where no script may run: that is what the frame is for.
        // And a customer's affairs ask for a reason by refusing without one, which browsers note.
        const isMeant = ["'about:srcdoc'", 'status of 412'].some((part) => message.text().includes(part));
        if (message.type() === 'error' && !isMeant) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      const asks = noteAsks(page);
      for (const path of paths) {
        asks.length = 0;
        for (const [at, { name, size, colorScheme }] of viewsIn(lang).entries()) {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme });
          if (at === 0) {
            await visit(page, prefix, path);
            expect.soft(asks.length, `${path} asks:\n${asks.join('\n')}`).toBeLessThanOrEqual(maxAsks);
          }
          expect.soft(await accessibilityFaults(page), `${path}, ${name}`).toEqual([]);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect.soft(overflow, `${path}, ${name}`).toBeLessThanOrEqual(0);
          await keepPicture(page, `${visitor}-${path.replaceAll(/_[\w-]{8,}/g, '')}-${lang}-${name}`);
        }
        expect.soft(await page.locator('html').getAttribute('lang'), path).toBe(lang);
        // A dialog holds the keyboard; it has tests of its own.
        if (!/[?](create|add)=1/.test(path)) expect.soft(await keyboardFaults(page), path).toEqual([]);
      }
      expect(foreign).toEqual([]);
      expect(complaints).toEqual([]);
    });
  }
}

test('switching the language keeps the page and its query', async ({ page }) => {
  await signIn(page, readWelcome().customer);
  await page.goto('/en/console/usage?range=7d');
  await page.getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL('/console/usage?range=7d');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL('/en/console/usage?range=7d');
});

test('a slash behind an address is taken away, and slashes in front name no other site', async ({ page }) => {
  await page.goto('/en/status');
  const site = new URL(page.url()).origin;
  const landing = async (path: string) => {
    const answer = await fetch(site + path, { redirect: 'manual' });
    return { status: answer.status, to: new URL(answer.headers.get('location') ?? '', site) };
  };
  expect(await landing('/en/status/?a=1')).toEqual({ status: 308, to: new URL(`${site}/en/status?a=1`) });
  const odd = await landing('//elsewhere.test/');
  expect([odd.status, odd.to.origin]).toEqual([308, site]);
});

test('a chosen theme is there from the first paint of the next page', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/en');
  await page.getByRole('button', { name: 'Appearance' }).click();
  await page.getByRole('menuitemradio', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const answer = await page.request.get('/en');
  expect(await answer.text()).toMatch(/<html[^>]*data-theme="dark"/);
});

test('a foreign page cannot call a procedure with the visitor’s cookie', async ({ page }) => {
  await signIn(page, readWelcome().customer);
  const call = (headers: Record<string, string>) =>
    page.request.post('/api/trpc/account.signOutEverywhere', { headers, data: '{}' });
  expect((await call({ 'content-type': 'application/json', origin: 'http://evil.test' })).status()).toBe(403);
  expect((await call({ 'content-type': 'text/plain' })).status()).toBe(415);
  await page.goto('/en/console');
  await expect(page).toHaveURL(/\/en\/console$/);
});

test('the keyboard alone reaches the content and the key dialog, and comes back out', async ({ page }) => {
  await signIn(page, readWelcome().customer);
  await page.goto('/en/console/keys');
  await expect(page.getByRole('button', { name: 'Create key' }).first()).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Create key' }).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
