import { expect, test } from '@playwright/test';
import { awake, sidewaysScroll, siteUrl } from './site-pages.ts';

test('the home page says in one screen what it is, from what price, that it works, and where to point a tool', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/en');
  const seen = [
    page.getByRole('heading', { level: 1 }),
    page.getByText('export ANTHROPIC_BASE_URL="http'),
    page.getByRole('img', { name: /coding tools on one bank/ }),
    page.getByText('$9.90', { exact: true }),
    page.getByText(/Every model that had traffic works|No traffic in the last 15 minutes/),
  ];
  for (const one of seen) await expect(one).toBeInViewport({ ratio: 1 });
});

test('the calculator answers each choice at once, keeps it in the address, and says the same without scripts', async ({
  page,
  browser,
}) => {
  const baseURL = siteUrl();
  await page.goto('/en/pricing?model=claude-sonnet-4-6&prompt=40000&cached=90&answer=1000&requests=100');
  await awake(page);
  // 4,000 x $3 + 36,000 x $0.30 + 1,000 x $15 a million: $0.0378 a request, $3.78 a day of $10.
  await expect(page.getByTestId('days')).toHaveText('2days');
  await expect(page.getByText('$0.0378')).toBeVisible();
  await page.getByLabel('Requests per day').fill('10');
  await expect(page.getByTestId('days')).toHaveText('26days');
  await page.getByLabel('Plan', { exact: true }).selectOption({ index: 1 });
  await expect(page).toHaveURL(/plan=plus.*requests=10/);
  await expect(page.getByTestId('days')).toHaveText('138days');
  await page.getByLabel('Of these from the cache, %').fill('101');
  await expect(page.getByText('Enter a whole number up to 100.')).toBeVisible();
  await expect(page.getByTestId('days')).toHaveText('138days');

  const plain = await browser.newContext({ baseURL, locale: 'en-US', javaScriptEnabled: false });
  const same = await plain.newPage();
  await same.goto(page.url());
  await expect(same.getByTestId('days')).toHaveText('138days');
  await plain.close();
});

test('the refund on the page of prices is the unused share of the plan’s price', async ({ page }) => {
  await page.goto('/en/pricing');
  // 60 % of $9.90 is left.
  await expect(page.getByTestId('refundable')).toHaveText('$5.94');
});

test('models are found by what the address asks for, with and without scripts', async ({ page, browser }) => {
  const baseURL = siteUrl();
  await page.goto('/en/models?provider=openai');
  await awake(page);
  const rows = page.getByRole('row');
  await expect(rows.filter({ hasText: 'gpt-4o-mini' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'claude-' })).toHaveCount(0);
  await page.getByLabel('Find').fill('4o mini');
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL('/en/models?q=4o+mini&provider=openai');
  await page.getByLabel('Find').fill('nothing like it');
  await page.getByRole('button', { name: 'Show all models' }).click();
  await expect(page).toHaveURL('/en/models');
  await page.getByLabel('Order').selectOption('input');
  const prices = await rows.locator('td:nth-child(3)').allTextContents();
  const numbers = prices.map((price) => Number(price.replace(/[$,]/g, '')));
  expect(numbers.length).toBeGreaterThan(50);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));

  const plain = await browser.newContext({ baseURL, locale: 'en-US', javaScriptEnabled: false });
  const same = await plain.newPage();
  await same.goto('/en/models?q=sonnet');
  await expect(same.getByRole('row').filter({ hasText: 'claude-sonnet-4-6' })).toHaveCount(1);
  await expect(same.getByRole('row').filter({ hasText: 'gpt-4o' })).toHaveCount(0);
  await plain.close();
});

test('a model’s page has its prices, tiers, chain and a command that can be copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/en/models/claude-sonnet-4-5');
  await awake(page);
  await expect(page.getByRole('row', { name: /^Output \$15\.00 \$22\.50$/ })).toBeVisible();
  await expect(page.getByRole('link', { name: 'gpt-4o', exact: true })).toBeVisible();
  await page.getByRole('tab', { name: 'curl' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'Python' })).toBeFocused();
  await page.getByRole('button', { name: 'Copy: Python' }).click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain('model="claude-sonnet-4-5"');
});

test('switching the language keeps the page and its query', async ({ page }) => {
  await page.goto('/en/models?q=sonnet&sort=input');
  await awake(page);
  await page.getByRole('link', { name: '中文' }).click();
  await expect(page).toHaveURL('/models?q=sonnet&sort=input');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
  await expect(page.getByLabel('查找')).toHaveValue('sonnet');
});

test('on a phone the menu opens, leads on and closes by the keyboard alone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/en');
  await awake(page);
  const menu = page.getByRole('button', { name: 'Menu' });
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('banner').getByRole('link', { name: 'Pricing' })).toBeVisible();
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await page.keyboard.press('Escape');
  await expect(menu).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/en/pricing');
});
