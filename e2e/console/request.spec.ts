import { sim } from '@ai-bridge/testing/upstream';
import { test as base, expect, type Page } from '@playwright/test';
import { call, openCall } from '../support/call.ts';
import {
  type Customer,
  failoverModel,
  type ReceiptsProduct,
  startReceiptsProduct,
  tieredModel,
} from '../support/receipts-product.ts';
import { startTimeoutMs } from '../support/start-product.ts';
import { signIn } from './pages.ts';

const test = base.extend<object, { product: ReceiptsProduct }>({
  product: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern that no fixture is wanted
    async ({}, use) => {
      const product = await startReceiptsProduct();
      await use(product);
      await product.stop();
    },
    { scope: 'worker', timeout: startTimeoutMs },
  ],
  baseURL: ({ product }, use) => use(product.webUrl),
});

/** Sends a request of a customer and returns its id. */
async function ask(
  product: ReceiptsProduct,
  path: '/v1/messages' | '/v1/chat/completions',
  body: object,
  { key }: Customer = product.customer,
): Promise<string> {
  const answer = await call(`${product.workerUrl}${path}`, { headers: { authorization: `Bearer ${key}` }, body });
  return String(answer.headers['x-request-id']);
}

const prompt = (script: Parameters<typeof sim>[0]) => [{ role: 'user', content: sim(script) }];
const message = (model: string, script: Parameters<typeof sim>[0], more = {}) => ({
  model,
  max_tokens: 1_000,
  messages: prompt(script),
  ...more,
});

/** A chat request that an upstream of Anthropic's protocol cannot carry whole. */
const lossy = {
  model: 'only-anthropic',
  messages: prompt({ chunks: 2, inputTokens: 12 }),
  ...{ seed: 7, frequency_penalty: 0.5, presence_penalty: 0.5, logit_bias: { 50256: -100 }, store: true },
  ...{
    prediction: { type: 'content', content: 'x' },
    verbosity: 'low',
    newer_field: 1,
    another_field: 2,
    third_field: 3,
  },
};

async function open(page: Page, requestId: string, prefix = '/en'): Promise<void> {
  await page.goto(`${prefix}/console/usage/${requestId}`);
  await expect(page.getByTestId('recalculation')).toBeVisible();
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('a request of the table leads to its receipt, whose arithmetic is worked out again and agrees', async ({
  page,
  product,
}) => {
  const usage = { input: 41, cacheRead: 10, output: 7 };
  const id = await ask(product, '/v1/messages', message(tieredModel, { chunks: 2, usage }));
  await signIn(page, product.customer);
  await page.goto('/en/console/usage?range=7d');
  await expect(async () => {
    await page.reload();
    await page.getByRole('link', { name: id }).click({ timeout: 2_000 });
  }).toPass();
  await expect(page).toHaveURL(`/en/console/usage/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(tieredModel);
  await expect(page.getByText('The answer was delivered whole. You pay for what was used.')).toBeVisible();
  // 51 prompt tokens are above 50: the dearer prices hold, also for the cache, which has none of its own.
  await expect(row(page, 'Input')).toContainText('41 × $2.50/M');
  await expect(row(page, 'Cache read')).toContainText('10 × $2.50/M');
  await expect(row(page, 'Output')).toContainText('7 × $20.00/M');
  await expect(row(page, 'Fee per request')).toContainText('1 × $0.002');
  await expect(row(page, 'Charged')).toContainText('2,267,500');
  await expect(page.getByText('more than 50: the prices for long prompts hold')).toBeVisible();
  await expect(page.getByTestId('recalculation')).toContainText('Agrees');
  await expect(page.getByText('Nothing was lost.')).toBeVisible();

  await page.goto('/en/console/usage');
  await page.getByLabel('Find a request by its id').fill('../keys');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is no request id.')).toBeVisible();
  await page.getByLabel('Find a request by its id').fill(` ${id} `);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/en/console/usage/${id}`);
});

test('a sum that is no whole nano-USD is shown as it is and rounded up once, and the copy says the same', async ({
  page,
  product,
  context,
}) => {
  const id = await ask(product, '/v1/messages', message(tieredModel, { usage: { input: 3, output: 1 } }));
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await signIn(page, product.customer);
  await open(page, id);
  await expect(row(page, 'Exact sum')).toContainText('2,013,000.003');
  await expect(row(page, 'Rounded up, once')).toContainText('2,013,001');
  await page.getByRole('button', { name: 'Copy: receipt' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain(`Receipt of request ${id}`);
  expect(copied).toContain('Input: 3 × $1.000001/M = 3,000.003');
  expect(copied).toContain('Rounded up, once: 2,013,001');
  expect(copied).toContain('Recalculated: Agrees.');
});

test('what a conversion could not carry is on the page, all of it', async ({ page, product }) => {
  const id = await ask(product, '/v1/chat/completions', lossy);
  await signIn(page, product.customer);
  await open(page, id);
  await expect(page.getByText('openai-chat → anthropic-messages')).toBeVisible();
  const losses = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Losses' }) });
  const receipt = await call(`${product.workerUrl}/v1/generation?id=${id}`, {
    headers: { authorization: `Bearer ${product.customer.key}` },
  });
  const { losses: kept } = receipt.json<{ losses: { path: string; reason: string }[] }>();
  expect(kept.map(({ path }) => path)).toEqual(expect.arrayContaining(['seed', 'frequency_penalty', 'newer_field']));
  await expect(losses.getByText(kept.at(-1)?.path ?? '', { exact: true })).toBeHidden();
  await losses.getByText(/^\d+ more$/).press('Enter');
  await expect(losses.getByRole('listitem')).toHaveCount(kept.length);
  for (const { path, reason } of kept) {
    const item = losses.getByRole('listitem').filter({ has: page.getByText(path, { exact: true }) });
    await expect(item.filter({ hasText: reason }).first()).toBeVisible();
  }
});

test('each attempt says what went wrong and who pays for it, and no channel is named', async ({ page, product }) => {
  const id = await ask(product, '/v1/messages', message(failoverModel, { chunks: 3 }));
  await signIn(page, product.customer);
  const sent: Promise<string>[] = [];
  page.on('response', (response) => {
    // What the page before this one asked for has no body any more once it is left.
    if (response.url().includes('/api/trpc')) sent.push(response.text().catch(() => ''));
  });
  await open(page, id);
  const attempts = page.getByRole('list', { name: 'Attempts' }).getByRole('listitem');
  await expect(attempts).toHaveCount(2);
  await expect(attempts.nth(0)).toContainText('No connection to the provider came about');
  await expect(attempts.nth(0)).toContainText('paid by us');
  await expect(attempts.nth(1)).toContainText('Answered');
  await expect(attempts.nth(1)).toContainText('paid by you');
  const all = [await page.content(), ...(await Promise.all(sent))].join('\n');
  expect(all).not.toContain('chn_');
  expect(all).not.toContain('dead-end');
});

test('a failed request costs nothing, and its error is explained in both languages', async ({ page, product }) => {
  const id = await ask(product, '/v1/messages', message('claude-test', { status: 500, message: 'secret words' }));
  await signIn(page, product.customer);
  await open(page, id);
  await expect(page.getByText('No provider gave an answer. You pay nothing.')).toBeVisible();
  await expect(page.getByText('Error overloaded')).toBeVisible();
  await expect(page.getByText('Every provider that was tried was busy or failed.')).toBeVisible();
  await expect(page.getByText('Nothing was used, so there is nothing to charge.')).toBeVisible();
  await page.getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL(`/console/usage/${id}`);
  await expect(page.getByText('没有任何上游给出回答。不收费。')).toBeVisible();
});

test('a stream that the balance ended says so and costs at most what there was', async ({ page, product }) => {
  const body = message('exact-test', { chunks: 3_000, gapMs: 1 }, { stream: true, max_tokens: 50_000 });
  const id = await ask(product, '/v1/messages', body, product.poor);
  await signIn(page, product.poor);
  await open(page, id);
  await expect(
    page.getByText('so the answer was ended there. You pay at most what was reserved for it.'),
  ).toBeVisible();
  await expect(page.getByText('Error insufficient_balance')).toBeVisible();
  await expect(page.getByTestId('recalculation')).not.toContainText('that should not be');
  const charged = await row(page, 'Charged').getByRole('cell').last().textContent();
  expect(Number(charged?.replaceAll(',', ''))).toBeLessThanOrEqual(2_000_000);
});

test('a receipt that is still on its way is waited for', async ({ page, product }) => {
  await signIn(page, product.customer);
  const body = message('claude-test', { chunks: 4, hold: 'receipt' }, { stream: true });
  const headers = { authorization: `Bearer ${product.customer.key}` };
  const request = openCall(`${product.workerUrl}/v1/messages`, { headers, body });
  const id = String((await request.head).headers['x-request-id']);
  await page.goto(`/en/console/usage/${id}`);
  await expect(page.getByText('Looking again…')).toBeVisible();
  product.upstream.release('receipt');
  await request.whole;
  await expect(page.getByTestId('recalculation')).toBeVisible();
});

test('another organization’s request, one of long ago and a made-up one are not found', async ({ page, product }) => {
  const foreign = await ask(product, '/v1/messages', message('claude-test', { chunks: 1 }));
  await signIn(page, product.poor);
  for (const id of ['req_0jd4vz0001234567890abc', 'made-up', 'x'.repeat(70), foreign]) {
    await page.goto(`/en/console/usage/${id}`);
    await expect(page.getByText('No such request')).toBeVisible();
    await expect(page.getByTestId('recalculation')).toBeHidden();
  }
});

test('a page that cannot reach the server says so and can be tried again', async ({ page, product }) => {
  const id = await ask(product, '/v1/messages', message('claude-test', { chunks: 1 }));
  await signIn(page, product.customer);
  await page.route('**/api/trpc/**', (route) => route.abort());
  await page.goto(`/en/console/usage/${id}`);
  await expect(page.getByText('The server cannot be reached.')).toBeVisible({ timeout: 20_000 });
  await page.unroute('**/api/trpc/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('recalculation')).toBeVisible();
});

test('at 360 pixels nothing scrolls sideways, in both languages, and controls are large enough to touch', async ({
  page,
  product,
}) => {
  const everyKind = { input: 123_456, cacheRead: 1_567_890, cacheWrite5m: 32_100, cacheWrite1h: 7_700, output: 43_210 };
  const ids = [
    await ask(product, '/v1/messages', message('claude-test', { usage: everyKind })),
    await ask(product, '/v1/chat/completions', lossy),
    await ask(product, '/v1/messages', message('claude-test', { status: 500 })),
  ];
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, product.customer);
  for (const prefix of ['/en', '/zh']) {
    for (const id of ids) {
      await open(page, id, prefix);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${prefix} ${id}`).toBeLessThanOrEqual(0);
      for (const cell of await page.getByRole('cell').all()) {
        const box = await cell.boundingBox();
        expect(box === null || box.x + box.width <= 360, `${prefix} ${id}: ${await cell.textContent()}`).toBe(true);
      }
    }
  }
  for (const control of await page.locator('main').getByRole('button').all()) {
    expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  }
});
