import { sim } from '@ai-bridge/testing/upstream';
import { test as base, expect, type Page } from '@playwright/test';
import { call } from '../support/call.ts';
import { failoverModel, type ReceiptsProduct, startReceiptsProduct, tieredModel } from '../support/receipts-product.ts';
import { startTimeoutMs } from '../support/start-product.ts';
import { signIn } from './pages.ts';

/** The worker adds its sums every 10 s, and a report is at most 10 s old. */
const shownWithinMs = 30_000;

interface Report {
  readonly overall: string;
  readonly models: readonly {
    readonly model: string;
    readonly provider: string;
    readonly state: string;
    readonly now: { readonly availability: number; readonly firstByteP50Ms: number | null } | null;
    readonly days: readonly (number | null)[];
  }[];
}

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

async function ask(product: ReceiptsProduct, model: string, script: Parameters<typeof sim>[0]): Promise<string> {
  const answer = await call(`${product.workerUrl}/v1/messages`, {
    headers: { authorization: `Bearer ${product.customer.key}` },
    body: { model, max_tokens: 100, messages: [{ role: 'user', content: sim(script) }] },
  });
  return String(answer.headers['x-request-id']);
}

async function report(page: Page): Promise<Report> {
  const answer = await page.request.get('/api/status');
  expect(answer.status()).toBe(200);
  return (await answer.json()) as Report;
}

const stateIn = ({ models }: Report, wanted: string) => models.find(({ model }) => model === wanted)?.state;
const row = (page: Page, model: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: model }) });

test('before any traffic nothing is said to work', async ({ page }) => {
  const { overall, models } = await report(page);
  expect(overall).toBe('no_traffic');
  expect(models.map(({ state }) => state)).toEqual(models.map(() => 'no_traffic'));
  await page.goto('/en');
  await page.getByRole('banner').getByRole('link', { name: 'Status' }).click();
  await expect(page.getByText('No traffic yet')).toBeVisible();
  await expect(page.getByTestId('overall')).toContainText('No traffic in the last 15 minutes');
});

test('real requests show on the page: what works, what fails now and then, what is down; and no channel', async ({
  page,
  product,
}) => {
  test.setTimeout(120_000);
  for (let request = 0; request < 4; request++) await ask(product, 'claude-test', { chunks: 2 });
  // Its first channel cannot be reached, the second answers.
  for (let request = 0; request < 2; request++) await ask(product, failoverModel, { chunks: 2 });
  for (let request = 0; request < 4; request++) await ask(product, tieredModel, { status: 500 });
  await expect
    .poll(async () => stateIn(await report(page), tieredModel), { timeout: shownWithinMs, intervals: [1_000] })
    .toBe('down');
  const seen = await report(page);
  expect(seen.overall).toBe('partly_down');
  expect(stateIn(seen, 'claude-test')).toBe('operational');
  expect(stateIn(seen, failoverModel)).toBe('degraded');
  const works = seen.models.find(({ model }) => model === 'claude-test');
  expect(works).toMatchObject({ provider: 'anthropic', now: { availability: 1 } });
  expect(works?.now?.firstByteP50Ms).toBeGreaterThan(0);
  expect(works?.days.filter((day) => day !== null)).toEqual([1]);
  for (const secret of ['dead-end', 'reachable', 'chn_', 'org_']) expect(JSON.stringify(seen)).not.toContain(secret);

  await page.goto('/en/status');
  await expect(page.getByTestId('overall')).toHaveText('2 models do not work as they should.');
  await expect(row(page, tieredModel)).toContainText('Down');
  await expect(row(page, failoverModel)).toContainText('Degraded');
  await expect(row(page, 'claude-test')).toContainText('Operational');
  await expect(row(page, 'claude-test')).toContainText('100% available');
  await expect(row(page, 'claude-test')).toContainText(/first token p50 \d+ ms, p95 \d+ ms/);
  await expect(row(page, 'claude-test').getByRole('img')).toHaveAccessibleName(
    'Last 90 days: 1 with traffic. 100% available.',
  );
  // The bars in figures, by keyboard.
  const table = row(page, tieredModel).getByRole('button', { name: 'Days in figures' });
  await table.focus();
  await page.keyboard.press('Enter');
  await expect(row(page, tieredModel).getByRole('row')).toHaveCount(2);
  await expect(row(page, tieredModel).getByRole('row').last()).toContainText('0%');
  await expect(page.getByText('gpt-test')).toBeVisible();

  await page.setViewportSize({ width: 360, height: 740 });
  for (const prefix of ['/en', '/zh']) {
    await page.goto(`${prefix}/status`);
    await expect(page.getByRole('heading', { name: 'claude-test' })).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, prefix).toBeLessThanOrEqual(0);
  }
});

test('a page that cannot reach the server any more says so, keeps what it knew, and can be tried again', async ({
  page,
}) => {
  await page.route('**/api/status', (route) => route.abort());
  await page.clock.install();
  await page.goto('/en/status');
  // It looks again every half minute, by a clock that is put forward.
  await expect(async () => {
    await page.clock.fastForward(30_000);
    await expect(page.getByText('The server cannot be reached.')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 50_000 });
  await expect(page.getByTestId('overall')).toBeVisible();
  await page.unroute('**/api/status');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('The server cannot be reached.')).toBeHidden();
});

test('staff find any request by its id and see the channels tried and passed over; its customer finds no such page', async ({
  page,
  product,
}) => {
  const ids: string[] = [];
  for (let request = 0; request < 8; request++) ids.push(await ask(product, failoverModel, { chunks: 1 }));
  await signIn(page, product.administrator);
  await page.goto('/en/admin');
  await page.getByRole('link', { name: 'Requests' }).click();
  await page.getByLabel('Find a request by its id').fill(ids.at(-1) ?? '');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/en/admin/requests/${ids.at(-1)}`);
  await expect(page.getByText('Organization: Receipts')).toBeVisible();
  const attempts = page.getByRole('list', { name: 'Attempts' });
  await expect(attempts).toContainText('paid by the customer');
  await expect(attempts.getByRole('link', { name: 'reachable' })).toBeVisible();
  const passedOver = page.getByRole('list', { name: 'Channels passed over' });
  await expect(passedOver).toContainText('dead-end');
  await expect(passedOver).toContainText('is ejected');
  await passedOver.getByRole('link', { name: 'dead-end' }).click();
  await expect(page.getByRole('heading', { name: 'dead-end', level: 1 })).toBeVisible();
  // An administrator may not read receipts.
  expect((await page.request.get(`/api/trpc/usage.anyRequest?input=${inputOf(ids[0])}`)).status()).toBe(403);
  await page.goto('/en/admin/requests/req_0jd4vz0001234567890abc');
  await expect(page.getByText('No such request')).toBeVisible();

  await page.context().clearCookies();
  await signIn(page, product.customer);
  const answer = await page.goto(`/en/admin/requests/${ids.at(-1)}`);
  expect(answer?.status()).toBe(404);
  expect((await page.request.get(`/api/trpc/usage.route?input=${inputOf(ids[0])}`)).status()).toBe(403);
});

function inputOf(requestId: string | undefined): string {
  return encodeURIComponent(JSON.stringify({ json: { requestId } }));
}
