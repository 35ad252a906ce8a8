import { totpCode, totpStep } from '@ai-bridge/access';
import { expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { keepPicture } from '../support/views.ts';
import { linkInMail, pathOf } from './mail-link.ts';
import { newPerson, signUpByForm } from './pages.ts';

function codeOf(secret: string, steps = 0): string {
  const bits = [...secret].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  return totpCode(Buffer.from(bytes), totpStep(new Date()) + BigInt(steps));
}

async function enterPassword(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/en/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a newcomer confirms the address, switches two-factor on, ends a session elsewhere and sets a new password by mail', async ({
  page,
  browser,
}) => {
  test.slow();
  const person = newPerson();
  await signUpByForm(page, person);

  await page.goto('/en/console/settings');
  await expect(page.getByText('Not confirmed')).toBeVisible();
  const verify = await linkInMail(browser, person, 'Confirm your e-mail address', '/verify');
  await page.goto(pathOf(verify));
  // By keyboard, as everything here can be.
  await expect(page.getByRole('button', { name: 'Confirm address' })).toBeEnabled();
  await page.getByRole('button', { name: 'Confirm address' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Your e-mail address is confirmed.')).toBeVisible();
  await page.goto('/en/console/settings');
  await expect(page.getByText(/Confirmed$/)).toBeVisible();
  await keepPicture(page, 'settings');

  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  await keepPicture(page, 'enrol');
  const secret = (await page.getByTestId('two-factor-secret').textContent()) ?? '';
  await page.getByLabel('6 digits of the app').fill(codeOf(secret));
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await expect(page.getByTestId('recovery-codes').getByRole('listitem')).toHaveCount(10);
  const recoveryCode = (await page.getByTestId('recovery-codes').getByRole('listitem').first().textContent()) ?? '';
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByTestId('two-factor')).toContainText('10 recovery codes left');

  const elsewhere = await (await browser.newContext()).newPage();
  await enterPassword(elsewhere, person.email, person.password);
  await expect(elsewhere.getByRole('heading', { name: 'Second step' })).toBeVisible();
  await elsewhere.getByLabel('Code').fill('000000');
  await elsewhere.getByRole('button', { name: 'Continue' }).click();
  await expect(elsewhere.getByText('This code is wrong')).toBeVisible();
  await elsewhere.goto('/en/console');
  await expect(elsewhere).toHaveURL(/sign-in/);
  await enterPassword(elsewhere, person.email, person.password);
  await elsewhere.getByLabel('Code').fill(codeOf(secret, 1));
  await elsewhere.getByRole('button', { name: 'Continue' }).click();
  await expect(elsewhere).toHaveURL(/\/en\/console$/);

  await page.reload();
  await page.getByRole('button', { name: /^Sign out: / }).click();
  await expect(page.getByText('You are signed in on this device alone.')).toBeVisible();
  // Or by itself, if its page has asked for something meanwhile.
  await expect(async () => {
    await elsewhere.goto('/en/console');
    await expect(elsewhere).toHaveURL(/sign-in/, { timeout: 1_000 });
  }).toPass();

  const answers: string[] = [];
  for (const email of [newPerson().email, person.email]) {
    await elsewhere.goto('/en/reset');
    await elsewhere.getByLabel('E-mail').fill(email);
    await elsewhere.getByRole('button', { name: 'Send link' }).click();
    answers.push(((await elsewhere.getByRole('status').textContent()) ?? '').replace(email, ''));
  }
  expect(answers[0]).toBe(answers[1]);
  const reset = await linkInMail(browser, person, 'Set a new password', '/reset/new');
  await elsewhere.goto(pathOf(reset));
  await elsewhere.getByLabel('New password').fill('another long password');
  await elsewhere.getByRole('button', { name: 'Save password' }).click();
  await expect(elsewhere.getByText('Your password is changed.')).toBeVisible();
  // Also the device that was signed in.
  await page.goto('/en/console');
  await expect(page).toHaveURL(/sign-in/);
  await enterPassword(page, person.email, person.password);
  await expect(page.getByText('is not right')).toBeVisible();
  await enterPassword(page, person.email, 'another long password');
  await page.getByLabel('Code').fill(recoveryCode);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page).toHaveURL(/\/en\/console$/);
});

for (const prefix of ['/en', '/zh']) {
  test(`the pages around signing in fit 360 pixels and are all there for everyone (${prefix})`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of [
      '/sign-in',
      '/sign-in?error=not_linked',
      '/sign-up',
      '/reset',
      '/reset/new#x',
      '/verify#x',
      '/setup?token=x',
    ]) {
      await page.goto(`${prefix}${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect.soft(await accessibilityFaults(page), path).toEqual([]);
      await keepPicture(page, `account${prefix}${path}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(overflow, path).toBeLessThanOrEqual(0);
    }
  });
}
