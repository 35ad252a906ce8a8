import fs from 'node:fs';
import path from 'node:path';
import { type FakeUpstream, sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { test as base, expect, type Page } from '@playwright/test';
import { call, openCall } from '../support/call.ts';
import { startProduct, startTimeoutMs } from '../support/start-product.ts';
import { signIn } from './pages.ts';

interface NewSite {
  readonly webUrl: string;
  readonly workerUrl: string;
  readonly admin: { readonly email: string; readonly password: string };
  /** Two upstreams that the tests make channels to. */
  readonly upstreams: readonly [FakeUpstream, FakeUpstream];
}

/** A product as its first start leaves it: these tests change what everybody sees. */
const test = base.extend<object, { site: NewSite }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern that no fixture is wanted
    async ({}, use) => {
      const upstreams = [await startFakeUpstream(), await startFakeUpstream()] as const;
      const product = await startProduct();
      const welcome = path.join(product.environment['DATA_DIR'] ?? '', 'welcome.json');
      const { admin } = JSON.parse(fs.readFileSync(welcome, 'utf8')) as Pick<NewSite, 'admin'>;
      await use({ webUrl: product.webUrl, workerUrl: product.workerUrl, admin, upstreams });
      await product.stop();
      for (const upstream of upstreams) await upstream.stop();
    },
    { scope: 'worker', timeout: startTimeoutMs },
  ],
  baseURL: ({ site }, use) => use(site.webUrl),
});
test.describe.configure({ mode: 'serial' });

const model = 'claude-sonnet-4-6';
/** Workers tell every 5 s what they see of channels, and the page asks as often. */
const seenWithinMs = 15_000;
let key = '';

const step = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true });
const ask = (site: NewSite, content: string, more: object = {}) => ({
  url: `${site.workerUrl}/v1/messages`,
  options: {
    headers: { 'x-api-key': key, 'anthropic-version': '2023-06-01' },
    body: { model, max_tokens: 100, messages: [{ role: 'user', content }], ...more },
  },
});

async function addChannel(page: Page, name: string, upstream: FakeUpstream): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Add a channel' });
  await dialog.getByText('Anthropic', { exact: true }).click();
  await dialog.getByLabel('Key').fill('sk-ant-upstream-key');
  await dialog.getByRole('button', { name: 'More settings' }).click();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel(/^Base URL/).fill(upstream.url);
  await dialog.getByText('private network').click();
  await dialog.getByRole('button', { name: 'Add and test' }).click();
}

test('a new site is led through its first set-up, and each step ticks by what there is', async ({ page, site }) => {
  await signIn(page, site.admin);
  await page.goto('/en/admin');
  await expect(page).toHaveURL(/\/en\/admin\/welcome$/);
  await expect(step(page, 'Administrator')).toContainText('Done');
  await expect(step(page, 'Payments')).toContainText('Done');

  const name = step(page, 'Name and address');
  await name.getByLabel('Name of the site').fill('Harbour');
  await name.getByRole('button', { name: 'Save' }).click();
  await expect(name).toContainText('Done');

  const mail = step(page, 'Mail');
  await mail.getByRole('button', { name: 'Skip this step' }).click();
  await expect(mail).toContainText('Skipped');
  await mail.getByRole('button', { name: /^Show/ }).click();
  await mail.getByRole('button', { name: 'Take it up again' }).click();
  await mail.getByRole('button', { name: 'Send a test mail' }).click();
  await expect(mail).toContainText('Done');

  const channel = step(page, 'First channel');
  await channel.getByRole('button', { name: 'Add a channel' }).click();
  await addChannel(page, 'first', site.upstreams[0]);
  await expect(channel.getByText('Answered')).toBeVisible();
  await expect(channel).toContainText('Done');
  await expect(step(page, 'First model and its price')).toContainText('Done');

  const request = step(page, 'Test request');
  await request.getByRole('button', { name: 'Make a key' }).click();
  // By name: messages are dialogs too.
  const making = page.getByRole('dialog', { name: 'Create an API key' });
  await making.getByLabel('Name').fill('first');
  await making.getByRole('button', { name: 'Create' }).click();
  key = (await page.getByTestId('new-secret').textContent()) ?? '';
  const made = page.getByRole('dialog', { name: 'Key created' });
  await made.getByRole('button', { name: 'Copy: key' }).click();
  await made.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(made).toBeHidden();
  await request.getByRole('button', { name: 'Give yourself tokens' }).click();
  const giving = page.getByRole('dialog', { name: /^Correct the balance of/ });
  await giving.getByLabel('Tokens').fill('1000000');
  await giving.getByLabel('Reason').fill('To try it out');
  await giving.getByRole('button', { name: 'Correct it' }).click();
  await expect(request).toContainText('1,000,000 tokens');

  const { url, options } = ask(site, sim({ chunks: 2 }));
  await expect.poll(async () => (await call(url, options)).status).toBe(200);
  await expect(request).toContainText('Done');
  await request.getByRole('link', { name: /^req_/ }).click();
  await expect(page).toHaveURL(/\/en\/console\/usage\/req_/);
  await page.goto('/en/admin');
  await expect(page).toHaveURL(/\/en\/admin\/operations$/);
});

test('a channel is drained: its stream ends whole, the rest goes elsewhere, the count falls to nothing, and it is undone', async ({
  page,
  site,
}) => {
  const [first, second] = site.upstreams;
  await signIn(page, site.admin);
  await page.goto('/en/admin/channels?add=1');
  await addChannel(page, 'second', second);
  await expect(page.getByRole('heading', { name: 'second', level: 1 })).toBeVisible();

  // Whichever of the two it comes to.
  const script = sim({ hold: 'drained', holdAfter: 2, chunks: 6, echoNonce: 'whole' });
  const long = ask(site, script, { stream: true });
  const open = openCall(long.url, long.options);
  await expect.poll(() => first.waiting('drained') + second.waiting('drained')).toBe(1);
  const [busy, other] = first.waiting('drained') === 1 ? [first, second] : [second, first];
  const name = busy === first ? 'first' : 'second';

  await page.goto('/en/admin/channels');
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Drain' }).click();
  await expect(row).toContainText('Draining');
  await expect(row).toContainText('Draining, 1 left', { timeout: seenWithinMs });
  const [before, beforeOther] = [busy.requests.length, other.requests.length];
  for (let index = 0; index < 4; index++) {
    const short = ask(site, sim({ chunks: 1 }));
    expect((await call(short.url, short.options)).status).toBe(200);
  }
  expect([busy.requests.length - before, other.requests.length - beforeOther]).toEqual([0, 4]);

  busy.release('drained');
  expect((await open.whole).toString()).toContain('message_stop');
  await expect(row).toContainText('Drained', { timeout: seenWithinMs });
  await row.getByRole('link', { name }).click();
  await expect(page.getByText('Drained: nothing is under way.')).toBeVisible();
  await page.getByRole('button', { name: 'Take requests again' }).click();
  await expect(page.getByText('Drained: nothing is under way.')).toBeHidden();
  await expect
    .poll(async () => {
      const short = ask(site, sim({ chunks: 1 }));
      await call(short.url, short.options);
      return busy.requests.length > before;
    })
    .toBe(true);
  await page.goto('/en/admin/audit');
  await expect(page.getByText('channel.drain', { exact: true }).first()).toBeVisible();
});

test('live operations show what comes in, why requests fail, and who serves, and change by themselves', async ({
  page,
  site,
}) => {
  await signIn(page, site.admin);
  await page.goto('/en/admin/operations');
  await expect(page.getByRole('heading', { name: 'Traffic' })).toBeVisible();
  const workers = page.getByRole('region', { name: 'Workers', exact: true });
  await expect(workers).toContainText('Serving');
  await expect(workers).toContainText(new URL(site.workerUrl).port);
  await expect(page.getByRole('region', { name: 'What it stands on' })).toContainText('Sandbox');

  const wrong = ask(site, 'hello', { model: 'no-such-model' });
  expect((await call(wrong.url, wrong.options)).status).toBe(404);
  const causes = page.getByRole('region', { name: 'Failures by cause, last hour' });
  await expect(causes).toContainText('model_not_found', { timeout: seenWithinMs });
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page.getByRole('region', { name: 'Requests by minute, last hour' }).last()).toContainText(
    'Refused (4xx)',
  );
  await causes.getByRole('link', { name: 'Last one' }).click();
  await expect(page).toHaveURL(/\/en\/admin\/requests\/req_/);
});

test('staff set a customer’s limits for a reason, and the customer sees them with its keys', async ({ page, site }) => {
  await signIn(page, site.admin);
  await page.goto('/en/admin/customers');
  await page.getByRole('link', { name: 'Administrator' }).first().click();
  await page.getByRole('button', { name: 'Limits…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Limits of/ });
  await dialog.getByLabel('requests/min').fill('1');
  await dialog.getByLabel('Reason').fill('Ticket 12');
  await dialog.getByRole('button', { name: 'Set limits' }).click();
  await expect(dialog).toBeHidden();
  await expect
    .poll(async () => {
      const short = ask(site, sim({ chunks: 1 }));
      return (await call(short.url, short.options)).status;
    })
    .toBe(429);
  await page.goto('/en/console/keys');
  await expect(page.getByText(/All keys together: Requests per minute 1/)).toBeVisible();
});
