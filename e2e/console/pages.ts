import { expect, type Locator, type Page } from '@playwright/test';

/** A person as the tests make them: nobody else has this e-mail. */
export function newPerson() {
  const unique = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  return { name: `Person ${unique}`, email: `${unique}@example.com`, password: `long enough ${unique}` };
}

export type Person = ReturnType<typeof newPerson>;

/** By the form, for tests that speak of it; ends on the console's first page. */
export async function signUpByForm(page: Page, person: Person): Promise<void> {
  await page.goto('/en/sign-up');
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL(/\/en\/console$/);
}

/**
 * Makes an account by what the form calls and signs it in, for all pages of this one's context. Opens none: the forms have tests of their own,
 * and two pages for each of a hundred sign-ins were a part of the run that proved nothing.
 */
export async function signUp(page: Page, person: Person): Promise<void> {
  const { origin } = await askForSignIn(page);
  const answer = await page.request.post('/api/trpc/account.register', {
    headers: { origin },
    data: { json: { ...person, locale: 'en' } },
  });
  expect(answer.status(), await answer.text()).toBe(200);
  await signIn(page, person);
}

/** Signs somebody in by what the form calls, for all pages of this one's context. Opens no page. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  const { csrfToken } = await askForSignIn(page);
  const answer = await page.request.post('/api/auth/callback/credentials', {
    form: { email, password, csrfToken, json: 'true' },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** What a browser is given before it signs anybody in, and where it was asked. */
async function askForSignIn(page: Page): Promise<{ readonly csrfToken: string; readonly origin: string }> {
  const answer = await page.request.get('/api/auth/csrf');
  const { csrfToken } = (await answer.json()) as { csrfToken: string };
  return { csrfToken, origin: new URL(answer.url()).origin };
}

/** Says why somebody of the staff looks into a customer's affairs, where the page asks for it before it shows `wanted`. */
export async function sayWhy(page: Page, wanted: Locator, reason = 'Asked by mail'): Promise<void> {
  const form = page.getByRole('form', { name: 'Why do you look?' });
  await expect(form.or(wanted).first()).toBeVisible();
  if (!(await form.isVisible())) return;
  await form.getByLabel('Reason').fill(reason);
  await form.getByRole('button', { name: 'Open' }).click();
  await expect(wanted).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(/\/en\/sign-in/);
}

/** Creates a key on the keys page and leaves its dialog open. @returns the secret */
export async function createKey(page: Page, name: string): Promise<string> {
  await page.goto('/en/console/keys');
  await page.getByRole('button', { name: 'Create key' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Create', exact: true }).click();
  await expect(dialog.getByRole('heading', { name: 'Key created' })).toBeVisible();
  return (await dialog.getByTestId('new-secret').textContent()) ?? '';
}

/** Leaves the dialog of a new key the way it allows: by copying first. */
export async function closeNewKey(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Copy: key' }).click();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
}

export function keyRow(page: Page, name: string): Locator {
  return page.getByRole('row').filter({ hasText: name });
}

/** Chooses from the menu of a key's row. */
export async function keyAction(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}
