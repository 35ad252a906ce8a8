import { expect, test } from 'vitest';
import { readTabChoices, systemTab, writeTabChoices } from './tab-choices.ts';

test('what is chosen comes back as it was written', () => {
  const choices = { os: 'macOS / Linux', sdk: 'Node.js' };
  expect(readTabChoices(writeTabChoices(choices))).toEqual(choices);
});

test('a cookie that is missing or too long chooses nothing', () => {
  expect(readTabChoices(undefined)).toEqual({});
  expect(readTabChoices(`os=${'x'.repeat(500)}`)).toEqual({});
});

test('Windows is seen by the browser’s own word', () => {
  expect(systemTab('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('Windows');
  expect(systemTab('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)')).toBeUndefined();
  expect(systemTab(null)).toBeUndefined();
});
