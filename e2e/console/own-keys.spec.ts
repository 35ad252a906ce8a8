import { sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { expect, type Page, test } from '@playwright/test';
import { type Product, startProduct, startTimeoutMs } from '../support/start-product.ts';
import { newPerson, signUp } from './pages.ts';

/** A product of its own: where providers are is told by the environment that it starts with. */
let product: Product;
let vendor: Awaited<ReturnType<typeof startFakeUpstream>>;
const credential = 'sk-ant-CANARY-OWN-KEY-0123456789';
const path = '/console/settings/own-keys';

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  vendor = await startFakeUpstream();
  product = await startProduct({ ANTHROPIC_BASE_URL: vendor.url });
});
test.afterAll(async () => {
  await product.stop();
  await vendor.stop();
});

async function addKey(page: Page, name: string, pasted = credential): Promise<void> {
  await page.getByRole('button', { name: 'Add key' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add an own key' });
  await dialog.getByLabel('Key', { exact: true }).fill(pasted);
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Save and test' }).click();
}

async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
}

test('a customer adds a key, sees the provider’s own words when it is refused, uses it without a balance, and takes it away', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: product.webUrl });
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => bodies.push(response.text().catch(() => '')));
  await signUp(page, newPerson());
  await page.goto('/en/console');
  await page.getByRole('link', { name: 'Own keys' }).click();
  await expect(page.getByText('No own keys')).toBeVisible();
  await expect(page.getByText('no list price and no service fee')).toBeVisible();

  await addKey(page, 'team', 'ab-0123456789abcdef');
  const form = page.getByRole('dialog', { name: 'Add an own key' });
  await expect(form.getByText('This is a key of this site.')).toBeVisible();
  await form.getByLabel('Key', { exact: true }).fill('sk-or-0123456789');
  await form.getByRole('button', { name: 'Save and test' }).click();
  await expect(form.getByText('a key of another provider')).toBeVisible();
  vendor.behave({ status: 401, message: `invalid x-api-key: ${credential}` });
  await form.getByLabel('Key', { exact: true }).fill(credential);
  await form.getByRole('button', { name: 'Save and test' }).click();
  const tested = page.getByRole('dialog', { name: 'Test of “team”' });
  await expect(tested.getByText('The provider refused')).toBeVisible();
  await expect(tested.getByText('invalid x-api-key: ***')).toBeVisible();
  vendor.behave({});
  await tested.getByRole('button', { name: 'Test again' }).click();
  await expect(tested.getByText('The key works')).toBeVisible();
  expect(vendor.requests.at(-1)?.headers['x-api-key']).toBe(credential);
  await tested.getByRole('button', { name: 'Done' }).click();
  const row = page.getByRole('row').filter({ hasText: 'team' });
  await expect(row).toContainText('…6789');
  await expect(row).toContainText('Our channels step in');

  await page.goto('/en/console/keys?create=1');
  await page.getByRole('dialog').getByLabel('Name').fill('laptop');
  await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click();
  const secret = (await page.getByTestId('new-secret').textContent()) ?? '';
  const ask = () =>
    fetch(`${product.workerUrl}/v1/messages`, {
      method: 'POST',
      headers: { 'x-api-key': secret, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'claude-sonnet-4-6',
        max_tokens: 16,
        messages: [{ role: 'user', content: sim({ chunks: 2 }) }],
      }),
    });
  await expect.poll(async () => (await ask()).headers.get('x-bridge-provider')).toBe('anthropic');
  const requestId = (await ask()).headers.get('x-request-id') ?? '';
  await page.goto(`/en/console/usage/${requestId}`);
  await expect(page.getByText('with your own key')).toBeVisible();

  await page.goto(`/en${path}`);
  await choose(page, 'team', 'Edit…');
  const edit = page.getByRole('dialog', { name: 'Edit “team”' });
  await edit.getByText('Use only this key').click();
  await expect(edit.getByText('ends with an error that says why')).toBeVisible();
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(row).toContainText('Stop with an error');
  await choose(page, 'team', 'Disable');
  await expect(row).toContainText('Off');
  await choose(page, 'team', 'Enable');
  await expect(row).toContainText('On');
  await choose(page, 'team', 'Delete…');
  await page.getByRole('dialog', { name: 'Delete “team”?' }).getByRole('button', { name: 'Delete key' }).click();
  await expect(page.getByText('No own keys')).toBeVisible();
  expect((await Promise.all(bodies)).join('\n')).not.toContain('CANARY');
  await page.close();
});

test('the page fits 360 pixels and both themes, in both languages, and goes by keyboard', async ({ browser }) => {
  for (const [language, colorScheme] of [
    ['en', 'light'],
    ['zh', 'dark'],
  ] as const) {
    const page = await browser.newPage({
      baseURL: product.webUrl,
      viewport: { width: 360, height: 740 },
      colorScheme,
    });
    await signUp(page, newPerson());
    await page.goto(`/en${path}`);
    await page.getByRole('button', { name: 'Add key' }).first().focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Add an own key' });
    await dialog.getByLabel('Key', { exact: true }).fill(credential);
    await page.keyboard.press('Enter');
    await expect(page.getByText('The key works')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.goto(`/${language}${path}`);
    await expect(page.getByRole('table')).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const folder = process.env['SCREENSHOTS'];
    if (folder) {
      await page.screenshot({ path: `${folder}/own-keys-${language}-360.png`, fullPage: true });
      await page.getByRole('main').getByRole('button').first().click();
      await page.screenshot({ path: `${folder}/own-keys-${language}-360-add.png` });
      await page.keyboard.press('Escape');
      await page.setViewportSize({ width: 1280, height: 860 });
      await page.screenshot({ path: `${folder}/own-keys-${language}.png`, fullPage: true });
    }
    await page.close();
  }
});
