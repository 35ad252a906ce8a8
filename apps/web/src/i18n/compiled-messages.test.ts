import formatCompiled from 'use-intl/format-message/format-only';
import { expect, test } from 'vitest';
import { compiledMessages } from './compiled-messages.ts';

type Compiled = Parameters<typeof formatCompiled>[1];

const options = {
  formatters: {
    getDateTimeFormat: (...given: ConstructorParameters<typeof Intl.DateTimeFormat>) =>
      new Intl.DateTimeFormat(...given),
    getNumberFormat: (...given: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...given),
    getPluralRules: (...given: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...given),
  },
  globalFormats: undefined,
  formats: undefined,
  locale: 'en',
  timeZone: 'UTC',
} as unknown as Parameters<typeof formatCompiled>[3];

test('what was compiled is formatted with its values by what browsers are given, in both languages', () => {
  const say = (locale: 'en' | 'zh') =>
    formatCompiled(
      'shell.userMenu',
      compiledMessages(locale).shell.userMenu as unknown as Compiled,
      { name: 'Ada' },
      options,
    );
  expect(say('en')).toBe('Account of Ada');
  expect(say('zh')).toContain('Ada');
});

test('all of it is plain objects and lists, as server components may pass to browsers', () => {
  const odd = (value: unknown, at: string): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    const plain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
    return [...(plain ? [] : [at]), ...Object.entries(value).flatMap(([key, inner]) => odd(inner, `${at}.${key}`))];
  };
  for (const locale of ['en', 'zh'] as const) expect(odd(compiledMessages(locale), locale)).toEqual([]);
});
