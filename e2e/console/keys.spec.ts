import { expect, test } from '@playwright/test';
import { closeNewKey, createKey, keyAction, keyRow, newPerson, signIn, signOut, signUp } from './pages.ts';
import { workerUrl } from './welcome.ts';

/** What the worker says to a key. */
async function statusOf(secret: string): Promise<number> {
  const answer = await fetch(`${workerUrl()}/v1/key`, { headers: { authorization: `Bearer ${secret}` } });
  return answer.status;
}

test('a newcomer signs up, makes a key that is shown once, comes back and disables it', async ({ page }) => {
  const person = newPerson();
  await signUp(page, person);
  await expect(page.getByText('Create an API key')).toBeVisible();

  const secret = await createKey(page, 'laptop');
  expect(secret).toMatch(/^ab-/);
  await expect(page.getByRole('dialog').getByText(`ANTHROPIC_AUTH_TOKEN="${secret}"`)).toBeVisible();
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

test('a wrong password and an unknown e-mail are answered alike', async ({ page }) => {
  const person = newPerson();
  await signUp(page, person);
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
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL(/\/en\/sign-in/);
  await expect(async () => {
    await elsewhere.goto('/en/console');
    await expect(elsewhere).toHaveURL(/\/en\/sign-in/, { timeout: 1_000 });
  }).toPass();
  await elsewhere.context().close();
});
