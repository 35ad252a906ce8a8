import { expect, type Locator, type Page, test } from '@playwright/test';
import { noteAsks } from '../support/asks.ts';
import { visit } from './every-page.ts';
import { signIn } from './pages.ts';
import { readWelcome } from './welcome.ts';

const rail = (page: Page): Locator => page.getByRole('navigation', { name: 'Console' });

/** How often another page's content was asked for. */
const loadsOf = (asks: readonly string[], path: string): number => asks.filter((ask) => ask === `GET ${path}`).length;

test('a link loads ahead what it leads to once the pointer is on it, and not before', async ({ page }) => {
  await signIn(page, readWelcome().customer);
  const asks = noteAsks(page);
  await visit(page, '/en', '/console');
  expect(asks.filter((ask) => /^GET \/en\/console./.test(ask))).toEqual([]);
  await rail(page).getByRole('link', { name: 'Usage' }).hover();
  await expect.poll(() => loadsOf(asks, '/en/console/usage')).toBeGreaterThan(0);
  expect(loadsOf(asks, '/en/console/billing')).toBe(0);
});

test('a link loads ahead when the keyboard comes to it', async ({ page }) => {
  await signIn(page, readWelcome().customer);
  const asks = noteAsks(page);
  await visit(page, '/en', '/console');
  const links = rail(page).getByRole('link');
  await links.nth(1).focus();
  const href = (await links.nth(2).getAttribute('href')) ?? '';
  expect(loadsOf(asks, href)).toBe(0);
  await page.keyboard.press('Tab');
  await expect(links.nth(2)).toBeFocused();
  await expect.poll(() => loadsOf(asks, href)).toBeGreaterThan(0);
});

test('a link loads ahead while the finger is still on it', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ hasTouch: true, ...(baseURL && { baseURL }) });
  const page = await context.newPage();
  await signIn(page, readWelcome().customer);
  const asks = noteAsks(page);
  await visit(page, '/en', '/console');
  const box = await rail(page).getByRole('link', { name: 'Usage' }).boundingBox();
  if (!box) throw new Error('The link has no place on the page');
  expect(loadsOf(asks, '/en/console/usage')).toBe(0);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Input.dispatchTouchEvent', {
    type: 'touchStart',
    touchPoints: [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }],
  });
  await expect.poll(() => loadsOf(asks, '/en/console/usage')).toBeGreaterThan(0);
  await expect(page).toHaveURL(/\/en\/console$/);
  await context.close();
});
