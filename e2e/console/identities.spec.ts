import { type FakeIdentitySite, startFakeIdentitySite } from '@ai-bridge/testing/identity';
import { expect, type Page, test } from '@playwright/test';
import { type Product, startProduct, startTimeoutMs } from '../support/start-product.ts';
import { newPerson, signUp } from './pages.ts';

/** A product of its own, that people enter by other sites: one that tests tell who is at the browser. */
let product: Product;
let site: FakeIdentitySite;
let subjects = 0;

test.beforeAll(async () => {
  test.setTimeout(startTimeoutMs);
  site = await startFakeIdentitySite();
  product = await startProduct({
    ...{ GITHUB_ID: site.clientId, GITHUB_SECRET: site.clientSecret, GITHUB_BASE: site.url, GITHUB_API_BASE: site.url },
    ...{ GOOGLE_ID: site.clientId, GOOGLE_SECRET: site.clientSecret, GOOGLE_ISSUER: site.url },
  });
});
test.afterAll(async () => {
  await product.stop();
  await site.stop();
});

const somebody = (more: object = {}) => {
  const subject = String(++subjects);
  return { subject, name: 'Ada', email: `ada${subject}@elsewhere.example`, isEmailVerified: true, ...more };
};

async function enterBy(page: Page, provider: 'GitHub' | 'Google'): Promise<void> {
  await page.goto('/en/sign-in');
  await page.waitForLoadState('networkidle');
  await page.getByRole('button', { name: `Continue with ${provider}` }).click();
}

for (const provider of ['GitHub', 'Google'] as const) {
  test(`who comes by ${provider} for the first time has an account with a confirmed address, and the same one next time`, async ({
    browser,
  }) => {
    const person = somebody();
    site.enter(person);
    for (const visit of ['first', 'second']) {
      const context = await browser.newContext({ baseURL: product.webUrl });
      const page = await context.newPage();
      await enterBy(page, provider);
      await expect(page, visit).toHaveURL(/\/en\/console$/);
      await page.goto('/en/console/settings');
      await expect(page.getByRole('main')).toContainText(person.email);
      await expect(page.getByRole('main')).toContainText(provider);
      await context.close();
    }
  });
}

test('an address that the other site has not confirmed opens nothing, and the page says what to do', async ({
  browser,
}) => {
  const page = await browser.newPage({ baseURL: product.webUrl });
  site.enter(somebody({ isEmailVerified: false }));
  await enterBy(page, 'GitHub');
  await expect(page.getByText('The other site has not confirmed your e-mail address.')).toBeVisible();
  await page.goto('/en/console');
  await expect(page).toHaveURL(/\/sign-in/);
  await page.close();
});

test('an account whose address was never confirmed is not handed to who brings that address along', async ({
  browser,
}) => {
  const owner = await browser.newPage({ baseURL: product.webUrl });
  const person = newPerson();
  await signUp(owner, person);
  const page = await browser.newPage({ baseURL: product.webUrl });
  site.enter(somebody({ email: person.email }));
  await enterBy(page, 'Google');
  await expect(page.getByText('An account with this e-mail exists already.')).toBeVisible();
  await Promise.all([owner.close(), page.close()]);
});
