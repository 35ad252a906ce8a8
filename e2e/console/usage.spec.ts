import { expect, type Page, test } from '@playwright/test';
import { closeNewKey, createKey, signIn } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

const model = 'claude-sonnet-4-6';

/** A balance as the worker tells it to the key's owner. */
async function balanceOf(
  secret: string,
): Promise<{ availableNanoUsd: string; heldNanoUsd: string; postedNanoUsd: string }> {
  const answer = await fetch(`${workerUrl()}/v1/key`, { headers: { authorization: `Bearer ${secret}` } });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { balance: Awaited<ReturnType<typeof balanceOf>> }).balance;
}

async function ask(secret: string): Promise<string> {
  const answer = await fetch(`${workerUrl()}/v1/messages`, {
    method: 'POST',
    headers: { 'x-api-key': secret, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' },
    body: JSON.stringify({ model, max_tokens: 64, messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(answer.status).toBe(200);
  await answer.text();
  return answer.headers.get('x-request-id') ?? '';
}

async function availableTokens(page: Page): Promise<string> {
  const figure = page.getByText('Available', { exact: true }).locator('xpath=following-sibling::dd');
  await expect(figure).toContainText('tokens');
  return (await figure.textContent()) ?? '';
}

test('a request sent with a new key shows up in usage with its charge, and the balance goes down by it', async ({
  page,
}) => {
  const welcome = readWelcome();
  await signIn(page, welcome.customer);
  const secret = await createKey(page, `request ${Date.now()}`);
  await closeNewKey(page);
  await page.goto('/en/console');
  const before = await availableTokens(page);
  const postedBefore = BigInt((await balanceOf(secret)).postedNanoUsd);

  const requestId = await ask(secret);
  expect(requestId).not.toBe('');

  await page.goto('/en/console/usage?range=7d');
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('row').filter({ hasText: requestId })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  const row = page.getByRole('row').filter({ hasText: requestId });
  await expect(row).toContainText(model);
  await expect(row).toContainText('Completed');
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page.getByRole('region', { name: 'Usage over time and by group' })).toContainText(model);

  await expect.poll(async () => BigInt((await balanceOf(secret)).postedNanoUsd) < postedBefore).toBe(true);
  await page.goto('/en/console');
  await expect.poll(() => availableTokens(page)).not.toBe(before);
});

test('the configuration on the overview names the address this visitor can reach, and works as pasted', async ({
  page,
}) => {
  await signIn(page, readWelcome().customer);
  await page.goto('/en/console');
  const { port } = new URL(workerUrl());
  const hostname = new URL(page.url()).hostname;
  await expect(page.getByText(`ANTHROPIC_BASE_URL="http://${hostname}:${port}"`).first()).toBeVisible();
  await page.getByRole('tab', { name: 'Codex' }).click();
  await expect(page.getByText(`base_url = "http://${hostname}:${port}/v1"`)).toBeVisible();
});
