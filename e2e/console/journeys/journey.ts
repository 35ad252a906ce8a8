import { type Browser, expect, type Page } from '@playwright/test';
import { sidewaysScroll, siteUrl } from '../../site/site-pages.ts';
import { keepPicture } from '../../support/views.ts';
import { type Say, wordsIn } from '../../support/words.ts';

/** Who walks, and how: the language, the width, and what the interface says to them. */
export interface Journey {
  readonly name: string;
  readonly prefix: string;
  readonly locale: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly say: Say;
}

const chinese = { prefix: '', locale: 'zh-CN', say: wordsIn('zh') };
const english = { prefix: '/en', locale: 'en-US', say: wordsIn('en') };
const desktop = { width: 1280, height: 800 };
const phone = { width: 360, height: 740 };

/** Every journey is walked in Chinese on a phone and in English on a desktop; the other way round too with EVERY_VIEW=1. */
export const journeys: readonly Journey[] = [
  { name: 'zh, phone', ...chinese, viewport: phone },
  { name: 'en, desktop', ...english, viewport: desktop },
  ...(process.env.EVERY_VIEW === '1'
    ? [
        { name: 'zh, desktop', ...chinese, viewport: desktop },
        { name: 'en, phone', ...english, viewport: phone },
      ]
    : []),
];

/** One person on the way, in a browser of their own. */
export interface Walker {
  readonly page: Page;
  readonly say: Say;
  /** Goes to a page of the site by its address without the language. */
  open(path: string): Promise<void>;
  /** Goes by the rail of the console or of the administration. */
  follow(rail: 'shell' | 'admin', entry: string): Promise<void>;
  /** Looks at the page: nothing scrolls sideways. Kept as a picture where one is asked for. */
  look(name: string): Promise<void>;
  leave(): Promise<void>;
}

export async function walk(browser: Browser, journey: Journey, who: string): Promise<Walker> {
  const { prefix, locale, viewport, say } = journey;
  const context = await browser.newContext({ baseURL: siteUrl(), locale, viewport });
  const page = await context.newPage();
  let pictures = 0;
  return {
    ...{ page, say },
    open: async (path) => {
      await page.goto(`${prefix}${path}`);
    },
    follow: async (rail, entry) => {
      const navigation = page.getByRole('navigation', { name: say(`${rail}.navigation`) });
      await navigation.getByRole('link', { name: say(`${rail}.${entry}`), exact: true }).click();
    },
    look: async (name) => {
      await expect(page.locator('.skeleton')).toHaveCount(0);
      expect(await sidewaysScroll(page), name).toBeLessThanOrEqual(0);
      await keepPicture(page, `${who}-${journey.name}-${++pictures}-${name}`);
    },
    leave: () => context.close(),
  };
}

interface Known {
  readonly email: string;
  readonly password: string;
}

export async function signUpOn({ page, say, open }: Walker, person: Known & { readonly name: string }): Promise<void> {
  await open('/sign-up');
  await page.getByLabel(say('auth.name')).fill(person.name);
  await page.getByLabel(say('auth.email')).fill(person.email);
  await page.getByLabel(say('auth.password')).fill(person.password);
  await page.getByRole('button', { name: say('auth.signUp.submit') }).click();
  await expect(page).toHaveURL(/\/console$/);
}

export async function signInOn({ page, say, open }: Walker, person: Known): Promise<void> {
  await open('/sign-in');
  await page.getByLabel(say('auth.email')).fill(person.email);
  await page.getByLabel(say('auth.password')).fill(person.password);
  await page.getByRole('button', { name: say('auth.signIn.submit'), exact: true }).click();
  await expect(page).toHaveURL(/\/console$/);
}
