// How fast the public pages of a running product stand, in headless Chromium:
//   BASE_URL=http://127.0.0.1:3000 node e2e/site/measure-pages.mjs
// Figures to read, never assertions: they depend on the machine.
import fs from 'node:fs';
import { chromium } from '@playwright/test';

const baseUrl = process.env.BASE_URL ?? 'http://127.0.0.1:3000';
const rounds = 5;
const settleMs = 1_000;
const pages = ['/en', '/en/pricing', '/en/models', '/en/models/claude-sonnet-4-5', '/en/status', '/en/sign-up'];
const executablePath =
  process.env.CHROMIUM_PATH ?? ['/usr/bin/chromium'].find((file) => fs.existsSync(file)) ?? chromium.executablePath();

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const path of pages) {
  const seen = [];
  for (let round = 0; round < rounds; round++) {
    // A context of its own each time: nothing is cached.
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(() => {
      globalThis.figures = { lcpMs: 0, cls: 0 };
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.figures.lcpMs = entry.startTime;
      }).observe({ type: 'largest-contentful-paint', buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.figures.cls += entry.value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(baseUrl + path, { waitUntil: 'load' });
    await page.waitForTimeout(settleMs);
    seen.push(
      await page.evaluate(() => ({
        ...globalThis.figures,
        fcpMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
        scriptBytes: performance
          .getEntriesByType('resource')
          .filter(({ name }) => name.endsWith('.js'))
          .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      })),
    );
    await context.close();
  }
  const median = (name) => seen.map((one) => one[name]).sort((a, b) => a - b)[Math.floor(rounds / 2)];
  console.log(
    `${path}: first paint ${Math.round(median('fcpMs'))} ms, largest ${Math.round(median('lcpMs'))} ms, shift ${median('cls').toFixed(3)}, scripts ${Math.round(median('scriptBytes') / 1_000)} kB`,
  );
}
await browser.close();
