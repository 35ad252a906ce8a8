import fs from 'node:fs';
import path from 'node:path';
import type { ProgramRunner } from './run-program.ts';

export type BrowserFinding =
  | { readonly kind: 'found' /** Undefined: Playwright knows where its own is. */; readonly path: string | undefined }
  | { readonly kind: 'missing'; readonly reason: string };

/** Debian's, the one without windows first: it takes a quarter less of the machine. */
const debianBrowsers = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
const debianPackages = ['chromium-headless-shell', 'fonts-noto-cjk'];
const installTimeoutMs = 5 * 60_000;

/**
 * Finds a Chromium for the end-to-end tests: CHROMIUM_PATH, Playwright's own, Debian's; else tries to install
 * Playwright's, then (as root on Debian) the system's package.
 */
export async function findBrowser(e2eFolder: string, runner: ProgramRunner): Promise<BrowserFinding> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) {
    if (fs.existsSync(named)) return { kind: 'found', path: named };
    return { kind: 'missing', reason: `CHROMIUM_PATH names ${named}, which is not there.` };
  }
  if (await playwrightHasBrowser(e2eFolder, runner)) return { kind: 'found', path: undefined };
  const present = debianBrowser();
  if (present) return { kind: 'found', path: present };
  const playwright = path.join(e2eFolder, 'node_modules/@playwright/test/cli.js');
  const options = { cwd: e2eFolder, timeoutMs: installTimeoutMs };
  await runner.run(process.execPath, [playwright, 'install', 'chromium'], options);
  if (await playwrightHasBrowser(e2eFolder, runner)) return { kind: 'found', path: undefined };
  if (process.getuid?.() === 0 && fs.existsSync('/usr/bin/apt-get')) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await runner.run('apt-get', ['update', '-q'], { ...options, env });
    await runner.run('apt-get', ['install', '-y', '-q', ...debianPackages], { ...options, env });
    const installed = debianBrowser();
    if (installed) return { kind: 'found', path: installed };
  }
  return {
    kind: 'missing',
    reason:
      'No browser: set CHROMIUM_PATH, or install one with "npx playwright install chromium" or "apt-get install chromium-headless-shell fonts-noto-cjk".',
  };
}

const debianBrowser = () => debianBrowsers.find((file) => fs.existsSync(file));

/** Asks Playwright itself, because where it keeps browsers depends on its version and on the system. */
async function playwrightHasBrowser(e2eFolder: string, runner: ProgramRunner): Promise<boolean> {
  const script = `import { chromium } from '@playwright/test'; import fs from 'node:fs'; process.exit(fs.existsSync(chromium.executablePath()) ? 0 : 1);`;
  const { code } = await runner.run(process.execPath, ['--input-type=module', '-e', script], {
    cwd: e2eFolder,
    timeoutMs: 30_000,
  });
  return code === 0;
}
