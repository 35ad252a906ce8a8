import { expect, test } from '@playwright/test';
import { signIn } from './pages.ts';
import { readWelcome } from './welcome.ts';

const pages = ['', '/console', '/console/keys', '/console/keys?create=1', '/console/usage?days=7'];

test('no page scrolls sideways at 360 pixels, in either language', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, readWelcome().customer);
  // /zh leads to the plain addresses and makes them the visitor's choice.
  for (const [prefix, language] of [
    ['/en', 'en'],
    ['/zh', 'zh-Hans'],
  ]) {
    for (const path of pages) {
      await page.goto(`${prefix}${path}`);
      // Not by role: an open dialog hides the page behind it from assistive technology.
      await expect(page.locator('main')).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', language ?? '');
      await page.waitForLoadState('networkidle');
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${prefix}${path}`).toBeLessThanOrEqual(0);
    }
  }
});

test('no page asks anyone but this site, breaks its own content policy or logs an error', async ({ page, baseURL }) => {
  const foreign: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseURL}/`) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await signIn(page, readWelcome().customer);
  for (const path of pages) {
    await page.goto(`/en${path}`);
    await page.waitForLoadState('networkidle');
  }
  expect(foreign).toEqual([]);
  expect(complaints).toEqual([]);
});

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
