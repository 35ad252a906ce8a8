import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { firstByteBoundsMs, firstByteQuantile, firstByteStep, firstByteSteps } from './first-byte.ts';
import { addModelHealth, forgetModelHealth, type ModelHealthSums, readModelHealth } from './model-health.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(() => db.database.query('TRUNCATE model_health'));
afterAll(() => db.drop());

const countsOf = (...times: number[]) => {
  const counts = new Array<number>(firstByteSteps).fill(0);
  for (const ms of times) counts[firstByteStep(ms)]!++;
  return counts;
};
const sums = (over: Partial<ModelHealthSums> = {}): ModelHealthSums => ({
  at: new Date('2026-11-21T10:00:00Z'),
  model: 'm',
  provider: 'p',
  requests: 0,
  failures: 0,
  firstByteCounts: countsOf(),
  ...over,
});
const hour = { from: new Date('2026-11-21T10:00:00Z'), to: new Date('2026-11-21T11:00:00Z') };

test('sums of several workers and steps add up; availability is what did not fail', async () => {
  const later = new Date('2026-11-21T10:55:00Z');
  await addModelHealth(db.database, [
    sums({ requests: 10, failures: 1, firstByteCounts: countsOf(40, 40, 40) }),
    sums({ provider: 'q', requests: 3, failures: 3 }),
  ]);
  await addModelHealth(db.database, [sums({ requests: 10, failures: 1, firstByteCounts: countsOf(40) })]);
  await addModelHealth(db.database, [sums({ at: later, requests: 20, failures: 2, firstByteCounts: countsOf(500) })]);
  await addModelHealth(db.database, [sums({ at: hour.to, requests: 99, failures: 99 })]);
  await addModelHealth(db.database, []);
  const read = await readModelHealth(db.database, hour);
  expect(read).toMatchObject([
    { model: 'm', provider: 'p', requests: 40, failures: 4, availability: 0.9, firstByteP50Ms: 31 },
    { model: 'm', provider: 'q', requests: 3, failures: 3, availability: 0, firstByteP50Ms: undefined },
  ]);
  expect(read[0]?.firstByteP95Ms).toBeGreaterThan(330);
});

test('the same step written by many at once loses nothing', async () => {
  const one = sums({ requests: 1, failures: 1, firstByteCounts: countsOf(100) });
  const other = sums({ model: 'n', requests: 1 });
  await Promise.all(
    Array.from({ length: 20 }, (_, index) => addModelHealth(db.database, index % 2 ? [one, other] : [other, one])),
  );
  expect(await readModelHealth(db.database, hour)).toMatchObject([
    { model: 'm', requests: 20, failures: 20 },
    { model: 'n', requests: 20, failures: 0 },
  ]);
});

test('old steps are dropped, young ones stay', async () => {
  await addModelHealth(db.database, [sums({ requests: 1 }), sums({ at: hour.to, requests: 1 })]);
  await forgetModelHealth(db.database, hour.to);
  const all = { from: new Date(0), to: new Date('2027-01-01T00:00:00Z') };
  expect(await readModelHealth(db.database, all)).toMatchObject([{ requests: 1 }]);
});

test('a quantile lies in the step of the value that it stands for', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 70_000 }), { minLength: 1, maxLength: 200 }),
      fc.constantFrom(0.5, 0.95, 1),
      (times, share) => {
        const sorted = [...times].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] as number;
        const told = firstByteQuantile(countsOf(...times), share) as number;
        const step = firstByteStep(exact);
        expect(told).toBeLessThanOrEqual(firstByteBoundsMs[step] ?? 60_000);
        expect(told).toBeGreaterThanOrEqual(firstByteBoundsMs[step - 1] ?? 0);
      },
    ),
  );
});

test('nothing counted has no quantile', () => {
  expect(firstByteQuantile(countsOf(), 0.5)).toBeUndefined();
  expect(firstByteQuantile([], 0.5)).toBeUndefined();
});
