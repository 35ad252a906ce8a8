import { type Browser, expect, type Page, test } from '@playwright/test';
import { accessibilityFaults, keyboardFaults } from '../support/accessibility.ts';
import { askRefund, buy, inShop, newStaff } from '../support/shop.ts';
import { newPerson, type Person, signIn, signUp } from './pages.ts';

async function openDesk(browser: Browser): Promise<Page> {
  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, await newStaff('support'));
  return desk;
}

/** A refund that a new customer asked for, who reads this language. */
async function askedBy(
  page: Page,
  locale: 'zh' | 'en',
): Promise<{ customer: Person; orderId: string; refundId: string }> {
  const customer = newPerson();
  await signUp(page, customer);
  await inShop(({ prisma }) => prisma.user.update({ where: { email: customer.email }, data: { locale } }));
  const orderId = await buy(customer.email);
  return { customer, orderId, refundId: await askRefund(orderId) };
}

/** The mail of this template that a customer was sent, as the mailbox keeps it. */
const mailTo = (email: string, template: string) =>
  inShop(({ prisma }) => prisma.mail.findFirst({ where: { toAddress: email, template } }));

const choose = async (desk: Page, title: string, action: string) => {
  await desk.getByRole('button', { name: `Actions for ${title}` }).click();
  await desk.getByRole('menuitem', { name: action }).click();
};

test('support keeps a reply, puts it into a refusal in the customer’s language, and reads the mail before it goes', async ({
  page,
  browser,
}) => {
  test.slow();
  const { customer, orderId, refundId } = await askedBy(page, 'zh');
  const title = `Used up ${Date.now().toString(36)}`;
  const desk = await openDesk(browser);
  await desk.goto('/en/admin/replies');
  await expect(desk.getByRole('row').filter({ hasText: 'Declined: the tokens are used up' })).toContainText(
    'Came with the product',
  );
  await desk.getByRole('button', { name: 'Add reply' }).first().click();
  const form = desk.getByRole('dialog', { name: 'Add a reply' });
  await form.getByLabel('Title (English)').fill(title);
  await form.getByLabel('Text (English)').fill('{person}, {amount} of {order} stays with {customer}.');
  await form.getByLabel('Text (Chinese)').fill('{person}，订单 {order} 的 {amount} 不能退给 {organization}。');
  await expect(form.getByRole('alert')).toContainText('There is no {customer}.');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeVisible();
  await form.getByLabel('Text (English)').fill('{person}, {amount} of {order} stays with {organization}.');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toBeHidden();
  await expect(desk.getByRole('row').filter({ hasText: title })).toContainText('Staff usr_');

  await desk.goto(`/en/admin/refunds/${refundId}`);
  const reason = desk.getByLabel('Reason');
  await reason.fill('Looked at by two of us.');
  await desk.getByRole('button', { name: 'Insert a reply' }).click();
  const picker = desk.getByRole('dialog', { name: 'Insert a reply' });
  await picker.getByRole('searchbox').fill(title);
  await expect(picker.getByRole('listitem')).toHaveCount(1);
  await expect(picker.getByRole('listitem')).toContainText(`订单 ${orderId} 的 US$9.90 不能退给`);
  await picker.getByRole('button', { name: 'English' }).click();
  await expect(picker.getByRole('listitem')).toContainText(`${customer.name}, $9.90 of ${orderId} stays with`);
  await picker.getByRole('button', { name: 'Chinese' }).click();
  await picker.getByRole('listitem').getByRole('button').click();
  await expect(picker).toBeHidden();
  await expect(reason).toHaveValue(/^Looked at by two of us\.\n\n/);
  await expect(reason).toHaveValue(new RegExp(`${customer.name}，订单 ${orderId} 的 US\\$9\\.90 不能退给`));

  await desk.getByRole('button', { name: 'The mail to the customer' }).click();
  await desk.getByRole('button', { name: 'Declined', exact: true }).click();
  const mail = desk.frameLocator('iframe[title="The mail as it is read"]');
  await expect(mail.getByRole('heading')).toHaveText('US$9.90 的退款未获批准');
  await expect(mail.getByText('不能退给')).toContainText('Looked at by two of us.');
  const shown = await desk.locator('iframe').getAttribute('srcdoc');
  expect(await mailTo(customer.email, 'refund-declined')).toBeNull();
  await desk.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(desk.getByText('Nothing was paid back.')).toBeVisible();
  const sent = await mailTo(customer.email, 'refund-declined');
  expect(sent?.html?.replace(/#refunds\.[\w-]+/, '#refunds.hidden')).toBe(shown);

  await desk.goto('/en/admin/replies');
  await choose(desk, title, 'Delete');
  await desk
    .getByRole('dialog', { name: `Delete “${title}”?` })
    .getByRole('button', { name: 'Delete' })
    .click();
  await expect(desk.getByRole('row').filter({ hasText: title })).toHaveCount(0);
  await desk.context().close();
});

test('a reply that comes with the product explains an approval, and the customer reads it at the order', async ({
  page,
  browser,
}) => {
  test.slow();
  const { customer, orderId, refundId } = await askedBy(page, 'en');
  const desk = await openDesk(browser);
  await desk.goto(`/en/admin/refunds/${refundId}`);
  const told = desk.getByRole('checkbox', { name: 'The customer reads it also when approved' });
  await expect(told).not.toBeChecked();
  await desk.getByLabel('Amount (USD)').fill('4.95');
  await desk.getByRole('button', { name: 'The mail to the customer' }).click();
  const mail = desk.frameLocator('iframe[title="The mail as it is read"]');
  await expect(mail.getByRole('heading')).toHaveText('$4.95 refunded');
  await expect(mail.getByText('Answer')).toHaveCount(0);
  await desk.getByRole('button', { name: 'Insert a reply' }).click();
  await desk.getByRole('button', { name: /^Approved: refunded in part/ }).click();
  await expect(told).toBeChecked();
  await expect(mail.getByText(`so $4.95 is paid back`)).toBeVisible();
  await desk.getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(desk.getByText('The money has been paid back')).toBeVisible();
  await page.goto(`/en/console/orders/${orderId}`);
  await expect(page.getByText(`Answer: Hello ${customer.name}, some of the tokens of order ${orderId}`)).toBeVisible();
  expect((await mailTo(customer.email, 'refund-succeeded'))?.text).toContain('so $4.95 is paid back');
  await desk.context().close();
});

test('replies and the mail hold the keyboard and fit 360 pixels, in both languages', async ({ page, browser }) => {
  test.slow();
  const { refundId } = await askedBy(page, 'zh');
  const desk = await openDesk(browser);
  await desk.setViewportSize({ width: 360, height: 740 });
  const fits = async () => {
    expect(await accessibilityFaults(desk)).toEqual([]);
    expect(await desk.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  };
  for (const [prefix, words] of [
    ['/en', { add: 'Add reply', insert: 'Insert a reply', mail: 'The mail to the customer' }],
    ['/zh', { add: '新建模板', insert: '插入模板', mail: '发给客户的邮件' }],
  ] as const) {
    await desk.goto(`${prefix}/admin/replies`);
    await desk.getByRole('button', { name: words.add }).first().click();
    await expect(desk.getByRole('dialog')).toBeVisible();
    await fits();
    await desk.goto(`${prefix}/admin/refunds/${refundId}`);
    await desk.getByRole('button', { name: words.mail }).click();
    await expect(desk.locator('iframe')).toBeVisible();
    await fits();
    await desk.getByRole('button', { name: words.insert }).click();
    await expect(desk.getByRole('dialog').getByRole('listitem').first()).toBeVisible();
    await fits();
    await desk.keyboard.press('Escape');
    await expect(desk.getByRole('dialog')).toBeHidden();
    expect(await keyboardFaults(desk)).toEqual([]);
  }
  await desk.context().close();
});
