import { defineConfig } from '@playwright/test';
import { findBrowser } from './support/browser.ts';

/** The console and the public site in a real browser against the whole product, started by `npm start` (or at BASE_URL). */
export default defineConfig({
  testMatch: ['console/**/*.spec.ts', 'site/**/*.spec.ts'],
  globalSetup: './support/start-product.ts',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  outputDir: 'test-results',
  reporter: 'list',
  use: {
    // Set by the global set-up, which runs before the workers read this file.
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
