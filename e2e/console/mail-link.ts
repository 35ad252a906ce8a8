import { type Browser, expect } from '@playwright/test';
import { type Person, sayWhy, signIn } from './pages.ts';
import { readWelcome } from './welcome.ts';

const jobTimeoutMs = 30_000;

/** What somebody reads in a mail that staff find in the mailbox, as there is no SMTP here. @returns the link with this path */
export async function linkInMail(browser: Browser, person: Person, subject: string, path: string): Promise<string> {
  const context = await browser.newContext();
  const desk = await context.newPage();
  await signIn(desk, readWelcome().admin);
  const link = new RegExp(`https?://[^\\s]+${path}#[\\w-]{43}`);
  await expect(async () => {
    await desk.goto(`/en/admin/mailbox?address=${encodeURIComponent(person.email)}`);
    await desk.getByRole('link', { name: subject }).first().click({ timeout: 2_000 });
    await sayWhy(desk, desk.getByRole('heading', { level: 1, name: subject }));
    // Nobody sees what a mail with a link says while it waits to leave.
    await expect(desk.locator('main')).toContainText(link, { timeout: 2_000 });
  }).toPass({ timeout: jobTimeoutMs });
  const text = await desk.locator('main').textContent();
  await context.close();
  return link.exec(text ?? '')?.[0] ?? '';
}

/** A link as an address within the site. */
export const pathOf = (link: string) => new URL(link).pathname + new URL(link).hash;
