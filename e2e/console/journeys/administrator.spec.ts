import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { expect, test } from '@playwright/test';
import { siteUrl } from '../../site/site-pages.ts';
import { takeAwayChannels } from '../console-channels.ts';
import { readWelcome } from '../welcome.ts';
import { addChannel } from './add-channel.ts';
import { journeys, signInOn, type Walker, walk } from './journey.ts';

/** A model that no other test looks at. */
const model = 'gpt-4.1-nano';
let upstream: FakeUpstream;

test.beforeAll(async () => {
  upstream = await startFakeUpstream();
});

test.afterAll(async ({ browser }) => {
  await takeAwayChannels(browser, siteUrl());
  await upstream.stop();
});

async function changePrice({ page, say, follow, look }: Walker, input: string): Promise<void> {
  await follow('admin', 'models');
  await page.getByRole('searchbox').fill(model);
  await page.keyboard.press('Enter');
  await look('models');
  await page.getByRole('link', { name: model, exact: true }).click();
  await page.getByRole('button', { name: say('model-desk.change.open') }).click();
  const dialog = page.getByRole('dialog', { name: say('model-desk.change.title', { model }) });
  await dialog.getByLabel(say('model-desk.kind.input'), { exact: true }).fill(input);
  await dialog.getByRole('button', { name: say('model-desk.change.preview') }).click();
  await expect(dialog.getByRole('button', { name: say('model-desk.change.apply') })).toBeVisible();
  await look('price-preview');
  await dialog.getByRole('button', { name: say('model-desk.change.apply') }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('table').first()).toContainText(input);
  await look('price');
}

async function readAudit({ page, say, follow, look }: Walker, email: string): Promise<void> {
  await follow('admin', 'audit');
  await page.getByRole('searchbox').fill(email);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/search=/);
  await page.getByLabel(say('audit.filter.part'), { exact: true }).selectOption(say('audit.filter.parts.prices'));
  await expect(page.getByRole('row').filter({ hasText: 'price.add' }).first()).toContainText(model);
  await page.getByLabel(say('audit.filter.part'), { exact: true }).selectOption(say('audit.filter.parts.channels'));
  await expect(page.getByRole('row').filter({ hasText: 'channel.create' }).first()).toBeVisible();
  await look('audit');
}

for (const [at, journey] of journeys.entries()) {
  test(`an administrator adds a channel that is tested, changes a price and reads both in the audit log (${journey.name})`, async ({
    browser,
  }) => {
    test.slow();
    const { admin } = readWelcome();
    const administrator = await walk(browser, journey, 'administrator');
    await signInOn(administrator, admin);
    await administrator.open('/admin/channels');
    await addChannel(administrator, `harbour-${at}`, upstream.url);
    await changePrice(administrator, `0.12${at + 1}`);
    await readAudit(administrator, admin.email);
    await administrator.leave();
  });
}
