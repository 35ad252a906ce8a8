import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { maxAsks, noteAsks } from '../support/asks.ts';
import { keepPicture, viewsIn } from '../support/views.ts';
import { addressOf, awake, sidewaysScroll, siteLanguages, sitePages, siteUrl, watch } from './site-pages.ts';

// Each visit is a test of its own, so that they fill all workers to the end.
test.describe.configure({ mode: 'parallel' });

for (const { prefix, lang, locale } of siteLanguages) {
  for (const path of sitePages) {
    test(`${path} (${lang}) is all there for everyone, wide and narrow, light and dark, asks little and nobody else`, async ({
      browser,
    }) => {
      const baseURL = siteUrl();
      test.slow();
      const context = await browser.newContext({ baseURL, locale });
      const page = await context.newPage();
      const { foreign, complaints } = watch(page, baseURL);
      const asks = noteAsks(page);
      for (const [at, { name, size, colorScheme }] of viewsIn(lang).entries()) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        if (at === 0) await page.goto(addressOf(prefix, path));
        await awake(page);
        if (at === 0) expect.soft(asks.length, asks.join('\n')).toBeLessThanOrEqual(maxAsks);
        // These pages have no frames of other sites, for which alone axe would open a page besides.
        const { violations } = await new AxeBuilder({ page })
          .options({ resultTypes: ['violations'] })
          .setLegacyMode()
          .analyze();
        const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
        expect
          .soft(
            serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
            name,
          )
          .toEqual([]);
        expect.soft(await sidewaysScroll(page), name).toBeLessThanOrEqual(0);
        await keepPicture(page, `${lang}${path === '/' ? '-home' : path}-${name}`);
      }
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await expect(page.locator('h1')).toHaveCount(1);
      expect(await page.title()).toContain('AI-Bridge');
      expect(foreign).toEqual([]);
      expect(complaints).toEqual([]);
      await context.close();
    });
  }
}
