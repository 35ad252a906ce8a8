import { expect, test } from 'vitest';
import { chooseLanguage } from './choose-language.ts';

const both = { languages: ['zh', 'en'], byDefault: 'en' } as const;
const ask = (path: string, cookie?: string, acceptLanguage: string | null = null) => ({ path, cookie, acceptLanguage });

test('the path goes before the choice made before, and that before what the browser asks for', () => {
  expect(chooseLanguage(ask('/zh/status', 'en', 'en'), both)).toBe('zh');
  expect(chooseLanguage(ask('/status', 'zh', 'en'), both)).toBe('zh');
  expect(chooseLanguage(ask('/status', undefined, 'fr, en;q=0.4, zh-CN;q=0.8'), both)).toBe('zh');
  expect(chooseLanguage(ask('/status', undefined, 'zh;q=0, en;q=0.1'), both)).toBe('en');
});

test('who asks for none on offer gets the site’s own', () => {
  for (const header of [null, '', 'fr', 'de-DE,de;q=0.9', ';;q=x,,'])
    expect(chooseLanguage(ask('/status', 'fr', header), both)).toBe('en');
});

test('a language that is not on offer is never chosen, however it is asked for', () => {
  const only = { languages: ['en'], byDefault: 'en' } as const;
  expect(chooseLanguage(ask('/zh/status', 'zh', 'zh'), only)).toBe('en');
});
