import { type Browser, expect, type Page, test } from '@playwright/test';
import { keyboardFaults } from '../support/accessibility.ts';
import { buy, newStaff } from '../support/shop.ts';
import { newPerson, signIn, signUp } from './pages.ts';

async function openDesk(browser: Browser): Promise<Page> {
  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, await newStaff('finance'));
  return desk;
}

async function redeem(page: Page, code: string): Promise<void> {
  await page.goto('/en/console/plans');
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Redeem' }).click();
}

test('codes are shown once, and one of them is tokens for one customer, once', async ({ page, browser }) => {
  test.slow();
  await signUp(page, newPerson());
  const desk = await openDesk(browser);
  const name = `Meetup ${newPerson().email.slice(0, 12)}`;
  await desk.goto('/en/admin/codes');
  await desk.getByRole('button', { name: 'Make codes' }).click();
  const dialog = desk.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('How many').fill('2');
  await dialog.getByLabel('Tokens a code').fill('3000000');
  expect(await keyboardFaults(desk)).toEqual([]);
  await dialog.getByRole('button', { name: 'Make them' }).click();
  const shown = dialog.getByTestId('new-codes');
  await expect(shown).toContainText('-');
  const codes = (await shown.textContent())?.match(/(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}/g) ?? [];
  expect(codes).toHaveLength(2);
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled();
  const saving = desk.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await saving).suggestedFilename()).toMatch(/\.csv$/);
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(desk.getByRole('row').filter({ hasText: name })).toContainText('0 / 2');
  expect(await desk.content()).not.toContain(codes[0]);

  await redeem(page, codes[0] ?? '');
  await expect(page.getByText('3,000,000 tokens are in your balance.')).toBeVisible();
  await redeem(page, codes[1] ?? '');
  await expect(page.getByText('3,000,000 tokens are in your balance.')).toBeHidden();
  await expect(page.getByLabel('Code')).toHaveAttribute('aria-invalid', 'true');
  await page.goto('/en/console');
  await expect(page.getByRole('definition').first()).toContainText('3,000,000');
  await desk.reload();
  await expect(desk.getByRole('row').filter({ hasText: name })).toContainText('1 / 2');
  await desk.context().close();
});

test('a correction above the limit waits until somebody else approves it', async ({ page, browser }) => {
  test.slow();
  const customer = newPerson();
  await signUp(page, customer);
  const orderId = await buy(customer.email);
  const [first, second] = [await openDesk(browser), await openDesk(browser)];
  await first.goto(`/en/admin/orders/${orderId}`);
  await first.getByRole('button', { name: 'Correct the balance' }).click();
  await first.getByRole('dialog').getByLabel('Tokens').fill('150000000');
  await first.getByRole('dialog').getByLabel('Reason').fill(`Sorry for the outage, ${customer.email}`);
  await first.getByRole('button', { name: 'Correct it' }).click();
  await expect(first.getByText('It waits for a second person').first()).toBeVisible();

  const waiting = (desk: Page) => desk.getByRole('listitem').filter({ hasText: customer.email });
  await first.goto('/en/admin/codes');
  await expect(waiting(first).getByRole('button', { name: 'Approve' })).toBeDisabled();
  await page.goto('/en/console');
  await expect(page.getByRole('definition').first()).toContainText('10,000,000');
  await second.goto('/en/admin/codes');
  await waiting(second).getByRole('button', { name: 'Approve' }).click();
  await expect(second.getByText('The balance is corrected').first()).toBeVisible();
  await expect(waiting(second)).toBeHidden();
  await page.reload();
  await expect(page.getByRole('definition').first()).toContainText('160,000,000');
  for (const desk of [first, second]) await desk.context().close();
});
