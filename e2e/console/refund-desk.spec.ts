import { type Browser, expect, type Page, test } from '@playwright/test';
import { accessibilityFaults, keyboardFaults } from '../support/accessibility.ts';
import { askRefund, buy, newStaff, refuseRefunds } from '../support/shop.ts';
import { newPerson, signIn, signUp } from './pages.ts';
import { readWelcome } from './welcome.ts';

/** A customer’s page and one of somebody of the staff, each signed in. */
async function people(browser: Browser, page: Page) {
  const customer = newPerson();
  await signUp(page, customer);
  const desk = await openDesk(browser, 'support');
  return { customer, desk };
}

async function openDesk(browser: Browser, role: Parameters<typeof newStaff>[0]): Promise<Page> {
  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, await newStaff(role));
  return desk;
}

const balanceOf = (page: Page) => page.getByRole('definition').first();

test('support finds a customer’s order, pays back a part of what was asked for, and both sides see it', async ({
  page,
  browser,
}) => {
  test.slow();
  const { customer, desk } = await people(browser, page);
  const orderId = await buy(customer.email);
  const refundId = await askRefund(orderId);
  await page.goto('/en/console');
  await expect(balanceOf(page)).toContainText('10,000,000');

  await desk.goto('/en/admin/orders');
  await desk.getByRole('searchbox').fill(customer.email.slice(0, 14));
  await desk.keyboard.press('Enter');
  await expect(desk.getByRole('row')).toHaveCount(2);
  await desk.getByRole('link', { name: orderId }).click();
  await expect(desk.getByRole('heading', { name: 'Plan starter' })).toBeVisible();
  await expect(desk.getByText('Refund of $9.90 asked for')).toBeVisible();
  await expect(desk.getByRole('button', { name: 'Begin a refund' })).toBeHidden();

  await desk.goto('/en/admin/refunds');
  await expect(desk.getByRole('row').filter({ hasText: refundId })).toContainText('Bought too much');
  await desk.getByRole('link', { name: refundId }).click();
  const preview = desk.getByRole('region', { name: 'What will be done' });
  await expect(preview).toContainText('takes 10,000,000 paid tokens out of the balance: 10,000,000 become 0');
  const amount = desk.getByLabel('Amount (USD)');
  await amount.fill('9.91');
  await expect(desk.getByText('An amount above zero and at most $9.90.')).toBeVisible();
  await amount.fill('4.95');
  await expect(preview).toContainText('takes 5,000,000 paid tokens out of the balance: 10,000,000 become 5,000,000');
  await expect(preview).toContainText('refund of $4.95');
  const approve = desk.getByRole('button', { name: 'Approve' });
  await expect(approve).toBeDisabled();
  await desk.getByLabel('Reason').fill('Half was used up elsewhere');
  await approve.click();
  await expect(desk.getByRole('status').filter({ hasText: 'Paid back' })).toBeVisible();
  await expect(desk.getByText('The money has been paid back')).toBeVisible();
  await page.reload();
  await expect(balanceOf(page)).toContainText('5,000,000');
  await desk.goto(`/en/admin/orders/${orderId}`);
  await expect(desk.getByText('Partly refunded')).toBeVisible();
  await expect(desk.getByText('$4.95 paid back')).toBeVisible();
  await desk.context().close();
});

test('where the provider refuses, the tokens are back, a person is told, and the refund can begin anew', async ({
  page,
  browser,
}) => {
  test.slow();
  const { customer, desk } = await people(browser, page);
  const orderId = await buy(customer.email);
  const refundId = await askRefund(orderId);
  await refuseRefunds(orderId);
  await desk.goto(`/en/admin/refunds/${refundId}`);
  await desk.getByLabel('Reason').fill('Unused');
  await desk.getByRole('button', { name: 'Approve' }).click();
  await expect(desk.getByText('The money did not arrive. The tokens are back in the balance.')).toBeVisible();
  await page.goto('/en/console');
  await expect(balanceOf(page)).toContainText('10,000,000');

  const finance = await openDesk(browser, 'finance');
  await finance.goto('/en/admin/reconciliation');
  const alarm = finance.getByRole('listitem').filter({ hasText: refundId });
  await expect(alarm).toContainText('A refund did not arrive; its tokens are back');
  await alarm.getByRole('button', { name: `Dealt with: ${refundId}` }).click();
  await expect(alarm).toBeHidden();
  await finance.context().close();

  await desk.getByRole('button', { name: 'Begin a new refund' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Begin a refund' });
  await dialog.getByLabel('Reason').fill('The card was closed, again');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await expect(desk).not.toHaveURL(new RegExp(refundId));
  await expect(desk.getByText('You asked for this refund yourself')).toBeVisible();
  await expect(desk.getByRole('button', { name: 'Approve' })).toBeDisabled();
  await desk.getByLabel('Reason').fill('Not this way');
  await desk.getByRole('button', { name: 'Decline' }).click();
  await expect(desk.getByText('Nothing was paid back.')).toBeVisible();
  await desk.context().close();
});

test('above the limit the first approval moves nothing, and a second person’s does', async ({ page, browser }) => {
  test.slow();
  const { customer, desk } = await people(browser, page);
  const refundId = await askRefund(await buy(customer.email, 'big'));
  await desk.goto(`/en/admin/refunds/${refundId}`);
  await expect(desk.getByText('two people have to approve')).toBeVisible();
  await desk.getByLabel('Reason').fill('Unused');
  await desk.getByRole('button', { name: 'Approve' }).click();
  await expect(desk.getByText('You have approved this already')).toBeVisible();
  await expect(desk.getByRole('button', { name: 'Approve' })).toBeDisabled();
  await page.goto('/en/console');
  await expect(balanceOf(page)).toContainText('200,000,000');

  const second = await openDesk(browser, 'finance');
  await second.goto('/en/admin/refunds');
  await expect(second.getByRole('row').filter({ hasText: refundId })).toContainText('second person needed');
  await second.goto(`/en/admin/refunds/${refundId}`);
  await expect(second.getByText('You would be the second')).toBeVisible();
  await second.getByLabel('Reason').fill('Unused, seen');
  await second.getByRole('button', { name: 'Approve' }).click();
  await expect(second.getByText('The money has been paid back')).toBeVisible();
  // The first one’s page follows by itself.
  await expect(desk.getByText('The money has been paid back')).toBeVisible({ timeout: 20_000 });
  await page.reload();
  await expect(balanceOf(page)).not.toContainText('200,000,000');
  for (const opened of [desk, second]) await opened.context().close();
});

test('an administrator makes a plan, changes it, and takes it off sale', async ({ page }) => {
  const id = `plan-${Date.now().toString(36)}`;
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/plans');
  await page.getByRole('button', { name: 'Add plan' }).first().click();
  const form = page.getByRole('dialog', { name: 'Add a plan' });
  await form.getByLabel('Id', { exact: true }).fill(id);
  await form.getByLabel('Tokens', { exact: true }).fill('5 000 000');
  await form.getByLabel('Price').fill('4.999');
  await form.getByRole('button', { name: 'Create' }).click();
  await expect(form.getByText('An amount above zero with no more decimals')).toBeVisible();
  await form.getByLabel('Price').fill('4.99');
  await form.getByRole('button', { name: 'Create' }).click();
  await expect(form).toBeHidden();
  const row = page.getByRole('row').filter({ hasText: id });
  await expect(row).toContainText(/On sale.*\$4\.99.*5,000,000/);
  const choose = async (action: string) => {
    await page.getByRole('button', { name: `Actions for ${id}` }).click();
    await page.getByRole('menuitem', { name: action, exact: true }).click();
  };
  await choose('Edit');
  const edit = page.getByRole('dialog', { name: `Edit “${id}”` });
  await edit.getByLabel('Bonus tokens').fill('100000');
  await edit.getByLabel('On sale until').fill('2020-01-01T00:00');
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit).toBeHidden();
  await expect(row).toContainText(/Over.*100,000/);
  await choose('Take off sale');
  await expect(row).toContainText('Off sale');
});

test('the dialogs of the desk hold the keyboard and fit 360 pixels, in both languages', async ({ page, browser }) => {
  test.slow();
  const { customer, desk } = await people(browser, page);
  const orderId = await buy(customer.email);
  await desk.setViewportSize({ width: 360, height: 740 });
  for (const [prefix, begin] of [
    ['/en', 'Begin a refund'],
    ['/zh', '发起退款'],
  ] as const) {
    await desk.goto(`${prefix}/admin/orders/${orderId}`);
    await desk.getByRole('button', { name: begin }).click();
    await expect(desk.getByRole('dialog', { name: begin })).toBeVisible();
    await expect(desk.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
    expect(await accessibilityFaults(desk)).toEqual([]);
    expect(await desk.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await desk.keyboard.press('Escape');
    await expect(desk.getByRole('dialog')).toBeHidden();
    expect(await keyboardFaults(desk)).toEqual([]);
  }
  await desk.context().close();
});
