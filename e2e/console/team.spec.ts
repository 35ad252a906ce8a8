import { expect, type Page, test } from '@playwright/test';
import { accessibilityFaults } from '../support/accessibility.ts';
import { keepPicture } from '../support/views.ts';
import { linkInMail, pathOf } from './mail-link.ts';
import { createKey, newPerson, type Person, signUp } from './pages.ts';

/** Who was invited works in the console by the link of the mail. */
async function joinByMail(page: Page, link: string, person: Person): Promise<void> {
  await page.goto(pathOf(link));
  await expect(page.getByText(person.email)).toBeVisible();
  await page.getByLabel('Name').fill(person.name);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Create account and join' }).click();
  await expect(page).toHaveURL(/\/en\/console$/);
}

const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text });

test('an owner invites a newcomer, who works as a developer, sees no orders, gets a limit, and is removed', async ({
  page,
  browser,
}) => {
  test.slow();
  const [owner, guest] = [newPerson(), newPerson()];
  await signUp(page, owner);
  await page.goto('/en/console/team');
  await expect(page.getByText('You work here alone')).toBeVisible();
  await keepPicture(page, 'team-alone');
  await page.getByRole('button', { name: 'Invite' }).first().click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill(guest.email);
  await expect(page.getByText('Makes and manages keys.')).toBeVisible();
  await keepPicture(page, 'team-invite');
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(rowOf(page, guest.email)).toContainText('Developer');

  const link = await linkInMail(browser, guest, `Join ${owner.name}`, '/join');
  const theirs = await (await browser.newContext()).newPage();
  await joinByMail(theirs, link, guest);
  expect(await createKey(theirs, 'laptop')).toMatch(/^ab-/);
  await theirs.goto('/en/console/team');
  await expect(rowOf(theirs, owner.email)).toContainText('Owner');
  await expect(theirs.getByRole('button', { name: 'Invite' })).toHaveCount(0);
  await expect(theirs.getByRole('link', { name: 'My orders' })).toHaveCount(0);
  // The link was good once.
  const late = await (await browser.newContext()).newPage();
  await late.goto(pathOf(link));
  await expect(late.getByText('This invitation was accepted already.')).toBeVisible();

  await page.reload();
  await expect(rowOf(page, guest.email)).toContainText('Developer');
  await page.getByRole('button', { name: `Actions for ${guest.name}` }).click();
  await page.getByRole('menuitem', { name: 'Spend limits' }).click();
  await page.getByLabel('Per day (UTC)').fill('nothing');
  await expect(page.getByText('Enter an amount above zero')).toBeVisible();
  await page.getByLabel('Per day (UTC)').fill('2.50');
  await keepPicture(page, 'team-limits');
  await page.getByRole('button', { name: 'Save limits' }).click();
  await expect(rowOf(page, guest.email)).toContainText('$0.00 of $2.50');
  await keepPicture(page, 'team');

  await page.getByRole('button', { name: `Actions for ${guest.name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(page.getByText('Working keys that they made: 1')).toBeVisible();
  await keepPicture(page, 'team-remove');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('1 key is off')).toBeVisible();
  await expect(rowOf(page, guest.email)).toHaveCount(0);
  await theirs.goto('/en/console');
  await expect(theirs.getByText('You belong to no organization')).toBeVisible();
  await theirs.getByLabel('Name of the organization').fill('Their own');
  await theirs.getByRole('button', { name: 'Start an organization' }).click();
  await expect(theirs.getByText('You belong to no organization')).toHaveCount(0);
});

test('who belongs to two organizations joins signed in, and switches between them', async ({ page, browser }) => {
  test.slow();
  const [owner, guest] = [newPerson(), newPerson()];
  const theirs = await (await browser.newContext()).newPage();
  await signUp(theirs, guest);
  await signUp(page, owner);
  await page.goto('/en/console/team');
  await page.getByRole('button', { name: 'Invite' }).first().click();
  await page.getByRole('textbox', { name: 'E-mail' }).fill(guest.email);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(rowOf(page, guest.email)).toBeVisible();
  const link = await linkInMail(browser, guest, `Join ${owner.name}`, '/join');
  // Whoever else opens it is told whom it is for.
  await page.goto(pathOf(link));
  await expect(page.getByText(`This invitation is for ${guest.email}`)).toBeVisible();
  await theirs.goto(pathOf(link));
  await theirs.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(theirs).toHaveURL(/\/en\/console$/);
  await theirs.getByRole('button', { name: `Organization: ${owner.name}` }).click();
  await keepPicture(theirs, 'switcher');
  await theirs.getByRole('menuitemradio', { name: guest.name }).click();
  await expect(theirs.getByRole('button', { name: `Organization: ${guest.name}` })).toBeVisible();
  await theirs.goto('/en/console/team');
  await expect(theirs.getByText('You work here alone')).toBeVisible();
});

test('settings say which mails come, give one’s data as a file, and delete the account for who types its address', async ({
  page,
}) => {
  const person = newPerson();
  await signUp(page, person);
  await page.goto('/en/console/settings');
  await page.getByRole('checkbox', { name: 'Receipts of orders' }).click();
  await expect(page.getByText('Saved.').first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('checkbox', { name: 'Receipts of orders' })).not.toBeChecked();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download', exact: true }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^my-data-\d{4}-\d\d-\d\d\.zip$/);
  await page.getByRole('button', { name: 'Delete account' }).click();
  await expect(page.getByText('has no other member and is closed')).toBeVisible();
  await page.getByLabel(`Type your e-mail: ${person.email}`).fill(person.email);
  await page.getByRole('dialog').getByLabel('Password').fill('wrong password');
  await keepPicture(page, 'delete-account');
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page.getByText('This is not your present password.')).toBeVisible();
  await page.getByRole('dialog').getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Delete for good' }).click();
  await expect(page).toHaveURL(/\/en$/);
  await page.goto('/en/console');
  await expect(page).toHaveURL(/sign-in/);
});

for (const prefix of ['/en', '/zh']) {
  test(`the pages that links in mails open fit 360 pixels and are there for everyone (${prefix})`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/join', '/join#x', '/mail-off', '/mail-off#orders.x']) {
      await page.goto(`${prefix}${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      expect.soft(await accessibilityFaults(page), path).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect.soft(overflow, path).toBeLessThanOrEqual(0);
    }
  });
}
