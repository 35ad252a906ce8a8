import { expect, test } from 'vitest';
import { shareText } from './share-text.ts';

test('only what is whole says 100 %', () => {
  expect(shareText(1, 'en')).toBe('100%');
  expect(shareText(0.9999, 'en')).toBe('99.99%');
  expect(shareText(0.99996, 'en')).toBe('99.99%');
  expect(shareText(0.5, 'zh-Hans')).toBe('50%');
});
