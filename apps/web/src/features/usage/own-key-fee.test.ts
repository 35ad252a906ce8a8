import { expect, test } from 'vitest';
import { wentByOwnKey } from './own-key-fee.ts';

test('the fee is for the key that answered, not for one that failed before the house stepped in', () => {
  const [own, house] = [{ ownKey: true }, { ownKey: false }];
  expect(wentByOwnKey({ attempts: [own] })).toBe(true);
  expect(wentByOwnKey({ attempts: [own, own] })).toBe(true);
  expect(wentByOwnKey({ attempts: [own, house] })).toBe(false);
  expect(wentByOwnKey({ attempts: [] })).toBe(false);
});
