import { expect, test } from 'vitest';
import { deedOf, deeds, keyOf, type Press, rowAfter } from './triage-key.ts';

const press = (key: string, change: Partial<Press> = {}): Press => ({
  ...{ key, hasModifier: false, isTyped: false, isCovered: false, isTaken: false },
  ...change,
});

test('each key does one thing', () => {
  expect(['j', 'k', 'r', 'u', '/', '?'].map((key) => deedOf(press(key)))).toEqual([
    'next',
    'previous',
    'decide',
    'back',
    'search',
    'help',
  ]);
  expect(new Set(Object.values(keyOf)).size).toBe(deeds.length);
});

test('no other key does anything: Enter, Backspace and letters of other hands stay the browser’s', () => {
  for (const key of ['Enter', 'Backspace', 'J', 'x', 'ArrowDown', ' ', 'Process'])
    expect(deedOf(press(key)), key).toBeUndefined();
});

test('nothing acts in a field, with a modifier, under a dialog, or where something else took the key', () => {
  for (const deed of deeds)
    for (const reason of ['hasModifier', 'isTyped', 'isCovered', 'isTaken'] as const)
      expect(deedOf(press(keyOf[deed], { [reason]: true })), `${deed} ${reason}`).toBeUndefined();
});

test('steps go row by row, begin at the first, and stop at both ends', () => {
  expect(rowAfter(undefined, 1, 3)).toBe(0);
  expect(rowAfter(undefined, -1, 3)).toBe(0);
  expect(rowAfter(0, 1, 3)).toBe(1);
  expect(rowAfter(2, -1, 3)).toBe(1);
  expect(rowAfter(2, 1, 3)).toBeUndefined();
  expect(rowAfter(0, -1, 3)).toBeUndefined();
  expect(rowAfter(undefined, 1, 0)).toBeUndefined();
});
