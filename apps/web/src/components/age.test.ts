import { expect, test } from 'vitest';
import { ageText } from './age.ts';

test('an age is told in whole minutes, hours, then days, in the reader’s language', () => {
  const now = Date.UTC(2026, 10, 21, 12);
  const ago = (ms: number, locale = 'en') => ageText(new Date(now - ms), now, locale);
  expect(ago(59_000)).toBe('0 minutes ago');
  expect(ago(61_000)).toBe('1 minute ago');
  expect(ago(3 * 3_600_000)).toBe('3 hours ago');
  expect(ago(49 * 3_600_000)).toBe('2 days ago');
  expect(ago(3 * 3_600_000, 'zh')).toBe('3小时前');
  expect(ago(-5_000)).toBe('0 minutes ago');
});
