import { expect, type Page, test } from '@playwright/test';
import { buy, useUp } from '../support/shop.ts';
import { newPerson, type Person, sayWhy, signIn, signUp } from './pages.ts';
import { readWelcome } from './welcome.ts';

/** Jobs look every half minute at most. */
const jobTimeoutMs = 45_000;

async function saveCard(page: Page, kind: string): Promise<void> {
  await page.goto('/en/console/billing');
  await page.getByRole('button', { name: /^(Save a card|Replace)$/ }).click();
  await expect(page.getByRole('heading', { name: 'Sandbox card' })).toBeVisible();
  await expect(page.getByText('Nothing is charged and no money moves.')).toBeVisible();
  await page.getByRole('button', { name: kind }).click();
  await expect(page.getByTestId('card')).toHaveText('Sandbox card ending in 0000');
}

async function turnOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Switch on' }).click();
  const dialog = page.getByRole('dialog', { name: 'Automatic top-up' });
  await dialog.getByLabel('Buy').selectOption({ label: 'Starter: 10,000,000 tokens for $9.90' });
  await dialog.getByLabel('At most so many times a month').fill('2');
  await expect(dialog.getByText('At most $19.80 a month.')).toBeVisible();
  await dialog.getByLabel('When the balance is below').fill('10,000,001');
  await dialog.getByRole('button', { name: 'Agree and switch on' }).click();
  await expect(dialog.getByRole('alert')).toHaveText('Enter a whole number from 1 to 10,000,000.');
  await dialog.getByLabel('When the balance is below').fill('2,000,000');
  await dialog.getByRole('button', { name: 'Agree and switch on' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByTestId('top-up')).toContainText('Below 2,000,000 tokens: buys the plan Starter for $9.90.');
}

/** Opens a mail to somebody as an administrator does. */
async function openMail(desk: Page, person: Person, subject: string): Promise<void> {
  await expect(async () => {
    await desk.goto(`/en/admin/mailbox?address=${encodeURIComponent(person.email)}`);
    await expect(desk.getByRole('link', { name: subject }).first()).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: jobTimeoutMs });
  await desk.getByRole('link', { name: subject }).first().click();
  await sayWhy(desk, desk.getByRole('heading', { level: 1, name: subject }));
}

test('a low balance is said on the overview and by mail, which staff read in the mailbox', async ({
  page,
  browser,
}) => {
  test.slow();
  const person = newPerson();
  await signUp(page, person);
  await buy(person.email);
  await page.goto('/en/console/billing');
  await expect(page.getByText('now 1,000,000 tokens')).toBeVisible();
  await page.getByRole('button', { name: 'Own amounts' }).click();
  await page.getByLabel('Amount 1 (tokens)').fill('x');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Enter whole numbers above zero')).toBeVisible();
  await page.getByLabel('Amount 1 (tokens)').fill('4,000,000');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved', { exact: true }).first()).toBeVisible();
  await page.goto('/en/console');
  await expect(page.getByText('The balance is low')).toBeHidden();

  await useUp(person.email, 7_000_000_000n);
  await page.reload();
  const notice = page.getByRole('complementary', { name: 'The balance is low' });
  await expect(notice).toContainText('It is below 4,000,000 tokens.');

  const desk = await browser.newPage();
  await signIn(desk, readWelcome().admin);
  await openMail(desk, person, `${person.name}: the balance is low`);
  await expect(desk.getByTestId('mail-text')).toContainText('Balance: 3,000,000 tokens');
  const frame = desk.getByTitle('The mail as it is read');
  await expect(frame).toHaveAttribute('sandbox', '');
  await expect(frame.contentFrame().getByRole('heading')).toHaveText(`${person.name}: the balance is low`);
  await openMail(desk, person, 'Receipt: $9.90 paid');
  await expect(desk.getByTestId('mail-text')).toContainText('This was a test payment: no money moved.');
  await desk.context().close();
});

test('the sandbox tops a balance up by itself, and says why it stops when the bank declines', async ({
  page,
  browser,
}) => {
  test.slow();
  const person = newPerson();
  await signUp(page, person);
  await saveCard(page, 'Save a card that pays');
  await turnOn(page);
  await expect(page.getByTestId('top-up')).toContainText('1 of at most 2 purchases this month', {
    timeout: jobTimeoutMs,
  });
  await expect(page.getByRole('definition').first()).toContainText('10,000,000', { timeout: jobTimeoutMs });
  await page.goto('/en/console/orders');
  await expect(page.getByRole('row').filter({ hasText: 'Starter' })).toContainText('Paid');

  await saveCard(page, 'Save a card whose bank wants its owner');
  await useUp(person.email, 9_000_000_000n);
  await expect(page.getByTestId('top-up')).toContainText('the bank wants you to confirm each payment yourself', {
    timeout: jobTimeoutMs,
  });
  const desk = await browser.newPage();
  await signIn(desk, readWelcome().admin);
  await openMail(desk, person, 'Automatic top-up is switched off');
  await expect(desk.getByTestId('mail-text')).toContainText('Nothing was charged.');
  await desk.context().close();

  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByTestId('card')).toHaveText('No card is saved.');
});

test('a card’s page of another organization is not there, and the mailbox is the staff’s alone', async ({
  page,
  browser,
}) => {
  await signUp(page, newPerson());
  await page.goto('/en/console/billing');
  await page.getByRole('button', { name: 'Save a card' }).click();
  await expect(page.getByRole('heading', { name: 'Sandbox card' })).toBeVisible();
  const stranger = await browser.newPage();
  await signUp(stranger, newPerson());
  await stranger.goto(page.url());
  await expect(stranger.getByRole('alert').first()).toContainText('It cannot be found.');
  await stranger.goto('/en/admin/mailbox');
  await expect(stranger.getByRole('heading', { name: 'Mailbox' })).toBeHidden();
  await stranger.context().close();
});
