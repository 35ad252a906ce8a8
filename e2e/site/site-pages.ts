import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';

/** Every public page of a first start, without its language; one model stands for all. */
export const sitePages = [
  '/',
  '/pricing',
  '/models',
  '/models/claude-sonnet-4-5',
  '/status',
  '/announcements',
  '/terms',
  '/privacy',
  '/docs',
  '/docs/tools/claude-code',
  '/docs/models/claude',
  '/docs/reliability/errors',
  '/sign-in',
  '/sign-up',
  '/reset',
] as const;

export const siteLanguages = [
  { prefix: '', lang: 'zh-Hans', locale: 'zh-CN' },
  { prefix: '/en', lang: 'en', locale: 'en-US' },
] as const;

/** A page's address in a language: Chinese has the plain ones. */
export function addressOf(prefix: string, path: string): string {
  return path === '/' ? prefix || '/' : `${prefix}${path}`;
}

/** The documentation is a site of its own beside these pages: links to it count where it is built in. */
export const hasDocs = fs.existsSync(fileURLToPath(new URL('../../apps/web/src/app/[locale]/(docs)', import.meta.url)));

/** Notes whatever a page asks of others, and every error it reports. */
export function watch(page: Page, baseUrl: string): { readonly foreign: string[]; readonly complaints: string[] } {
  const [foreign, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => {
    if (!request.url().startsWith(`${baseUrl}/`) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  return { foreign, complaints };
}

export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

/** A page is quiet long before; now and then the browser never says so. */
const quietWithinMs = 10_000;

/** Waits until scripts run: a page that is only drawn does not answer yet. */
export async function awake(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: quietWithinMs }).catch(() => {});
  await expect(page.locator('main')).toBeVisible();
  // React marks what it has taken over.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('header button')].every((button) =>
      Object.keys(button).some((key) => key.startsWith('__reactProps')),
    ),
  );
}

/** Where the product under test is reached, without a trailing slash. */
export function siteUrl(): string {
  return process.env.BASE_URL ?? 'http://127.0.0.1:3000';
}
