import type { Page } from '@playwright/test';

export interface View {
  readonly name: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly colorScheme: 'light' | 'dark';
}

const wide = { width: 1280, height: 860 };
const phone = { width: 360, height: 740 };

const every: readonly View[] = [
  { name: '1280-light', size: wide, colorScheme: 'light' },
  { name: '360-dark', size: phone, colorScheme: 'dark' },
  { name: '360-light', size: phone, colorScheme: 'light' },
  { name: '1280-dark', size: wide, colorScheme: 'dark' },
];

/**
 * In which widths and looks a page is examined, wide ones first. By default each language takes two of the four, so that every
 * language, width and look is seen, and every width in every look; all four with EVERY_VIEW=1 (`npm run test:pages`).
 */
export function viewsIn(lang: string): readonly View[] {
  if (process.env.EVERY_VIEW === '1') return every;
  const looks = lang === 'en' ? ['1280-light', '360-dark'] : ['1280-dark', '360-light'];
  return looks.flatMap((look) => every.filter(({ name }) => name === look));
}

/** Keeps a picture of the whole page for whoever wants to judge it: in the folder that SCREENSHOTS names, where it names one. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  const file = `${folder}/${name.replaceAll(/[^\w.-]+/g, '-')}.png`;
  await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
}
