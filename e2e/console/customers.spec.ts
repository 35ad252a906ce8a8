import { type Browser, expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { eventually } from '../support/eventually.ts';
import { buy, newStaff, organizationOf } from '../support/shop.ts';
import { closeNewKey, createKey, newPerson, sayWhy, signIn, signUp } from './pages.ts';
import { workerUrl } from './welcome.ts';

/** What the product promises: refused everywhere within a second. */
const withinMs = 1_000;

/** A customer with an order and a key, and what that key can be asked. */
async function newCustomer(page: Page) {
  const person = newPerson();
  await signUp(page, person);
  const orderId = await buy(person.email);
  const secret = await createKey(page, 'laptop');
  await closeNewKey(page);
  const ask = () =>
    fetch(`${workerUrl()}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] }),
    });
  const answer = await ask();
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
  const requestId = answer.headers.get('x-request-id') ?? '';
  return { person, orderId, secret, requestId, ask, organizationId: await organizationOf(person.email) };
}

async function openDesk(browser: Browser, role: Parameters<typeof newStaff>[0]): Promise<Page> {
  const desk = await (await browser.newContext()).newPage();
  await signIn(desk, await newStaff(role));
  return desk;
}

async function find(desk: Page, text: string): Promise<void> {
  await desk.getByRole('textbox', { name: 'Find a customer' }).fill(text);
  await desk.keyboard.press('Enter');
}

const timelineOf = (desk: Page) => desk.getByRole('list', { name: 'What happened, newest first' });

test('support finds a customer by e-mail, order, request and key, reads the timeline for a reason, and writes a note', async ({
  page,
  browser,
}) => {
  test.slow();
  const { person, orderId, secret, requestId, organizationId } = await newCustomer(page);
  const desk = await openDesk(browser, 'support');
  const isHere = async () => {
    await expect(desk).toHaveURL(new RegExp(`/en/admin/customers/${organizationId}`));
    await expect(desk.getByRole('heading', { level: 1, name: person.name })).toBeVisible();
  };
  await desk.goto('/en/admin/customers');
  await find(desk, person.email.toUpperCase());
  await isHere();
  await expect(desk.getByRole('row').filter({ hasText: person.email })).toContainText('Owner');
  await expect(timelineOf(desk)).toBeHidden();
  await sayWhy(desk, timelineOf(desk), 'Asks about a refund');
  await expect(timelineOf(desk)).toContainText('Plan starter');
  await expect(timelineOf(desk)).toContainText('laptop …');
  await expect(timelineOf(desk)).toContainText('Signed in by password');
  await expect(desk.locator('main')).not.toContainText(secret);

  await find(desk, orderId);
  await isHere();
  await expect(desk.getByText('Found here: Order')).toBeVisible();
  await desk.getByRole('link', { name: orderId }).click();
  await expect(desk.getByRole('heading', { name: 'Plan starter' })).toBeVisible();
  await desk.getByRole('link', { name: person.name }).click();
  await isHere();

  await find(desk, secret);
  await isHere();
  expect(desk.url()).not.toContain(secret);
  await expect(desk.getByText('Found here: API key')).toBeVisible();

  await find(desk, person.email.slice(0, 10));
  await expect(desk).toHaveURL(/\/en\/admin\/search\?q=/);
  await desk.getByRole('link', { name: person.email }).click();
  await isHere();

  await find(desk, requestId);
  await isHere();
  await desk.getByRole('link', { name: requestId }).click();
  await expect(desk.getByText(`Organization: ${person.name}`)).toBeVisible();
  await desk.goBack();

  await desk.getByRole('button', { name: 'Write a note' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Write a note' });
  await dialog.getByLabel('Note').fill('Prefers answers in Chinese');
  await dialog.getByRole('button', { name: 'Write it' }).click();
  const note = timelineOf(desk).getByRole('listitem').filter({ hasText: 'Prefers answers in Chinese' });
  await expect(note).toBeVisible();
  expect(await accessibilityFaults(desk)).toEqual([]);
  await note.getByRole('button', { name: 'Withdraw' }).click();
  await expect(note).toBeHidden();
  await expect(timelineOf(desk)).toContainText('withdrawn by');

  await desk.getByLabel('Show', { exact: true }).selectOption('Who looked');
  await expect(desk).toHaveURL(/kind=look/);
  await expect(timelineOf(desk)).toContainText('Asks about a refund');
  await desk.context().close();
});

test('a colleague’s reason opens nothing for somebody else, and a new sign-in asks again', async ({
  page,
  browser,
}) => {
  test.slow();
  const { organizationId, requestId } = await newCustomer(page);
  const first = await openDesk(browser, 'support');
  await first.goto(`/en/admin/customers/${organizationId}/requests`);
  const request = (desk: Page) => desk.getByRole('link', { name: requestId });
  await sayWhy(first, request(first));
  const second = await openDesk(browser, 'finance');
  await second.goto(`/en/admin/requests/${requestId}`);
  const form = second.getByRole('form', { name: 'Why do you look?' });
  await expect(form).toBeVisible();
  await expect(second.getByText('Charged')).toBeHidden();
  await second.context().close();
  await first.context().close();
});

test('an administrator suspends a customer, whose key the running worker refuses, lets it in again, and revokes its keys', async ({
  page,
  browser,
}) => {
  test.slow();
  const { person, organizationId, ask } = await newCustomer(page);
  const becomes = (status: number) =>
    eventually(async () => (await ask()).status === status, { withinMs, what: () => `not ${status} yet` });
  const desk = await openDesk(browser, 'administrator');
  await desk.goto(`/en/admin/customers/${organizationId}`);
  await desk.getByRole('button', { name: 'Suspend', exact: true }).click();
  const suspend = desk.getByRole('dialog', { name: `Suspend ${person.name}` });
  await expect(suspend.getByRole('button', { name: 'Suspend' })).toBeDisabled();
  await suspend.getByLabel('Reason').fill('Card was stolen');
  await suspend.getByRole('button', { name: 'Suspend' }).click();
  await expect(suspend).toBeHidden();
  await becomes(403);
  await expect(desk.getByText('Suspended: its keys are refused')).toBeVisible();
  await expect(desk.getByText('Card was stolen')).toBeVisible();
  await desk.goto('/en/admin/customers?part=suspended');
  await desk.getByRole('link', { name: person.name }).click();
  await desk.getByRole('button', { name: 'Let in again' }).click();
  const resume = desk.getByRole('dialog', { name: `Let ${person.name} in again` });
  await resume.getByLabel('Reason').fill('It was not');
  await resume.getByRole('button', { name: 'Let in again' }).click();
  await expect(resume).toBeHidden();
  await becomes(200);

  await desk.getByRole('button', { name: 'Revoke all keys' }).click();
  const revoke = desk.getByRole('dialog', { name: `Revoke 1 key of ${person.name}` });
  await revoke.getByLabel('Reason').fill('Leaked');
  await expect(revoke.getByRole('button', { name: 'Revoke for good' })).toBeDisabled();
  await revoke.getByLabel(`Type ${person.name} to go on`).fill(person.name);
  await revoke.getByRole('button', { name: 'Revoke for good' }).click();
  await expect(revoke).toBeHidden();
  await becomes(401);
  await desk.context().close();
});

test('an administrator signs a person out, shuts them out, and gives and takes a role', async ({ page, browser }) => {
  test.slow();
  const person = newPerson();
  await signUp(page, person);
  const desk = await openDesk(browser, 'administrator');
  await desk.goto('/en/admin/users');
  await desk.getByRole('searchbox').fill(person.email);
  await desk.keyboard.press('Enter');
  const row = desk.getByRole('row').filter({ hasText: person.email });
  async function act(item: string, button: string, prepare?: () => Promise<unknown>): Promise<void> {
    await desk.getByRole('button', { name: `Actions for ${person.email}` }).click();
    await desk.getByRole('menuitem', { name: item }).click();
    const dialog = desk.getByRole('dialog');
    await prepare?.();
    await dialog.getByLabel('Reason').fill('Asked by mail');
    await dialog.getByRole('button', { name: button }).click();
    await expect(dialog).toBeHidden();
  }
  await act('Sign out everywhere', 'Sign out');
  await page.goto('/en/console');
  await expect(page).toHaveURL(/\/en\/sign-in/);
  await act('Change the role on the staff', 'Change it', () =>
    desk.getByLabel('Role', { exact: true }).selectOption('Support'),
  );
  await expect(row).toContainText('Support');
  await act('Change the role on the staff', 'Change it', () =>
    desk.getByLabel('Role', { exact: true }).selectOption('Not on the staff'),
  );
  await expect(row).not.toContainText('Support');
  await act('Shut out', 'Shut out');
  await expect(row).toContainText('Shut out');
  await page.goto('/en/sign-in');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
  await desk.context().close();
});

test('a customer, and staff without the right, find none of these pages', async ({ page, browser }) => {
  const person = newPerson();
  await signUp(page, person);
  const organizationId = await organizationOf(person.email);
  for (const path of ['search', 'customers', `customers/${organizationId}`, 'users'])
    expect((await page.goto(`/en/admin/${path}`))?.status(), path).toBe(404);
  const operator = await openDesk(browser, 'operator');
  expect((await operator.goto('/en/admin/users'))?.status()).toBe(404);
  expect((await operator.goto(`/en/admin/customers/${organizationId}/requests`))?.status()).toBe(404);
  await operator.goto(`/en/admin/customers/${organizationId}`);
  await expect(operator.getByRole('button', { name: 'Suspend', exact: true })).toBeVisible();
  await expect(operator.getByRole('button', { name: 'Revoke all keys' })).toBeHidden();
  await operator.context().close();
});
