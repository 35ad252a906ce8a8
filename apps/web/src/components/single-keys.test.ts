import { expect, test } from 'vitest';
import { areSingleKeysOn } from './single-keys.ts';

test('single keys act until they are switched off in this browser, and again once they are back on', () => {
  expect(areSingleKeysOn('')).toBe(true);
  expect(areSingleKeysOn('bridge-theme=dark; bridge-single-keys=on')).toBe(true);
  expect(areSingleKeysOn('bridge-theme=dark; bridge-single-keys=off; a=b')).toBe(false);
  expect(areSingleKeysOn('not-bridge-single-keys=off')).toBe(true);
});
