import { expect, test } from '@playwright/test';
import { buy, usedBefore } from '../support/shop.ts';
import { closeNewKey, createKey, newPerson, signUp } from './pages.ts';
import { workerUrl } from './welcome.ts';

async function sendRequest(secret: string): Promise<void> {
  const answer = await fetch(`${workerUrl()}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(answer.status).toBe(200);
  await answer.arrayBuffer();
}

test('first steps tick by themselves while the page is open, and are gone the next time', async ({ page, browser }) => {
  const person = newPerson();
  await signUp(page, person);
  await page.goto('/en/console');
  const step = (text: string) => page.getByRole('listitem').filter({ hasText: text });
  await expect(step('Buy tokens, or have some')).not.toContainText('(done)');
  await buy(person.email);
  await expect(step('Buy tokens, or have some')).toContainText('(done)');
  const elsewhere = await browser.newContext({ storageState: await page.context().storageState() });
  const second = await elsewhere.newPage();
  const secret = await createKey(second, 'first');
  await closeNewKey(second);
  await expect(step('Create an API key')).toContainText('(done)');
  await expect(step('Send the first request')).toContainText('Waiting for the first request');
  await sendRequest(secret);
  await expect(step('Send the first request')).toContainText('Received', { timeout: 6_000 });
  await elsewhere.close();

  await page.reload();
  await expect(page.getByRole('region', { name: 'Top models, 30 days' })).toContainText('gpt-4o');
  await expect(page.getByRole('heading', { name: 'First steps' })).toBeHidden();
  await expect(page.getByText('1 request · 0 errors').first()).toBeVisible();
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page.getByRole('region', { name: 'Spend by day, 30 days' }).getByRole('row')).toHaveCount(31);
});

test('a day far above the ordinary is said, with the way to what caused it', async ({ page }) => {
  const person = newPerson();
  await signUp(page, person);
  await usedBefore(person.email, [1, 2, 3, 4], 1_000_000_000n);
  await page.goto('/en/console');
  await expect(page.getByText('Average of 7 days')).toBeVisible();
  await expect(page.getByText('Today is unusual')).toBeHidden();
  await usedBefore(person.email, [0], 5_000_000_000n);
  await page.reload();
  const notice = page.getByRole('complementary', { name: 'Today is unusual' });
  await expect(notice).toContainText('three times an ordinary day');
  await notice.getByRole('link', { name: 'Which key it is' }).click();
  await expect(page).toHaveURL(/\/en\/console\/usage\?.*by=key/);
});
