import { expect } from '@playwright/test';
import type { Walker } from './journey.ts';

/** Adds a channel from Anthropic's preset, at another address; its test call has answered when this returns. */
export async function addChannel({ page, say, follow, look }: Walker, name: string, baseUrl: string): Promise<void> {
  await follow('admin', 'channels');
  await page
    .getByRole('button', { name: say('channels.add') })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: say('channels.form.title') });
  await dialog.getByText('Anthropic', { exact: true }).click();
  await dialog.getByLabel(say('channels.field.credential'), { exact: true }).fill('sk-ant-upstream-key');
  await dialog.getByRole('button', { name: say('channels.advanced') }).click();
  await dialog.getByLabel(say('channels.field.name'), { exact: true }).fill(name);
  await dialog.getByLabel(say('channels.field.baseUrl')).fill(baseUrl);
  await dialog.getByText(say('channels.field.allowPrivate')).click();
  await look('add-channel');
  await dialog.getByRole('button', { name: say('channels.form.submit') }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByRole('main').getByText(say('channels.test.ok'))).toBeVisible();
  await look('channel');
}
