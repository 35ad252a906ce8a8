import { expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { newPerson, signUp } from './pages.ts';

/** Buys the starter plan as far as the sandbox's page. */
async function toCheckout(page: Page): Promise<void> {
  await page.goto('/en/console/plans');
  await page.getByRole('button', { name: 'Buy Starter for $9.90' }).click();
  await expect(page.getByRole('heading', { name: 'Sandbox payment' })).toBeVisible();
}

test('a customer buys a plan in the sandbox, sees the balance rise without a reload, and asks for a refund', async ({
  page,
  context,
}) => {
  await signUp(page, newPerson());
  await page.goto('/en/console');
  const overview = await context.newPage();
  await overview.goto('/en/console');
  await expect(overview.getByRole('definition').first()).toContainText('0');
  let loads = 0;
  overview.on('load', () => loads++);

  await page.getByRole('main').getByRole('link', { name: 'Buy tokens' }).first().click();
  await expect(page.getByText('Nothing is charged and no money moves.')).toBeVisible();
  await expect(page.getByText(/^About [\d,]+ answers from /).first()).toBeVisible();
  await page.getByRole('button', { name: 'Buy Plus for $49.00' }).dblclick();
  await expect(page.getByRole('heading', { name: 'Sandbox payment' })).toBeVisible();
  await expect(page.getByText('Nothing is charged and no money moves.')).toBeVisible();
  await expect(page.getByText('2,500,000 of them as a bonus')).toBeVisible();
  await page.getByRole('button', { name: 'Pay $49.00' }).click();
  const outcome = page.getByTestId('outcome');
  await expect(outcome).toContainText('Paid: 52,500,000 tokens are in your balance', { timeout: 5_000 });
  await expect(outcome).toContainText('Available now: 52,500,000 tokens ($52.50).', { timeout: 5_000 });
  await expect(overview.getByText('52,500,000').first()).toBeVisible({ timeout: 15_000 });
  expect(loads).toBe(0);

  const orderPage = page.url();
  await page.getByRole('link', { name: 'My orders' }).first().click();
  const rows = page.getByRole('table').getByRole('row');
  // The heading's, and the one order that two clicks made.
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText(/Paid.*\$49\.00.*52,500,000.*Plus/);
  await rows.nth(1).getByRole('link').first().click();

  await expect(page.getByTestId('refundable')).toHaveText('$49.00');
  await expect(page.getByText('$49.00 × 52,500,000 ÷ 52,500,000 = $49.00')).toBeVisible();
  await page.getByRole('button', { name: 'Ask for a refund' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask for a refund' });
  await dialog.getByLabel('Amount in USD').fill('49.01');
  await expect(dialog.getByText('at most $49.00.').last()).toBeVisible();
  await dialog.getByLabel('Amount in USD').fill('10');
  await dialog.getByLabel('Reason').fill('More than the team needs');
  await dialog.getByRole('button', { name: 'Ask for it' }).click();
  await expect(dialog).toBeHidden();
  const refunds = page.getByRole('list', { name: 'Refunds' });
  await expect(refunds).toContainText(/\$10\.00.?Asked for/);
  await expect(refunds).toContainText('Your reason: More than the team needs');
  await expect(page.getByText('Refund of $10.00 asked for')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ask for a refund' })).toBeHidden();
  await refunds.getByRole('button', { name: 'Take back' }).click();
  await expect(refunds).toContainText('Called off');
  await expect(page.getByRole('button', { name: 'Ask for a refund' })).toBeVisible();
  expect(page.url()).toBe(orderPage.replace('?checkout=done', ''));
});

test('an amount of one’s own buys tokens at list price, and only between the bounds', async ({ page }) => {
  await signUp(page, newPerson());
  await page.goto('/en/console/plans');
  const amount = page.getByLabel('Amount in USD');
  await amount.fill('4.99');
  await page.getByRole('button', { name: 'Buy for this amount' }).click();
  await expect(page.getByRole('alert').first()).toContainText('From $5.00 to $1,000.00');
  await amount.fill('12.34');
  await expect(page.getByText('12,340,000')).toBeVisible();
  await page.getByRole('button', { name: 'Buy for this amount' }).click();
  await page.getByRole('button', { name: 'Pay $12.34' }).click();
  await expect(page.getByTestId('outcome')).toContainText('Paid: 12,340,000 tokens are in your balance');
});

test('a payment that is declined, runs out or is left says so, credits nothing, and shows the way on', async ({
  page,
}) => {
  await signUp(page, newPerson());
  for (const [button, told, state] of [
    ['Let the bank decline', 'The payment failed', 'Payment failed'],
    ['Let the time run out', 'The time to pay has run out', 'Expired'],
  ] as const) {
    await toCheckout(page);
    const checkout = page.url();
    await page.getByRole('button', { name: button }).click();
    await expect(page.getByTestId('outcome')).toContainText(told);
    await expect(page.getByTestId('outcome')).toContainText('No tokens were credited.');
    await expect(page.getByText(new RegExp(`${state}$`)).first()).toBeVisible();
    await page.goto(checkout);
    await expect(page.getByRole('button', { name: /^Pay/ })).toBeHidden();
  }
  await toCheckout(page);
  await page.getByRole('link', { name: 'Leave for now' }).click();
  await expect(page.getByTestId('outcome')).toContainText('Not paid yet');
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByRole('button', { name: 'Pay $9.90' }).click();
  await expect(page.getByTestId('outcome')).toContainText('Paid: 10,000,000 tokens are in your balance');
  await page.goto('/en/console/orders/ord_unknown');
  await expect(page.getByText('There is no such order')).toBeVisible();
});

test('nobody pays or sees an order of another organization', async ({ page, browser }) => {
  await signUp(page, newPerson());
  await toCheckout(page);
  const [checkout, order] = [page.url(), await page.getByRole('link', { name: 'Leave for now' }).getAttribute('href')];
  const stranger = await browser.newPage();
  await signUp(stranger, newPerson());
  await stranger.goto(checkout);
  await expect(stranger.getByRole('alert').first()).toContainText('It cannot be found.');
  await stranger.goto(order ?? '');
  await expect(stranger.getByText('There is no such order')).toBeVisible();
  await stranger.context().close();
});

for (const { prefix, buy, pay, ask, reason, send, asked } of [
  {
    prefix: '/en',
    buy: /^Buy Starter/,
    pay: /^Pay/,
    ask: 'Ask for a refund',
    reason: 'Reason',
    send: 'Ask for it',
    asked: 'Asked for',
  },
  {
    prefix: '/zh',
    buy: /购买“Starter”/,
    pay: /^支付/,
    ask: '申请退款',
    reason: '理由',
    send: '提交申请',
    asked: '已申请',
  },
]) {
  test(`the keyboard alone buys and asks for a refund on 360 pixels (${prefix})`, async ({ page }) => {
    test.slow();
    await signUp(page, newPerson());
    const folder = process.env['SCREENSHOTS'];
    const show = async (name: string) => {
      await expect(page.locator('.skeleton')).toHaveCount(0);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, name).toBeLessThanOrEqual(0);
      if (!folder) return;
      for (const [size, width] of [
        ['360', 360],
        ['wide', 1280],
      ] as const) {
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme });
          await page.screenshot({
            path: `${folder}/${name}-${prefix.slice(1)}-${size}-${colorScheme}.png`,
            fullPage: true,
            animations: 'disabled',
          });
        }
      }
      await page.setViewportSize({ width: 360, height: 740 });
    };
    const press = async (name: string | RegExp) => {
      await page.getByRole('button', { name }).first().focus();
      await page.keyboard.press('Enter');
    };
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${prefix}/console/orders`);
    await show('orders-empty');
    await page.goto(`${prefix}/console/plans`);
    await expect(page.getByRole('button', { name: buy })).toBeVisible();
    await show('plans');
    await press(buy);
    await expect(page.getByRole('button', { name: pay })).toBeVisible();
    await show('checkout');
    await press(pay);
    await expect(page.getByTestId('outcome')).toContainText('10,000,000');
    await show('order-paid');
    await press(ask);
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    expect(await accessibilityFaults(page)).toEqual([]);
    await show('refund-dialog');
    await dialog.getByLabel(reason).focus();
    await page.keyboard.type('Bought by mistake');
    await dialog.getByRole('button', { name: send }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listitem').filter({ hasText: 'Bought by mistake' })).toContainText(asked);
    await show('order-refund');
    await page.goto(`${prefix}/console/orders`);
    await expect(page.getByRole('table')).toBeVisible();
    await show('orders');
  });
}
