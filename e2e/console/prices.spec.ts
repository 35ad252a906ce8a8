import { expect, test } from '@playwright/test';
import { signIn } from './pages.ts';
import { readWelcome } from './welcome.ts';

test('a price and its tier are changed with a preview and a date, and withdrawn before they begin', async ({
  page,
}) => {
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/models?search=gpt-4o-mini');
  await page.getByRole('link', { name: 'gpt-4o-mini', exact: true }).click();
  await page.getByRole('button', { name: 'Change price' }).click();
  const dialog = page.getByRole('dialog', { name: 'Price of gpt-4o-mini' });
  await dialog.getByLabel('Input').fill('0.1234567');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText('at most six decimals')).toBeVisible();
  await dialog.getByLabel('Input').fill('0.3');
  await dialog.getByRole('button', { name: 'Add a tier' }).click();
  const tier = dialog.getByRole('region', { name: 'Tier 1' });
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(tier.getByText('Give at least one price')).toBeVisible();
  await tier.getByLabel('Above tokens').fill('200,000');
  await tier.getByLabel('Output').fill('0.9');
  await dialog.getByRole('button', { name: 'At a date' }).click();
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 16);
  await dialog.getByLabel('Date and time').fill(tomorrow);
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText('From the last 30 days')).toBeVisible();
  await expect(dialog.getByText('above 200,000: Output 0.9')).toBeVisible();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
  const announced = page.getByRole('row').filter({ hasText: 'announced' });
  await expect(announced).toContainText('0.3');
  await expect(announced).toContainText('above 200,000: Output 0.9');
  await announced.getByRole('button', { name: /^Withdraw price/ }).click();
  await expect(page.getByRole('row').filter({ hasText: 'withdrawn' })).toContainText('0.3');
  await expect(page.getByRole('row').filter({ hasText: 'price.withdraw' })).toBeVisible();
});

test('a list is compared, a jump has to be ticked, and what is chosen is applied with its line as the source', async ({
  page,
}) => {
  const made = `made-${Date.now().toString(36)}`;
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/models');
  await page.getByRole('link', { name: 'Import prices' }).click();
  const buffer = Buffer.from(
    `model,provider,input,output,colour\n${made},acme,1,2,red\ngpt-4.1,openai,900,9,\nbad,x,1.5x,2,\n`,
  );
  await page.getByLabel('File: CSV, JSON or YAML').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByText('Line 4, input:')).toBeVisible();
  await expect(page.getByText('Not known here')).toContainText('colour');
  await expect(page.getByRole('row').filter({ hasText: 'gpt-4.1' })).toContainText('jump');
  await expect(page.getByRole('checkbox', { name: 'gpt-4.1' })).not.toBeChecked();
  await page.getByRole('button', { name: 'Apply 1 price' }).click();
  await expect(page).toHaveURL(/\/en\/admin\/models$/);
  await page.goto(`/en/admin/models/${made}`);
  await expect(page.getByRole('row').filter({ hasText: 'in force' })).toContainText('list.csv, line 2');
});

test('a fallback chain is put in another order by keyboard', async ({ page }) => {
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/models/claude-sonnet-4-6');
  const chain = page.getByRole('list', { name: 'Fallback' }).getByRole('listitem');
  await expect(chain.nth(1)).toBeVisible();
  const second = ((await chain.nth(1).textContent()) ?? '').replace(/^2/, '').replace(/[↑↓]+$/, '');
  const down = page.getByRole('button', { name: /^Move .* down$/ }).first();
  await down.press('Enter');
  await expect(chain.first()).toContainText(second);
  await page.getByRole('button', { name: 'Save the order' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.reload();
  await expect(chain.first()).toContainText(second);
});
