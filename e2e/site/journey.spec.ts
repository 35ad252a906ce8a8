import { expect, type Page, test } from '@playwright/test';
import { linkInMail, pathOf } from '../console/mail-link.ts';
import { newPerson } from '../console/pages.ts';
import { keepPicture } from '../support/views.ts';
import { awake, sidewaysScroll, siteLanguages, siteUrl } from './site-pages.ts';

const words = {
  'zh-Hans': {
    ...{ menu: '菜单', pricing: '价格', docs: '文档', prices: '每个模型，每类 token', start: '获取 API 密钥' },
    ...{ name: '名称', email: '邮箱', password: '密码', submit: '创建账户' },
    ...{ subject: '确认你的邮箱', confirm: '确认邮箱', confirmed: '邮箱已确认。' },
  },
  en: {
    ...{ menu: 'Menu', pricing: 'Pricing', docs: 'Docs', prices: 'Every model', start: 'Get an API key' },
    ...{ name: 'Name', email: 'E-mail', password: 'Password', submit: 'Create account' },
    ...{
      subject: 'Confirm your e-mail address',
      confirm: 'Confirm address',
      confirmed: 'Your e-mail address is confirmed.',
    },
  },
} as const;

const devices = [
  { device: 'desktop', viewport: { width: 1280, height: 800 } },
  { device: 'phone', viewport: { width: 360, height: 740 } },
] as const;

for (const { prefix, lang, locale } of siteLanguages) {
  for (const { device, viewport } of devices) {
    test(`a prospect reads, compares, signs up and confirms the address (${lang}, ${device})`, async ({ browser }) => {
      test.slow();
      const [say, person] = [words[lang], newPerson()];
      const context = await browser.newContext({ baseURL: siteUrl(), locale, viewport });
      const page = await context.newPage();
      let shots = 0;
      const look = async (name: string) => {
        await awake(page);
        expect(await sidewaysScroll(page), name).toBeLessThanOrEqual(0);
        await keepPicture(page, `prospect-${lang}-${device}-${++shots}-${name}`);
      };

      await page.goto(prefix || '/');
      await look('home');
      await follow(page, device, say.menu, say.pricing);
      await expect(page).toHaveURL(`${prefix}/pricing`);
      await expect(page.getByRole('heading', { name: say.prices })).toBeVisible();
      await look('pricing');
      await follow(page, device, say.menu, say.docs);
      await expect(page).toHaveURL(`${prefix}/docs`);
      await page.locator('main a[href$="/docs/tools"]:visible').first().click();
      await expect(page).toHaveURL(`${prefix}/docs/tools`);
      await page.locator('main a[href$="/docs/tools/claude-code"]:visible').last().click();
      await expect(page).toHaveURL(`${prefix}/docs/tools/claude-code`);
      await expect(page.getByRole('main')).toContainText('ANTHROPIC_BASE_URL');
      await look('guide');

      await page.goto(prefix || '/');
      await page.getByRole('main').getByRole('link', { name: say.start }).first().click();
      await expect(page).toHaveURL(`${prefix}/sign-up`);
      await page.getByLabel(say.name).fill(person.name);
      await page.getByLabel(say.email).fill(person.email);
      await page.getByLabel(say.password).fill(person.password);
      await look('sign-up');
      await page.getByRole('button', { name: say.submit }).click();
      await expect(page).toHaveURL(`${prefix}/console`);
      await look('console');
      const link = await linkInMail(browser, person, say.subject, '/verify');
      expect(new URL(link).pathname).toBe(`${prefix}/verify`);
      await page.goto(pathOf(link));
      await page.getByRole('button', { name: say.confirm }).click();
      await expect(page.getByText(say.confirmed)).toBeVisible();
      await look('confirmed');
      await context.close();
    });
  }
}

/** Goes by the head of the page; on a phone its links are in the menu. */
async function follow(page: Page, device: string, menu: string, link: string): Promise<void> {
  const head = page.getByRole('banner');
  if (device === 'phone') await head.getByRole('button', { name: menu }).click();
  await head.getByRole('link', { name: link, exact: true }).click();
}
