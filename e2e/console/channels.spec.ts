import fs from 'node:fs';
import path from 'node:path';
import { sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { expect, type Page, test } from '@playwright/test';
import { takeAwayChannels } from './console-channels.ts';
import { signIn } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

const key = 'sk-ant-CANARY-CONSOLE-KEY-0123456789';
const model = 'claude-sonnet-4-6';
let upstream: Awaited<ReturnType<typeof startFakeUpstream>>;

test.beforeAll(async () => {
  upstream = await startFakeUpstream();
});

test.afterAll(async ({ browser, baseURL }) => {
  await takeAwayChannels(browser, baseURL ?? '');
  await upstream.stop();
});

/** A message with the first start's own key. */
function ask(content: string, stream = false): Promise<Response> {
  return fetch(`${workerUrl()}/v1/messages`, {
    method: 'POST',
    headers: {
      'x-api-key': readWelcome().apiKey,
      'anthropic-version': '2023-06-01',
      'content-type': 'application/json',
    },
    body: JSON.stringify({ model, max_tokens: 64, stream, messages: [{ role: 'user', content }] }),
  });
}

async function addChannel(page: Page, name: string): Promise<void> {
  await page.goto('/en/admin/channels');
  await page.getByRole('button', { name: 'Add channel' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a channel' });
  await dialog.getByText('Anthropic', { exact: true }).click();
  await dialog.getByLabel('Key').fill(key);
  await dialog.getByRole('button', { name: 'More settings' }).click();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel(/^Base URL/).fill(upstream.url);
  await dialog.getByText('private network').click();
  await dialog.getByRole('button', { name: 'Add and test' }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

/** Everything that the browser was sent, for looking for what must not be there. */
function record(page: Page): () => Promise<string> {
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => bodies.push(response.text().catch(() => '')));
  return async () => (await Promise.all(bodies)).join('\n');
}

test('a provider and a key make a channel that is tested, tells its upstream’s exact error, and serves at once', async ({
  page,
}) => {
  const everything = record(page);
  await signIn(page, readWelcome().admin);
  await addChannel(page, 'console-main');
  const result = page.getByRole('main');
  await expect(result.getByText('Answered')).toBeVisible();
  await expect(result.getByText('The upstream lists 3 models.')).toBeVisible();

  await expect.poll(async () => (await ask('Hello')).headers.get('x-bridge-provider')).toBe('anthropic');
  expect(upstream.requests.at(-1)?.headers['x-api-key']).toBe(key);

  upstream.behave({ status: 401, message: `invalid x-api-key: ${key} is not known` });
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(result.getByText('The upstream refused')).toBeVisible();
  await expect(result.getByText('invalid x-api-key: *** is not known')).toBeVisible();
  upstream.behave({});

  await page.goto('/en/admin/channels?search=console-main');
  await expect(page.getByRole('row').filter({ hasText: 'console-main' })).toBeVisible();
  expect(await page.content()).not.toContain('CANARY');
  expect(await everything()).not.toContain('CANARY');
  const logs = path.join(process.env['DATA_DIR'] ?? '', 'logs');
  for (const file of fs.readdirSync(logs))
    expect(fs.readFileSync(path.join(logs, file), 'utf8'), file).not.toContain('CANARY');
});

test('models come from the upstream’s own list, and a change serves the next request without touching an open stream', async ({
  page,
}) => {
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/channels');
  await page.getByRole('link', { name: 'console-main' }).click();
  const open = await ask(sim({ hold: 'mid-stream', holdAfter: 2, chunks: 6, echoNonce: 'whole' }), true);
  await expect.poll(() => upstream.waiting('mid-stream')).toBe(1);

  await page.getByRole('button', { name: 'Import from upstream' }).click();
  const dialog = page.getByRole('dialog', { name: 'Models of the upstream' });
  await dialog.getByText('claude-test', { exact: true }).click();
  await dialog.getByLabel('Public id claude-test').fill(model);
  await dialog.getByRole('button', { name: 'Use 1 model' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: 'Models' })).toContainText('claude-test');
  await expect
    .poll(async () => {
      await ask('Hello');
      return upstream.requests.at(-1)?.json['model'];
    })
    .toBe('claude-test');

  upstream.release('mid-stream');
  const text = await open.text();
  expect(text).toContain('event: message_stop');
  expect(text).toContain('whole');
});

test('a channel is switched off and on, edited, and deleted by typing its name', async ({ page }) => {
  await signIn(page, readWelcome().admin);
  await addChannel(page, 'console-spare');
  await page.goto('/en/admin/channels');
  const row = page.getByRole('row').filter({ hasText: 'console-spare' });
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Actions for console-spare' }).click();
    await page.getByRole('menuitem', { name, exact: true }).click();
  };
  await choose('Disable');
  await expect(row).toContainText('Off');
  await page.getByLabel('State').selectOption('Off');
  await expect(page).toHaveURL(/state=off/);
  await expect(page.getByRole('row').filter({ hasText: 'console-main' })).toBeHidden();
  await choose('Enable');
  await expect(row).toBeHidden();
  await page.getByLabel('State').selectOption('Any');

  await choose('Edit');
  // By name: messages are dialogs too.
  const dialog = page.getByRole('dialog', { name: 'Edit “console-spare”' });
  await dialog.getByLabel('Priority').fill('9');
  await dialog.getByLabel('Base URL').fill('https://elsewhere.example.com');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'enter the key again' })).toBeVisible();
  await dialog.getByLabel('Base URL').fill(upstream.url);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();

  await choose('Delete…');
  const remove = page.getByRole('dialog', { name: 'Delete channel' });
  await expect(remove.getByRole('button', { name: 'Delete channel' })).toBeDisabled();
  await remove.getByRole('textbox').fill('console-spare');
  await remove.getByRole('button', { name: 'Delete channel' }).click();
  await expect(page).toHaveURL(/\/en\/admin\/channels$/);
  await expect(page.getByRole('row').filter({ hasText: 'console-main' })).toBeVisible();
  await expect(row).toBeHidden();
});

test('a group has a multiplier, is switched off, and the default one is not', async ({ page }) => {
  const id = `g${Date.now().toString(36)}`;
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/groups');
  await page.getByRole('button', { name: 'Add group' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a group' });
  await dialog.getByLabel('Id', { exact: true }).fill(id);
  await dialog.getByLabel('Name').fill(`Group ${id}`);
  await dialog.getByLabel('Multiplier').fill('0.80001');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(dialog.getByText('at most four decimals')).toBeVisible();
  await dialog.getByLabel('Multiplier').fill('0.8');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const row = page.getByRole('row').filter({ hasText: id });
  await expect(row).toContainText('× 0.8');
  await page.getByRole('button', { name: `Actions for Group ${id}` }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await expect(row).toContainText('Off');
  await page.getByRole('button', { name: 'Actions for Default' }).click();
  await expect(page.getByRole('menuitem', { name: 'Edit' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Disable' })).toBeHidden();
});

test('for a customer the staff’s pages are not there', async ({ page }) => {
  await signIn(page, readWelcome().customer);
  for (const place of ['', '/channels', '/channels/chn_any', '/channels/codex-instructions', '/groups', '/egress']) {
    const answer = await page.goto(`/en/admin${place}`);
    expect([place, answer?.status()]).toEqual([place, 404]);
    await expect(page.getByText('There is no such page')).toBeVisible();
  }
  expect((await page.request.get('/api/trpc/channel.list')).status()).toBe(403);
});

test('the staff’s pages fit 360 pixels in both languages, and break no rule of their own', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/channels');
  await page.getByRole('link', { name: 'console-main' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('console-main');
  const { pathname } = new URL(page.url());
  const detail = pathname.replace(/^\/en/, '');
  const places = [
    '/admin/channels',
    '/admin/channels?add=1',
    detail,
    `${detail}?edit=1`,
    '/admin/groups',
    '/admin/egress',
  ];
  for (const prefix of ['/en', '/zh']) {
    for (const place of places) {
      await page.goto(`${prefix}${place}`);
      await expect(page.locator('main')).toBeVisible();
      await page.waitForLoadState('networkidle');
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${prefix}${place}`).toBeLessThanOrEqual(0);
    }
  }
  expect(complaints).toEqual([]);
});
