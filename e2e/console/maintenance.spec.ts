import { expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { keepPicture } from '../support/views.ts';
import { newPerson, signIn, signUp } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

const inWorkersMs = 10_000;

// The switch is the whole site's: one test runs after the other, and each leaves it off.
test.describe.configure({ mode: 'serial' });

const sectionOf = (page: Page, name: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
const part = (page: Page) => sectionOf(page, 'Maintenance');

async function save(page: Page): Promise<void> {
  await part(page).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible();
}

/** One answer of the relay to the key of the first start, which is a customer's. */
async function askModel(page: Page): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await page.request.post(`${workerUrl()}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${readWelcome().apiKey}`, 'accept-language': 'en' },
    data: { model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] },
  });
  return { status: answer.status(), text: await answer.text() };
}

async function fitsAndIsAllThere(page: Page, name: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, name).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page), name).toEqual([]);
  await keepPicture(page, name);
}

test('an operator holds console and relay and releases both; a customer sees the banner and why a key is not made, on 360 pixels in both languages', async ({
  page,
  browser,
}) => {
  test.slow();
  const customer = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage();
  await signUp(customer, newPerson());
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/settings');
  await part(page).getByLabel('What is held').selectOption('Console and relay');
  await part(page).getByLabel('What people are told (Chinese)').fill('更换磁盘');
  await part(page).getByLabel('What people are told (English)').fill('New disks');
  await part(page).getByLabel('Expected end').fill('2099-11-22T22:00');
  await save(page);
  // The operator sees it as everybody does, without a reload.
  await expect(page.getByRole('complementary', { name: 'Maintenance' })).toContainText('New disks');
  await expect(part(page).getByText('Set here')).toHaveCount(4);

  for (const { prefix, label, text, create, name, submit, refused } of [
    {
      ...{ prefix: '/en', label: 'Maintenance', text: /New disks Expected end: .*2099/, create: 'Create key' },
      ...{ name: 'Name', submit: 'Create', refused: /not possible during maintenance\..*2099.*New disks/ },
    },
    {
      ...{ prefix: '/zh', label: '维护中', text: /更换磁盘 预计结束：2099/, create: '创建密钥' },
      ...{ name: '名称', submit: '创建', refused: /维护期间不能进行此操作.*2099.*更换磁盘/ },
    },
  ]) {
    await customer.goto(`${prefix}/console/keys`);
    const banner = customer.getByRole('complementary', { name: label });
    await expect(banner).toContainText(text);
    await expect(banner.getByRole('button')).toHaveCount(0);
    await customer.getByRole('button', { name: create }).first().click();
    const dialog = customer.getByRole('dialog');
    await dialog.getByLabel(name).first().fill('held');
    await dialog.getByRole('button', { name: submit, exact: true }).click();
    await expect(dialog.getByText(refused)).toBeVisible();
    await fitsAndIsAllThere(customer, `maintenance-keys-${prefix.slice(1)}`);
    // What can be read is there, and visitors are told as well.
    for (const path of ['/console/usage', '/console/orders', '/status', '/sign-in', '/docs']) {
      await customer.goto(`${prefix}${path}`);
      await expect(customer.getByRole('complementary', { name: label }), path).toContainText(text);
      await expect(customer.getByRole('heading', { level: 1 }).first(), path).toBeVisible();
    }
    await fitsAndIsAllThere(customer, `maintenance-docs-${prefix.slice(1)}`);
  }

  await expect.poll(async () => (await askModel(page)).status, { timeout: inWorkersMs }).toBe(503);
  const { text } = await askModel(page);
  expect(text).toContain('"code":"maintenance"');
  expect(text).toContain('New disks');

  await part(page).getByLabel('What is held').selectOption('Off');
  await save(page);
  await expect(page.getByRole('complementary', { name: 'Maintenance' })).toHaveCount(0);
  await expect.poll(async () => (await askModel(page)).status, { timeout: inWorkersMs }).toBe(200);
  await customer.goto('/en/console/keys');
  await expect(customer.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(customer.getByRole('complementary', { name: 'Maintenance' })).toHaveCount(0);
  await part(page).getByRole('button', { name: 'Back to defaults' }).click();
  await expect(part(page).getByText('Set here')).toHaveCount(0);
});

test('nobody signs up while the console is held, the form says why, and the relay goes on', async ({
  page,
  browser,
}) => {
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/settings');
  await part(page).getByLabel('What is held').selectOption('Console only');
  await save(page);
  const visitor = await browser.newPage();
  const person = newPerson();
  await visitor.goto('/en/sign-up');
  await visitor.getByLabel('Name').fill(person.name);
  await visitor.getByLabel('E-mail').fill(person.email);
  await visitor.getByLabel('Password').fill(person.password);
  await visitor.getByRole('button', { name: 'Create account' }).click();
  await expect(visitor.getByText('This is not possible during maintenance. Try again when it is over.')).toBeVisible();
  await expect(visitor.getByRole('complementary', { name: 'Maintenance' })).toContainText('everything can be read');
  expect((await askModel(page)).status).toBe(200);
  await part(page).getByRole('button', { name: 'Back to defaults' }).click();
  await expect(part(page).getByText('Set here')).toHaveCount(0);
  await signUp(visitor, person);
});

test('presets fill limits in, and what to back up can be copied', async ({ page }) => {
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/settings');
  const signUps = sectionOf(page, 'Sign-up');
  await signUps.getByRole('button', { name: 'Production' }).click();
  await expect(signUps.getByLabel('Limits of new organizations')).toHaveValue(
    'rpm 5000, itpm 20000000, otpm 4000000, concurrency 400',
  );
  await signUps.getByRole('button', { name: 'No limits' }).click();
  await expect(signUps.getByLabel('Limits of new organizations')).toHaveValue('');
  await page.goto('/en/admin/operations');
  const backup = sectionOf(page, 'Backup');
  await expect(backup).toContainText('pg_dump --format=custom');
  await expect(backup.getByRole('button', { name: /Copy/ })).toBeVisible();
});
