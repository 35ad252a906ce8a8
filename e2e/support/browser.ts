import fs from 'node:fs';
import { chromium } from '@playwright/test';

const debianBrowsers = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** The browser to use: CHROMIUM_PATH, else Playwright's own, else Debian's. Playwright says so where none is there. */
export function findBrowser(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const own = chromium.executablePath();
  return [own, ...debianBrowsers].find((file) => fs.existsSync(file)) ?? own;
}
