import { expect, type Page, test } from '@playwright/test';
import { siteUrl } from '../site/site-pages.ts';
import { newPerson, signIn, signUp } from './pages.ts';
import { readWelcome } from './welcome.ts';

const unique = () => Date.now().toString(36);

/** Calls a procedure as the page's own person, from the site's origin. */
async function call(page: Page, procedure: string, json: unknown): Promise<number> {
  const headers = { 'content-type': 'application/json', origin: siteUrl() };
  return (await page.request.post(`/api/trpc/${procedure}`, { headers, data: JSON.stringify({ json }) })).status();
}

// The settings are the whole site's: what a test changes it puts back, and one runs after the other.
test.describe.configure({ mode: 'serial' });

test('an administrator changes the name and a colour, sees both at once, and finds them in the history', async ({
  page,
}) => {
  test.slow();
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/settings');
  const brand = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Name and look' }) });
  await brand.getByLabel('Name of the site').fill('Tower');
  await brand.getByLabel('Colour on light').fill('#ffd0b0');
  await brand.getByRole('button', { name: 'Save' }).click();
  await expect(brand.getByText(/Contrast with its paper is 1\.\d+:1; text needs 4.5:1/)).toBeVisible();
  await brand.getByLabel('Colour on light').fill('#0b5fa5');
  await brand.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('banner').getByText('Tower')).toBeVisible();
  await expect(brand.getByText('Set here')).toHaveCount(2);
  await expect(
    page.getByRole('region', { name: 'History' }).getByRole('row', { name: /Name of the site/ }),
  ).toContainText('Tower');
  await page.goto('/en/status');
  await expect(page).toHaveTitle('Status · Tower');
  expect(await page.locator('html').getAttribute('style')).toContain('#0b5fa5');
  expect(await call(page, 'siteSetting.change', { siteName: null, accentOnLight: null })).toBe(200);
});

test('a closed site shows no form and takes nobody', async ({ page, browser }) => {
  await signIn(page, readWelcome().admin);
  const closed = { signUp: 'closed', supportContact: 'help@example.com' };
  expect(await call(page, 'siteSetting.change', closed)).toBe(200);
  const visitor = await browser.newPage();
  await visitor.goto('/en/sign-up');
  await expect(visitor.getByText('This site takes no sign-ups at present.')).toBeVisible();
  await expect(visitor.getByRole('main').getByRole('link', { name: 'Support' })).toHaveAttribute(
    'href',
    'mailto:help@example.com',
  );
  await expect(visitor.getByLabel('Password')).toHaveCount(0);
  const person = { ...newPerson(), name: 'Nobody', locale: 'en' };
  expect(await call(visitor, 'account.register', person)).toBe(403);
  expect(await call(page, 'siteSetting.change', { signUp: null, supportContact: null })).toBe(200);
  await visitor.reload();
  await expect(visitor.getByRole('link', { name: 'terms of service' })).toHaveAttribute('href', '/en/terms');
});

test('a language that is off leads to the other one, and its switch is gone', async ({ page, browser }) => {
  await signIn(page, readWelcome().admin);
  expect(await call(page, 'siteSetting.change', { languages: ['en'] })).toBe(200);
  const visitor = await (await browser.newContext({ locale: 'zh-CN' })).newPage();
  for (const path of ['/status?days=7', '/zh/status?days=7']) {
    await visitor.goto(path);
    await expect(visitor).toHaveURL('/en/status?days=7');
  }
  await expect(visitor.getByRole('link', { name: '中文' })).toHaveCount(0);
  expect(await call(page, 'siteSetting.change', { languages: null })).toBe(200);
  await visitor.goto('/zh/status');
  await expect(visitor).toHaveURL('/status');
});

test('an announcement is written, looked at, published, read in both languages, closed and withdrawn', async ({
  page,
  browser,
}) => {
  test.slow();
  const title = `Maintenance ${unique()}`;
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/announcements');
  await page.getByRole('button', { name: 'Write announcement' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Write announcement' });
  await dialog.getByLabel('Title (Chinese)').fill('维护通知');
  await dialog.getByLabel('Title (English)').fill(title);
  await dialog.getByLabel('Text (Chinese)').fill('今晚**维护**');
  await dialog.getByLabel('Text (English)').fill('Tonight **we** [work](javascript:alert(1))');
  await dialog.getByText('As a banner above every page').click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText('we', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Save draft' }).click();
  await expect(dialog).toBeHidden();
  const visitor = await browser.newPage();
  await visitor.goto('/en/status');
  const banner = visitor.getByRole('complementary', { name: `Announcement: ${title}` });
  await expect(banner).toHaveCount(0);
  await page.getByRole('button', { name: `Actions for ${title}` }).click();
  await page.getByRole('menuitem', { name: 'Publish' }).click();
  await expect(page.getByRole('row', { name: new RegExp(title) })).toContainText('Shown');
  await visitor.reload();
  await banner.getByRole('link').click();
  await expect(visitor.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  await expect(visitor.getByRole('article')).toContainText('[work](javascript:alert(1))');
  await visitor.getByRole('link', { name: '中文' }).click();
  await expect(visitor.getByRole('heading', { name: '维护通知', level: 1 })).toBeVisible();
  await visitor.goto('/en/status');
  await banner.getByRole('button').click();
  await expect(banner).toHaveCount(0);
  await visitor.reload();
  await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(banner).toHaveCount(0);
  await page.getByRole('button', { name: `Actions for ${title}` }).click();
  await page.getByRole('menuitem', { name: 'Withdraw' }).click();
  await expect(page.getByRole('row', { name: new RegExp(title) })).toContainText('Withdrawn');
  await visitor.goto('/en/announcements');
  await expect(visitor.getByRole('link', { name: title })).toHaveCount(0);
});

test('an incident stands on the status page and in the console of who it touches, until it is history', async ({
  page,
  browser,
}) => {
  test.slow();
  const title = `Slow answers ${unique()}`;
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/incidents');
  await page.getByRole('button', { name: 'Report incident' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Report incident' });
  await dialog.getByLabel('Title (Chinese)').fill('回答变慢');
  await dialog.getByLabel('Title (English)').fill(title);
  await dialog.getByLabel('What is known (Chinese)').fill('正在调查。');
  await dialog.getByLabel('What is known (English)').fill('We are looking into it.');
  await dialog.getByRole('button', { name: 'Tell' }).click();
  await expect(dialog).toBeHidden();
  const customer = await browser.newPage();
  await signUp(customer, newPerson());
  await customer.goto('/en/console');
  await expect(customer.getByRole('complementary', { name: `Incident: ${title}` })).toContainText('Investigating');
  await customer.goto('/en/status');
  await expect(async () => {
    await customer.reload();
    await expect(customer.getByRole('heading', { name: title })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await page.getByRole('listitem').filter({ hasText: title }).getByRole('button', { name: 'Add update' }).click();
  const update = page.getByRole('dialog', { name: 'Add update' });
  await update.getByLabel('State').selectOption('resolved');
  await update.getByLabel('What is known (Chinese)').fill('已恢复。');
  await update.getByLabel('What is known (English)').fill('It is fast again.');
  await update.getByRole('button', { name: 'Tell' }).click();
  await expect(update).toBeHidden();
  await customer.goto('/en/console');
  await expect(customer.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(customer.getByRole('complementary', { name: `Incident: ${title}` })).toHaveCount(0);
  const report = (await (await page.request.get('/api/status')).json()) as { incidents: { title: { en: string } }[] };
  expect(report.incidents.map((incident) => incident.title.en)).toContain(title);
});

test('terms are a template until the operator publishes their own, and versions stay', async ({ page }) => {
  await page.goto('/en/privacy');
  await expect(page.getByText('Template that the operator has not looked at yet')).toBeVisible();
  await signIn(page, readWelcome().admin);
  await page.goto('/en/admin/legal');
  const terms = page.getByRole('tabpanel', { name: 'Terms of service' });
  await terms.getByLabel('Text (English)').fill('## Rules\n\nBe kind, {siteName}.');
  await terms.getByRole('button', { name: 'Publish this version' }).click();
  await expect(terms.getByRole('button', { name: 'Version 1', exact: true })).toBeVisible();
  await page.goto('/en/terms');
  await expect(page.getByRole('heading', { name: 'Rules', level: 2 })).toBeVisible();
  await expect(page.getByText('Be kind, AI-Bridge.')).toBeVisible();
  await expect(page.getByText(/Last changed on/)).toBeVisible();
});
