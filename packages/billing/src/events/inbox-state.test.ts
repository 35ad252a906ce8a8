import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readInboxState } from './inbox-state.ts';

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const event = (id: string, state: string, seconds: { occurred: number; received: number }, provider = 'stripe') =>
  db.database.query(
    `INSERT INTO payment_event (id, provider, type, object_type, object_id, livemode, occurred_at, received_at, state, applied_at)
     VALUES ($1, $2, 't', 'charge', 'o', true, now() - $4 * interval '1 second', now() - $5 * interval '1 second', $3,
       CASE WHEN $3 = 'applied' THEN now() END)`,
    [id, provider, state, seconds.occurred, seconds.received],
  );

test('an inbox that nothing ever came into says so', async () => {
  expect(await readInboxState(db.database, 'stripe')).toEqual({
    ...{ lastReceivedAt: null, lastLagSeconds: null, waiting: 0, oldestWaitingSeconds: null, failed: 0 },
  });
});

test('it tells of the last event, of those that wait and those that failed, of one provider', async () => {
  await event('evt_1', 'applied', { occurred: 14, received: 10 });
  await event('evt_2', 'received', { occurred: 400, received: 300 });
  await event('evt_3', 'received', { occurred: 60, received: 50 });
  await event('evt_4', 'failed', { occurred: 90, received: 80 });
  await event('evt_5', 'received', { occurred: 9_000, received: 9_000 }, 'sandbox');
  const state = await readInboxState(db.database, 'stripe');
  expect(state).toMatchObject({ waiting: 2, failed: 1, lastReceivedAt: expect.any(Date) });
  expect(state.lastLagSeconds).toBeCloseTo(4, 1);
  expect(state.oldestWaitingSeconds).toBeGreaterThanOrEqual(300);
  expect(state.oldestWaitingSeconds).toBeLessThan(400);
});
