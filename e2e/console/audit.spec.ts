import fs from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { siteUrl } from '../site/site-pages.ts';
import { newPerson, signIn, signUp } from './pages.ts';
import { readWelcome } from './welcome.ts';

test('an administrator changes a setting, finds it in the audit log and takes the log away; customers get nowhere near', async ({
  page,
  browser,
}) => {
  const { admin } = readWelcome();
  await signIn(page, admin);
  const headers = { origin: siteUrl() };
  const contact = `help-${Date.now()}@example.com`;
  const change = await page.request.post('/api/trpc/siteSetting.change', {
    headers,
    data: { json: { supportContact: contact } },
  });
  expect(change.status()).toBe(200);
  await page.goto('/en/admin/audit');
  const newest = page.getByRole('row').nth(1);
  await expect(newest).toContainText('setting.change');
  await expect(newest).toContainText(admin.email);
  await expect(newest).toContainText(/127\.0\.0\.1|::1/);
  await expect(newest).toContainText(`– → ${contact}`);
  await page.getByLabel('About').selectOption({ label: 'Keys' });
  await expect(page).toHaveURL('/en/admin/audit?part=keys');
  await expect(page.getByRole('row').filter({ hasText: 'setting.change' })).toHaveCount(0);
  await page.getByLabel('About').selectOption({ label: 'The site' });
  await page.getByLabel('E-mail of who did it, or an id').fill(admin.email);
  await page.getByRole('button', { name: 'Find' }).click();
  await expect(page).toHaveURL(/search=.*part=site/);
  await expect(newest).toContainText(contact);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download CSV' }).click(),
  ]);
  const file = await fs.readFile(await download.path(), 'utf8');
  expect(file.startsWith('\uFEFFid,at,by,')).toBe(true);
  expect(file).toContain(contact);
  expect(file).not.toContain('apiKey.');
  await page.request.post('/api/trpc/siteSetting.change', { headers, data: { json: { supportContact: null } } });

  const customer = await (await browser.newContext()).newPage();
  await signUp(customer, newPerson());
  expect((await customer.goto('/en/admin/audit'))?.status()).toBe(404);
  expect((await customer.request.get('/api/audit.csv')).status()).toBe(403);
});
