import { expect, type Page, test } from '@playwright/test';
import { buy } from '../support/shop.ts';
import { closeNewKey, createKey, keyAction, newPerson, signUp } from './pages.ts';

async function customerWithKey(page: Page): Promise<void> {
  const person = newPerson();
  await signUp(page, person);
  await buy(person.email);
  await createKey(page, 'trial');
  await closeNewKey(page);
}

const answer = (page: Page) => page.getByTestId('answer-text');

test('a message is answered by a chosen key, with its raw events, its cost and its receipt', async ({ page }) => {
  await customerWithKey(page);
  await keyAction(page, 'trial', 'Try in the playground');
  await expect(page).toHaveURL(/\/en\/console\/playground\?key=key_/);
  for (const protocol of ['Anthropic Messages', 'OpenAI Chat Completions', 'OpenAI Responses', 'Gemini']) {
    await page.getByLabel('Protocol').selectOption({ label: protocol });
    await page.getByLabel('Message', { exact: true }).fill('Say something');
    await page.getByLabel('Message', { exact: true }).press('Control+Enter');
    await expect(page.getByText('Complete · HTTP 200'), protocol).toBeVisible();
    await expect(answer(page), protocol).not.toBeEmpty();
    await expect(page.getByText(/\d+ input, \d+ output tokens/), protocol).toBeVisible();
  }
  await page.getByRole('tab', { name: /Raw events \([1-9]/ }).click();
  await expect(page.getByRole('list', { name: 'Raw events' }).getByRole('listitem').first()).toContainText('{');
  await page.getByRole('link', { name: 'Receipt' }).click();
  await expect(page).toHaveURL(/\/en\/console\/usage\/req_/);
});

test('the conversation goes on with what was answered', async ({ page }) => {
  await customerWithKey(page);
  await page.goto('/en/console/playground');
  await page.getByLabel('Message', { exact: true }).fill('First');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Complete · HTTP 200')).toBeVisible();
  const said = (await answer(page).textContent()) ?? '';
  await page.getByRole('button', { name: 'Continue the conversation' }).click();
  await expect(page.getByLabel('Answer 1')).toHaveValue(said);
  await page.getByLabel('Your message 2').fill('Second');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Complete · HTTP 200')).toBeVisible();
});

test('what is refused is shown as it was said, with nothing charged', async ({ page }) => {
  const person = newPerson();
  await signUp(page, person);
  await createKey(page, 'poor');
  await closeNewKey(page);
  await page.goto('/en/console/playground');
  await page.getByLabel('Message', { exact: true }).fill('Hello');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Failed · HTTP 402')).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'What the service said' })).toContainText(
    'insufficient_balance',
  );
});

test('the key’s secret and the one of the playground are in no page, no address and no code that is copied', async ({
  page,
}) => {
  await customerWithKey(page);
  const bodies: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/v1')) return;
    bodies.push(`${request.url()} ${request.postData() ?? ''}`);
  });
  await page.goto('/en/console/playground');
  await page.getByLabel('Message', { exact: true }).fill('Hello');
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Complete · HTTP 200')).toBeVisible();
  const secret = /\bab-[0-9A-Za-z]{41}\b/;
  expect(await page.content()).not.toMatch(secret);
  expect(bodies.join('\n')).not.toMatch(secret);
  expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toMatch(secret);
  await expect(page.getByText('YOUR_API_KEY').first()).toBeVisible();
});
