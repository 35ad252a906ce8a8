import { expect, test } from '@playwright/test';
import { askRefund, buy, newStaff, useUp } from '../../support/shop.ts';
import { newPerson } from '../pages.ts';
import { journeys, signInOn, signUpOn, type Walker, walk } from './journey.ts';

/** Finds the customer by the one search box and says why. */
async function findCustomer({ page, say, open, look }: Walker, email: string, name: string): Promise<void> {
  await open('/admin/search');
  await page.getByLabel(say('customers.search.label'), { exact: true }).fill(email);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await look('customer');
  const why = page.getByRole('form', { name: say('staff-look.title') });
  await why.getByLabel(say('staff-look.reason'), { exact: true }).fill('Asked by mail');
  await why.getByRole('button', { name: say('staff-look.submit'), exact: true }).click();
  await expect(page.getByRole('list', { name: say('customers.timeline.label') })).toContainText('Plan starter');
  await look('timeline');
}

/** Pays a part back from the desk. */
async function payBack({ page, say, follow, look }: Walker, refundId: string): Promise<void> {
  await follow('admin', 'refunds');
  await look('desk');
  await page.getByRole('link', { name: refundId }).click();
  const preview = page.getByRole('region', { name: say('refund-desk.preview.title') });
  await expect(preview).toContainText('8,000,000');
  await page.getByLabel(say('refund-desk.form.amount', { currency: 'USD' }), { exact: true }).fill('3.96');
  await expect(preview).toContainText('4,000,000');
  await page.getByLabel(say('refund-desk.form.reason'), { exact: true }).fill('Half of it, as agreed');
  await look('decision');
  await page.getByRole('button', { name: say('refund-desk.approve'), exact: true }).click();
  await expect(page.getByText(say('refund-desk.meaning.succeeded'))).toBeVisible();
  await look('paid-back');
}

for (const journey of journeys) {
  test(`support finds a customer, reads what happened and pays a part back, and the customer sees it (${journey.name})`, async ({
    browser,
  }) => {
    test.slow();
    const person = newPerson();
    const customer = await walk(browser, journey, 'customer');
    await signUpOn(customer, person);
    const orderId = await buy(person.email);
    await useUp(person.email, 2_000_000_000n);
    const refundId = await askRefund(orderId);

    const support = await walk(browser, journey, 'support');
    await signInOn(support, await newStaff('support'));
    await findCustomer(support, person.email, person.name);
    await payBack(support, refundId);
    await support.leave();

    await customer.open(`/console/orders/${orderId}`);
    const refunds = customer.page.getByRole('list', { name: customer.say('order.refund.listLabel') });
    await expect(refunds).toContainText('$3.96');
    await expect(refunds).toContainText(customer.say('order.refund.state.succeeded'));
    await customer.look('refunded');
    await customer.leave();
  });
}
