import { expect, test } from 'vitest';
import { chooseLanguage } from './choose-language.ts';
import { textsOf } from './texts-of.ts';

test('Chinese where the shell speaks it, in POSIX’ order, else English', () => {
  expect(chooseLanguage({ LANG: 'zh_CN.UTF-8' })).toBe('zh');
  expect(chooseLanguage({ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' })).toBe('en');
  expect(chooseLanguage({ LC_ALL: '', LC_MESSAGES: 'zh-TW', LANG: 'C' })).toBe('zh');
  expect(chooseLanguage({})).toBe('en');
});

test('both helps name the same options, commands, tools and presets', () => {
  const words = (text: string) =>
    (text.match(/--?[a-zA-Z][\w-]*|config-switch|claude-code|302ai|minimax/g) ?? []).sort();
  expect(words(textsOf('zh').help)).toEqual(words(textsOf('en').help));
});
