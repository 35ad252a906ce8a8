import { sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { takeAwayChannels } from './console-channels.ts';
import { signIn } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

const name = 'limited';
let upstream: Awaited<ReturnType<typeof startFakeUpstream>>;
test.beforeAll(async () => {
  upstream = await startFakeUpstream();
});
test.afterAll(async ({ browser, baseURL }) => {
  await takeAwayChannels(browser, baseURL ?? '');
  await upstream.stop();
});

const ask = (content: string) =>
  fetch(`${workerUrl()}/v1/messages`, {
    method: 'POST',
    headers: {
      'x-api-key': readWelcome().apiKey,
      'anthropic-version': '2023-06-01',
      'content-type': 'application/json',
    },
    body: JSON.stringify({
      ...{ model: 'claude-sonnet-4-6', max_tokens: 64 },
      messages: [{ role: 'user', content }],
    }),
  });

const openChannel = async (page: Page, language: '/zh' | '/en') => {
  await page.goto(`${language}/admin/channels`);
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
};

test('limits are set with a new channel, hold at once, and are shown with what is used of them', async ({ page }) => {
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/channels');
  await page.getByRole('button', { name: 'Add channel' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a channel' });
  await dialog.getByText('Anthropic', { exact: true }).click();
  await dialog.getByLabel('Key').fill('sk-ant-limits-0123456789');
  await dialog.getByRole('button', { name: 'More settings' }).click();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel(/^Base URL/).fill(upstream.url);
  await dialog.getByText('private network').click();
  await dialog.getByLabel('Requests at once').fill('1');
  await dialog.getByLabel('Cost per UTC month (USD)').fill('0');
  await dialog.getByRole('button', { name: 'Add and test' }).click();
  await expect(dialog.getByRole('alert').filter({ hasText: 'amounts above zero' })).toBeVisible();
  await dialog.getByLabel('Cost per UTC month (USD)').fill('12.50');
  await dialog.getByRole('button', { name: 'Add and test' }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  const limits = page.getByRole('region', { name: 'Limits of the account' });
  await expect(limits).toContainText('$0.00 of $12.50');

  await expect.poll(async () => (await ask('Hello')).headers.get('x-bridge-provider')).toBe('anthropic');
  const running = ask(sim({ hold: 'one-at-once', chunks: 1 }));
  await expect.poll(() => upstream.waiting('one-at-once')).toBe(1);
  const refused = await ask('Hello');
  expect(refused.status).toBe(529);
  expect(refused.headers.get('retry-after')).toBe('1');
  await expect(limits).toContainText('1 of 1reached', { timeout: 15_000 });
  await page.goto('/en/admin/channels');
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Requests at once 1 of 1');
  upstream.release('one-at-once');
  expect((await running).status).toBe(200);
});

test('limits are changed and taken away on a phone, in both languages, and the log says what they were', async ({
  page,
}) => {
  await signIn(page, readWelcome().admin);
  await page.setViewportSize({ width: 360, height: 740 });
  await openChannel(page, '/zh');
  await page.getByRole('button', { name: '编辑', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `编辑“${name}”` });
  await expect(dialog.getByLabel('同时进行的请求数')).toHaveValue('1');
  await expect(dialog.getByLabel('每个 UTC 月的成本（USD）')).toHaveValue('12.5');
  await dialog.getByLabel('同时进行的请求数').fill('');
  await dialog.getByLabel('每分钟 token（输入加输出）').fill('5000');
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('region', { name: '账户限额' })).toContainText('上限 5,000');

  await openChannel(page, '/en');
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  const edit = page.getByRole('dialog', { name: `Edit “${name}”` });
  await edit.getByLabel('Tokens per minute, in and out').fill('');
  await edit.getByLabel('Cost per UTC month (USD)').fill('');
  expect(await accessibilityFaults(page)).toEqual([]);
  await edit.getByRole('button', { name: 'Save' }).click();
  await expect(edit).toBeHidden();
  await expect(page.getByRole('region', { name: 'Limits of the account' })).toHaveCount(0);

  await page.goto('/en/admin/audit?part=channels');
  const changes = page.getByText('channel.update').first();
  await expect(changes).toBeVisible();
  await expect(page.getByText('spendPerMonthNanoUsd: 12500000000 → –').first()).toBeVisible();
  await expect(page.getByText('limits.tpm: 5000 → –').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});
