import type { KeyUse } from '@ai-bridge/access/callers';
import { afterEach, expect, test } from 'vitest';
import { KeyUseTally } from './key-use.ts';

let tally: KeyUseTally;
afterEach(() => tally.close());

function setUp(isDown: () => boolean = () => false) {
  const noted: (readonly KeyUse[])[] = [];
  let asked = 0;
  tally = new KeyUseTally({
    addressOf: () => `203.0.113.${++asked}`,
    note: async (uses) => {
      if (isDown()) throw new Error('database away');
      noted.push(uses);
    },
    onError: () => {},
  });
  return { noted, asked: () => asked };
}
const request = {} as never;

test('however many requests a key makes, one statement tells of the last one, and its address is asked for once', async () => {
  const { noted, asked } = setUp();
  for (let at = 1; at <= 1_000; at++) tally.used('key_1', at, `model-${at}`, request);
  tally.used('key_2', 7, 'other', request);
  await tally.flush();
  await tally.flush();
  expect(noted).toEqual([
    [
      { apiKeyId: 'key_1', at: new Date(1_000), model: 'model-1000', address: '203.0.113.1' },
      { apiKeyId: 'key_2', at: new Date(7), model: 'other', address: '203.0.113.2' },
    ],
  ]);
  expect(asked()).toBe(2);
});

test('what could not be written is written later, unless a newer use took its place', async () => {
  let isDown = true;
  const { noted } = setUp(() => isDown);
  tally.used('key_1', 1, 'old', request);
  tally.used('key_2', 2, 'kept', request);
  const failing = tally.flush();
  tally.used('key_1', 3, 'new', request);
  await failing;
  isDown = false;
  await tally.flush();
  expect(noted.flat().map(({ apiKeyId, model }) => [apiKeyId, model])).toEqual([
    ['key_1', 'new'],
    ['key_2', 'kept'],
  ]);
});
