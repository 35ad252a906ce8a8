import fs from 'node:fs';
import { chromium } from '@playwright/test';

const systemBrowser = '/usr/bin/chromium';

/** The browser to use: CHROMIUM_PATH, else Playwright's own, else the system's. Playwright says so where none is there. */
export function findBrowser(): string {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const own = chromium.executablePath();
  return fs.existsSync(own) || !fs.existsSync(systemBrowser) ? own : systemBrowser;
}
