import { defineConfig } from '@playwright/test';
import { findBrowser } from './support/browser.ts';
import { chooseProduct, parallelProducts } from './support/products.ts';

chooseProduct();

/** The console and the public site in a real browser against whole products, started by `npm start` (or the one at BASE_URL). */
export default defineConfig({
  testMatch: ['console/**/*.spec.ts', 'site/**/*.spec.ts'],
  globalSetup: './support/products.ts',
  fullyParallel: false,
  workers: process.env.BASE_URL ? 1 : parallelProducts,
  retries: 0,
  // Three browsers and three products share what may be two processors.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  outputDir: 'test-results',
  reporter: 'list',
  use: {
    baseURL: process.env.BASE_URL ?? 'http://127.0.0.1:3000',
    actionTimeout: 30_000,
    // A picture that moves is drawn sixty times a second, by the processor that the tests need.
    contextOptions: { reducedMotion: 'reduce' },
    // Every test pays for its trace: TRACE=1 where one is wanted.
    trace: process.env.TRACE === '1' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
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
