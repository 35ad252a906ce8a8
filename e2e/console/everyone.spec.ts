import { expect, test } from '@playwright/test';
import { accessibilityFaults, keyboardFaults } from '../support/accessibility.ts';
import { enterAs, languages, visit, visitors } from './every-page.ts';
import { signIn } from './pages.ts';
import { readWelcome } from './welcome.ts';

for (const visitor of visitors) {
  for (const { prefix, lang } of languages) {
    test(`no page of the ${visitor}’s scrolls sideways at 360 pixels (${lang})`, async ({ page }) => {
      await page.setViewportSize({ width: 360, height: 740 });
      for (const path of await enterAs(page, visitor)) {
        await visit(page, prefix, path);
        await expect(page.locator('html')).toHaveAttribute('lang', lang);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, path).toBeLessThanOrEqual(0);
      }
    });

    test(`every page of the ${visitor}’s can be read and used without seeing it, light and dark (${lang})`, async ({
      page,
    }) => {
      for (const path of await enterAs(page, visitor)) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await visit(page, prefix, path);
          expect(await accessibilityFaults(page), `${path}, ${colorScheme}`).toEqual([]);
        }
      }
    });
  }

  test(`the keyboard reaches everything on each page of the ${visitor}’s, and shows where it is`, async ({ page }) => {
    for (const path of await enterAs(page, visitor)) {
      // A dialog holds the keyboard; it has tests of its own.
      if (/[?](create|add)=1/.test(path)) continue;
      await visit(page, '/en', path);
      expect(await keyboardFaults(page), path).toEqual([]);
    }
  });

  test(`no page of the ${visitor}’s asks anyone but this site, breaks its own content policy or logs an error`, async ({
    page,
    baseURL,
  }) => {
    const foreign: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    for (const path of await enterAs(page, visitor)) await visit(page, '/en', path);
    expect(foreign).toEqual([]);
    expect(complaints).toEqual([]);
  });
}

test('switching the language keeps the page and its query', async ({ page }) => {
  await signIn(page, readWelcome().customer);
  await page.goto('/en/console/usage?days=7');
  await page.getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL('/console/usage?days=7');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page).toHaveURL('/en/console/usage?days=7');
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
