import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { newPerson, signIn, signUp } from './pages.ts';
import { readWelcome, workerUrl } from './welcome.ts';

const month = new Date().toISOString().slice(0, 7);
const statementPage = `/console/billing/statements/${month}`;

/** Makes a request with the first start's key. */
async function ask(): Promise<void> {
  const answer = await fetch(`${workerUrl()}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${readWelcome().apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
}

/** Saves what a link gives. */
async function download(page: Page, name: string | RegExp): Promise<{ readonly file: string; readonly bytes: Buffer }> {
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name, exact: typeof name === 'string' }).click(),
  ]);
  return { file: saved.suggestedFilename(), bytes: await readFile(await saved.path()) };
}

async function show(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  await expect(page.locator('.skeleton')).toHaveCount(0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, name).toBeLessThanOrEqual(0);
  expect(await accessibilityFaults(page), name).toEqual([]);
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true, animations: 'disabled' });
}

test('a customer reads the month’s statement, of everything and of one key, and takes it along as files', async ({
  page,
}) => {
  test.slow();
  await ask();
  await signIn(page, readWelcome().customer);
  await page.goto('/en/console');
  await page.getByRole('navigation').getByRole('link', { name: 'Statements' }).click();
  const months = page.getByRole('table');
  await expect(months.getByRole('row')).toHaveCount(2);
  await show(page, 'statements-en');
  await months.getByRole('row').nth(1).getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`${statementPage}$`));

  const account = page.getByRole('region', { name: 'The balance through the month' });
  await expect(account).toContainText(/Opening balance on .* 1, \d{4}0\$0\.00/);
  await expect(account).toContainText('Given: credits and codes');
  await expect(account).toContainText('Balance now');
  await expect(page.getByRole('region', { name: 'Model' })).toContainText('gpt-4o');
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/^Used$/).first()).toBeVisible();
    await expect(account.getByRole('row', { name: /Used by requests/ })).not.toContainText('0$0.00');
  }).toPass();
  await show(page, 'statement-en');

  const csv = await download(page, 'CSV');
  expect(csv.file).toBe(`statement-${month}.csv`);
  expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(csv.bytes.toString('utf8')).toMatch(
    /^\uFEFFline,at,[\s\S]*opening_balance[\s\S]*usage,[\s\S]*closing_balance/,
  );
  const pdf = await download(page, 'PDF');
  expect(pdf.file).toBe(`statement-${month}.pdf`);
  expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const requests = await download(page, 'Every request (CSV)');
  expect(requests.bytes.toString('utf8')).toMatch(/\r\nreq_[\w-]+,\d{4}-\d\d-\d\dT[\d:.]+Z,/);

  await page.getByLabel('Statement of').selectOption({ index: 1 });
  await expect(page).toHaveURL(/\?key=key_/);
  await expect(account).toBeHidden();
  await expect(page.getByRole('region', { name: 'Model' })).toContainText('gpt-4o');
  const part = await download(page, 'CSV');
  expect(part.file).toMatch(/^statement-\d{4}-\d\d-key_\w+\.csv$/);
  expect(part.bytes.toString('utf8')).not.toContain('closing_balance');

  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('link', { name: 'PDF' })).toBeHidden();
  // On paper the head says what the choice said.
  await expect(page.getByText(/^API key .+ …\w{4}$/)).toBeVisible();
});

test('a statement lists the month’s orders, each with its page, and fits 360 pixels in both languages and looks', async ({
  page,
}) => {
  test.slow();
  await signUp(page, newPerson());
  await page.goto('/en/console/plans');
  await page.getByRole('button', { name: 'Buy Starter for $9.90' }).click();
  await page.getByRole('button', { name: 'Pay $9.90' }).click();
  await expect(page.getByTestId('outcome')).toContainText('Paid: 10,000,000 tokens are in your balance');
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [prefix, bought, none] of [
    ['/en', 'Bought: Starter', 'No requests in this month'],
    ['/zh', '购买：Starter', '本月没有请求'],
  ] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(`${prefix}${statementPage}`);
      await expect(page.getByText(none)).toBeVisible();
      await show(page, `statement-${prefix.slice(1)}-360-${colorScheme}`);
      await page.goto(`${prefix}/console/billing/statements`);
      await expect(page.getByRole('table')).toContainText('10,000,000');
      await show(page, `statements-${prefix.slice(1)}-360-${colorScheme}`);
    }
    await page.goto(`${prefix}${statementPage}`);
    const order = page.getByRole('link', { name: bought });
    await order.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/console\/orders\/ord_/);
  }
});

test('nobody has a statement who is not signed in, and no month before the organization or after this one', async ({
  page,
}) => {
  for (const file of ['statement.csv', 'statement.pdf', 'requests.csv'])
    expect((await page.request.get(`/api/statements/${month}/${file}`)).status(), file).toBe(401);
  await signIn(page, readWelcome().customer);
  for (const wrong of ['2020-01', '9999-12', '2026-13', 'now'])
    expect((await page.request.get(`/api/statements/${wrong}/statement.csv`)).status(), wrong).toBe(404);
  expect((await page.request.get(`/api/statements/${month}/requests.csv?organization=org_other`)).status()).toBe(403);
  await page.goto('/en/console/billing/statements/2020-01');
  await expect(page.getByText('There is no statement for this month')).toBeVisible();
});
