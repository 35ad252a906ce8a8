import { expect, test } from '@playwright/test';
import { buy } from '../support/shop.ts';
import {
  closeNewKey,
  createKey,
  keyAction,
  keyRow,
  newPerson,
  signIn,
  signOut,
  signUp,
  signUpByForm,
} from './pages.ts';
import { workerUrl } from './welcome.ts';

/** What the worker says to a key. */
async function statusOf(secret: string): Promise<number> {
  const answer = await fetch(`${workerUrl()}/v1/key`, { headers: { authorization: `Bearer ${secret}` } });
  return answer.status;
}

test('a newcomer signs up, makes a key that is shown once, comes back and disables it', async ({ page }) => {
  const person = newPerson();
  await signUpByForm(page, person);
  await expect(page.getByText('Create an API key')).toBeVisible();

  const secret = await createKey(page, 'laptop');
  expect(secret).toMatch(/^ab-/);
  await expect(page.getByRole('dialog').getByText(`ANTHROPIC_AUTH_TOKEN="${secret}"`).first()).toBeVisible();
  await closeNewKey(page);
  await expect(keyRow(page, 'laptop')).toContainText(`…${secret.slice(-4)}`);
  await page.reload();
  await expect(keyRow(page, 'laptop')).toContainText('Active');
  expect(await page.content()).not.toContain(secret);
  await expect.poll(() => statusOf(secret)).toBe(200);

  await signOut(page);
  await page.goto('/en/console/keys');
  await expect(page).toHaveURL(/\/en\/sign-in\?next=/);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/en\/console\/keys$/);

  await keyAction(page, 'laptop', 'Disable');
  await expect(keyRow(page, 'laptop')).toContainText('Disabled');
  await expect.poll(() => statusOf(secret)).toBe(401);
  await keyAction(page, 'laptop', 'Enable');
  await expect.poll(() => statusOf(secret)).toBe(200);
});

test('leaving a new key without copying it takes a second, warned step', async ({ page }) => {
  await signUp(page, newPerson());
  await createKey(page, 'careless');
  const dialog = page.getByRole('dialog');
  await page.keyboard.press('Escape');
  await expect(dialog.getByText('The key has not been copied.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'Close without copying' }).click();
  await expect(dialog).toBeHidden();
});

test('a key is deleted only by typing its name, and its client is refused', async ({ page }) => {
  await signUp(page, newPerson());
  const secret = await createKey(page, 'to delete');
  await closeNewKey(page);
  await keyAction(page, 'to delete', 'Delete…');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Delete key' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('to delete');
  await dialog.getByRole('button', { name: 'Delete key' }).click();
  await expect(page.getByText('No keys yet')).toBeVisible();
  await expect.poll(() => statusOf(secret)).toBe(401);
});

test('a new key waits for its first request, sends one by a press, and leads to its receipt', async ({ page }) => {
  const person = newPerson();
  await signUp(page, person);
  await buy(person.email);
  await createKey(page, 'fresh');
  const first = page.getByRole('dialog').getByRole('region', { name: 'First request' });
  await expect(first).toContainText('Waiting for the first request');
  await first.getByRole('button', { name: 'Send a test request' }).click();
  await expect(first).toContainText('First request seen: 200', { timeout: 8_000 });
  await expect(first.getByRole('link', { name: 'Receipt' })).toHaveAttribute('href', /\/en\/console\/usage\/req_/);
});

test('each tool’s set-up carries the new key, told apart by system, with one line for terminals', async ({ page }) => {
  await signUp(page, newPerson());
  const secret = await createKey(page, 'tools');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(/^export ANTHROPIC_BASE_URL=.* && claude -p/)).toContainText(secret);
  await dialog.getByRole('tabpanel').getByRole('button', { name: 'Windows' }).click();
  await expect(dialog.getByText(`setx ANTHROPIC_AUTH_TOKEN "${secret}"`)).toBeVisible();
  for (const tool of ['Codex', 'Cursor', 'OpenCode', 'Cline', 'Gemini CLI', 'Python', 'Node.js', 'curl']) {
    await dialog.getByRole('tab', { name: tool, exact: true }).click();
    const panel = dialog.getByRole('tabpanel', { name: tool, exact: true });
    await expect(panel.getByText(secret).first(), tool).toBeVisible();
    await expect(panel.getByText(/BRIDGE_URL|YOUR_API_KEY/), tool).toHaveCount(0);
  }
});

test('a key is edited with all that is set on it, and the list shows what it may spend', async ({ page }) => {
  const person = newPerson();
  await signUp(page, person);
  await buy(person.email);
  const secret = await createKey(page, 'ci');
  await closeNewKey(page);
  await keyAction(page, 'ci', 'Edit…');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('ci runner');
  await dialog.getByRole('button', { name: 'Spend limits' }).click();
  await dialog.getByLabel('Per day, in tokens').fill('5000');
  await dialog.getByRole('button', { name: 'Rate limits' }).click();
  await dialog.getByLabel('Requests per minute').fill('60');
  await dialog.getByRole('button', { name: 'Allowed addresses' }).click();
  await dialog.getByLabel('IP addresses or CIDR blocks').fill('203.0.113.0/33');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toBeVisible();
  await dialog.getByLabel('IP addresses or CIDR blocks').fill('203.0.113.0/24');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expect(keyRow(page, 'ci runner')).toContainText('0 of 5,000');
  await expect.poll(() => statusOf(secret)).toBe(403);
  await keyAction(page, 'ci runner', 'Details');
  await expect(dialog).toContainText('Requests per minute: 60');
  await expect(dialog).toContainText('203.0.113.0/24');
});

test('a rotated key has two secrets until the earlier one is ended', async ({ page }) => {
  await signUp(page, newPerson());
  const before = await createKey(page, 'turning');
  await closeNewKey(page);
  await keyAction(page, 'turning', 'Rotate…');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByLabel('The old secret works for')).toHaveValue('1440');
  await dialog.getByRole('button', { name: 'Rotate', exact: true }).click();
  await expect(dialog.getByRole('heading', { name: 'Key rotated' })).toBeVisible();
  const after = (await dialog.getByTestId('new-secret').textContent()) ?? '';
  await page.keyboard.press('Escape');
  await expect(dialog.getByText('The key has not been copied.')).toBeVisible();
  await closeNewKey(page);
  await expect(keyRow(page, 'turning')).toContainText(`…${after.slice(-4)}`);
  await expect(keyRow(page, 'turning')).toContainText(`…${before.slice(-4)} until`);
  await expect.poll(() => Promise.all([statusOf(before), statusOf(after)])).toEqual([200, 200]);
  await keyAction(page, 'turning', 'Details');
  await dialog.getByRole('button', { name: 'End now' }).click();
  await expect(dialog.getByText('Earlier secrets that still work')).toBeHidden();
  await expect.poll(() => Promise.all([statusOf(before), statusOf(after)])).toEqual([401, 200]);
});

test('a leaked key is ended by one press, with what else to do beside it', async ({ page }) => {
  await signUp(page, newPerson());
  const leaked = await createKey(page, 'public');
  await closeNewKey(page);
  await keyAction(page, 'public', 'It leaked…');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('listitem')).toHaveCount(5);
  await dialog.getByRole('button', { name: 'Rotate now' }).click();
  await expect(dialog.getByTestId('new-secret')).not.toHaveText(leaked);
  await expect.poll(() => statusOf(leaked)).toBe(401);
});

test('a wrong password and an unknown e-mail are answered alike', async ({ page }) => {
  const person = newPerson();
  await signUp(page, person);
  await page.goto('/en/console');
  await signOut(page);
  const answers: string[] = [];
  for (const email of [person.email, newPerson().email]) {
    await page.goto('/en/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    answers.push((await page.getByText('is not right').textContent()) ?? '');
  }
  expect(answers[0]).toBe(answers[1]);
});

test('signing out everywhere ends the sign-in of another browser', async ({ page, browser }) => {
  const person = newPerson();
  await signUp(page, person);
  const elsewhere = await (await browser.newContext()).newPage();
  await signIn(elsewhere, person);
  for (const one of [elsewhere, page]) await one.goto('/en/console');
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL(/\/en\/sign-in/);
  await expect(async () => {
    await elsewhere.goto('/en/console');
    await expect(elsewhere).toHaveURL(/\/en\/sign-in/, { timeout: 1_000 });
  }).toPass();
  await elsewhere.context().close();
});
