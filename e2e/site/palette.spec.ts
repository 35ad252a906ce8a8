import { expect, test } from '@playwright/test';
import { createKey, signIn } from '../console/pages.ts';
import { readWelcome } from '../console/welcome.ts';
import { awake } from './site-pages.ts';

test('by the keyboard alone a prospect gets from any page to a model', async ({ page }) => {
  await page.goto('/en');
  await awake(page);
  await page.keyboard.press('/');
  const box = page.getByRole('combobox', { name: 'Search pages, models and more' });
  await expect(box).toBeFocused();
  await box.fill('gpt-4o-mini');
  await expect(page.getByRole('option', { name: 'gpt-4o-mini' })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/en/models/gpt-4o-mini');
  await awake(page);
  await page.keyboard.press('Control+k');
  await expect(box).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(box).toBeHidden();
});

test('in the console it finds the organization’s own keys, and a slash in a field is a slash', async ({ page }) => {
  await signIn(page, readWelcome().customer);
  const name = `palette ${Date.now()}`;
  await createKey(page, name);
  await page.goto('/en/console');
  await awake(page);
  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox', { name: 'Search pages, models and more' });
  await box.fill(name);
  await expect(page.getByRole('option', { name })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/en/console/keys');
  await page.goto('/en/models');
  await awake(page);
  await page.getByLabel('Find').pressSequentially('a/b');
  await expect(page.getByLabel('Find')).toHaveValue('a/b');
  await expect(box).toBeHidden();
});

test('the kit shows every piece to staff, light and dark, and to nobody else', async ({ page }) => {
  await signIn(page, readWelcome().customer);
  expect((await page.goto('/en/admin/kit'))?.status()).toBe(404);
  await page.context().clearCookies();
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/kit');
  await awake(page);
  for (const part of ['Tokens', 'Actions', 'Inputs', 'Data', 'States']) {
    await expect(page.getByRole('heading', { level: 2, name: part })).toBeVisible();
  }
  const twin = page.getByRole('region', { name: 'Spend by day' });
  await twin.getByRole('button', { name: 'Chart' }).focus();
  await page.keyboard.press('t');
  await expect(twin.getByRole('table')).toBeVisible();
});
