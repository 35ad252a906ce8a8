import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addModelHealth } from './model-health.ts';
import { readModelHealthDays } from './model-health-days.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

test('steps add up to the UTC day they began in, whatever the zone of the session; the end is not included', async () => {
  const step = (at: string, requests: number, failures: number, model = 'm') => ({
    ...{ at: new Date(at), model, provider: 'p', requests, failures, firstByteCounts: [requests - failures] },
  });
  await addModelHealth(db.database, [
    step('2026-11-19T23:55:00Z', 100, 0),
    step('2026-11-20T00:00:00Z', 3, 1),
    step('2026-11-20T23:55:00Z', 4, 0),
    step('2026-11-21T00:00:00Z', 5, 5),
    step('2026-11-21T00:00:00Z', 1, 0, 'other'),
    step('2026-11-22T00:00:00Z', 100, 0),
  ]);
  const days = { from: new Date('2026-11-20T00:00:00Z'), to: new Date('2026-11-22T00:00:00Z') };
  const read = await db.database.transaction(async (sql) => {
    await sql.query(`SET LOCAL TIME ZONE 'Asia/Shanghai'`);
    return readModelHealthDays(sql, days);
  });
  expect(read).toEqual([
    { day: '2026-11-20', model: 'm', provider: 'p', requests: 7, failures: 1 },
    { day: '2026-11-21', model: 'm', provider: 'p', requests: 5, failures: 5 },
    { day: '2026-11-21', model: 'other', provider: 'p', requests: 1, failures: 0 },
  ]);
});
