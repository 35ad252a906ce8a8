import { expect, test } from '@playwright/test';
import { call } from '../../support/call.ts';
import { newPerson } from '../pages.ts';
import { workerUrl } from '../welcome.ts';
import { journeys, signUpOn, type Walker, walk } from './journey.ts';

const model = 'gpt-4o';

async function buyStarter({ page, say, follow, look }: Walker): Promise<void> {
  await follow('shell', 'plans');
  await page.getByRole('button', { name: 'Starter' }).click();
  await expect(page.getByRole('heading', { name: say('checkout.title') })).toBeVisible();
  await look('checkout');
  await page.getByRole('button', { name: say('checkout.pay', { price: '' }).trim() }).click();
  await expect(page.getByTestId('outcome')).toContainText(say('order.outcome.credited', { tokens: '10,000,000' }));
  await look('paid');
}

/** @returns the key's secret, its dialog left open */
async function makeKey({ page, say, follow, look }: Walker, name: string): Promise<string> {
  await follow('shell', 'keys');
  await page
    .getByRole('button', { name: say('keys.create') })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: say('keys.form.title') });
  await dialog.getByLabel(say('keys.form.name'), { exact: true }).fill(name);
  await dialog.getByRole('button', { name: say('keys.form.submit'), exact: true }).click();
  const secret = (await page.getByTestId('new-secret').textContent()) ?? '';
  await look('key');
  return secret;
}

/** @returns the request's id */
async function sendRequest(secret: string): Promise<string> {
  const answer = await call(`${workerUrl()}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${secret}` },
    body: { model, messages: [{ role: 'user', content: 'Hello' }] },
  });
  expect(answer.status).toBe(200);
  return String(answer.headers['x-request-id']);
}

async function askForRefund({ page, say, follow, look }: Walker): Promise<void> {
  await follow('shell', 'orders');
  await look('orders');
  await page.getByRole('main').getByRole('table').getByRole('link').first().click();
  await expect(page.getByTestId('refundable')).toContainText('$9.');
  await page.getByRole('button', { name: say('order.refund.ask') }).click();
  const dialog = page.getByRole('dialog', { name: say('order.refund.form.title') });
  await dialog.getByLabel(say('order.refund.form.reason'), { exact: true }).fill('Only tried it');
  await look('refund-form');
  await dialog.getByRole('button', { name: say('order.refund.form.submit'), exact: true }).click();
  await expect(dialog).toBeHidden();
  const refunds = page.getByRole('list', { name: say('order.refund.listLabel') });
  await expect(refunds).toContainText(say('order.refund.state.requested'));
  await expect(refunds).toContainText('Only tried it');
  await look('refund-asked');
}

for (const journey of journeys) {
  test(`a customer buys, makes a key, sends a request, reads its receipt and asks for the rest back (${journey.name})`, async ({
    browser,
  }) => {
    test.slow();
    const customer = await walk(browser, journey, 'customer');
    const { page, say, follow, look } = customer;
    await signUpOn(customer, newPerson());
    await look('overview');
    await buyStarter(customer);

    const requestId = await sendRequest(await makeKey(customer, 'laptop'));
    const first = page.getByRole('region', { name: say('keys.first.title') });
    await expect(first).toContainText(say('keys.first.seen', { status: '200' }));
    const made = page.getByRole('dialog', { name: say('keys.created.title') });
    await made.getByRole('button', { name: say('common.copyWhat', { what: say('keys.created.secret') }) }).click();
    await made.getByRole('button', { name: say('keys.created.done'), exact: true }).click();
    await expect(made).toBeHidden();
    await look('keys');

    await follow('shell', 'usage');
    await look('usage');
    await page.getByRole('link', { name: requestId }).click();
    await expect(page.getByTestId('recalculation')).toBeVisible();
    await expect(page.getByRole('main')).toContainText(model);
    await look('receipt');
    await askForRefund(customer);
    await customer.leave();
  });
}
