import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { admitWithin, type Backoff, forgetOldTries, forgetTries, forgiveTry, takeTry } from './throttle.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const backoff: Backoff = { freeTries: 3, firstWaitMs: 1_000, maxWaitMs: 5_000, forgetAfterMs: 60_000 };
const start = new Date('2026-11-27T10:00:00Z').getTime();
const at = (ms: number) => new Date(start + ms);
const take = (key: string, ms: number) => takeTry(db.database, key, backoff, at(ms));

test('tries are free up to a bound, then each waits twice as long as the one before, up to a most', async () => {
  for (let i = 0; i < 3; i++) expect(await take('a', i)).toBe(0);
  expect(await take('a', 2)).toBe(1_000);
  expect(await take('a', 1_001)).toBe(1);
  expect(await take('a', 1_002)).toBe(0);
  expect(await take('a', 1_002)).toBe(2_000);
  expect(await take('a', 3_002)).toBe(0);
  expect(await take('a', 3_002)).toBe(4_000);
  expect(await take('a', 7_002)).toBe(0);
  expect(await take('a', 7_002)).toBe(5_000);
  expect(await take('b', 7_002)).toBe(0);
});

test('waiting in vain makes nothing longer, and a long silence is forgiven', async () => {
  for (let i = 0; i < 3; i++) await take('c', 0);
  for (let i = 0; i < 20; i++) expect(await take('c', 500)).toBe(500);
  expect(await take('c', 1_000)).toBe(0);
  for (let i = 0; i < 3; i++) expect(await take('c', 61_001)).toBe(0);
  expect(await take('c', 61_001)).toBe(1_000);
});

test('of many tries at once no more than the bound are made', async () => {
  const waits = await Promise.all(Array.from({ length: 30 }, () => take('d', 0)));
  expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
});

test('a try that ended well does not count, and forgetting begins anew', async () => {
  for (let i = 0; i < 20; i++) {
    expect(await take('e', i)).toBe(0);
    await forgiveTry(db.database, 'e');
  }
  for (let i = 0; i < 3; i++) await take('e', 100);
  await forgetTries(db.database, 'e');
  expect(await take('e', 100)).toBe(0);
});

test('a window admits so many, also at once, and begins anew after its time', async () => {
  const window = { maxTries: 5, windowMs: 1_000 };
  const admitted = await Promise.all(Array.from({ length: 20 }, () => admitWithin(db.database, 'f', window, at(0))));
  expect(admitted.filter(Boolean)).toHaveLength(5);
  expect(await admitWithin(db.database, 'f', window, at(999))).toBe(false);
  expect(await admitWithin(db.database, 'f', window, at(1_000))).toBe(true);
});

test('what nothing counts any more is forgotten', async () => {
  await take('g', 0);
  await take('h', 3 * 24 * 60 * 60_000);
  await forgetOldTries(db.database, at(3 * 24 * 60 * 60_000));
  const keys = await db.database.query<{ key: string }>(`SELECT key FROM throttle`);
  expect(keys).toEqual([{ key: 'h' }]);
});
