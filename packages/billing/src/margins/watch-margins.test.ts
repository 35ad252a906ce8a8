import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countOpenAlarms, listOpenAlarms, resolveAlarm } from '../alarms.ts';
import { newClock } from '../billing.fixture.ts';
import { type MarginsDeps, watchMargins } from './watch-margins.ts';

const clock = newClock();
const usd = 1_000_000_000n;
type ModelDay = Awaited<ReturnType<MarginsDeps['readModelDays']>>[number];

let db: TestDatabase;
let days: ModelDay[];
let askedFrom: Date;
let deps: MarginsDeps;
beforeEach(async () => {
  db = await createTestDatabase();
  clock.aheadMs = 0;
  const readModelDays = async (_: unknown, from: Date) => {
    askedFrom = from;
    return days;
  };
  deps = { database: db.database, clock, readModelDays };
});
afterEach(() => db.drop());

const sold = (chargeNanoUsd: bigint, costNanoUsd: bigint, more: Partial<ModelDay> = {}): ModelDay => ({
  ...{ day: '2026-11-28', model: 'm', chargeNanoUsd, costNanoUsd, uncostedNanoUsd: 0n },
  ...more,
});
const alarms = async () =>
  (await listOpenAlarms(db.database)).map(({ kind, subject, detail }) => [kind, subject, detail]);

test('a model that costs more than it was charged, and more than a dollar, is told with both amounts', async () => {
  days = [
    sold(2n * usd, 2n * usd + 1n),
    sold(2n * usd, 2n * usd, { model: 'even' }),
    sold(0n, usd, { model: 'a dollar' }),
    sold(5n * usd, 2n * usd, { model: 'mostly before costs were kept', uncostedNanoUsd: 4n * usd }),
  ];
  await watchMargins(deps);
  expect(await alarms()).toEqual([
    [
      ...['sold_below_cost', '2026-11-28 mostly before costs were kept'],
      { model: 'mostly before costs were kept', chargeUsd: '1', costUsd: '2' },
    ],
    ['sold_below_cost', '2026-11-28 m', { model: 'm', chargeUsd: '2', costUsd: '2.000000001' }],
  ]);
  expect(await countOpenAlarms(db.database, 'sold_below_cost')).toBe(2);
  expect(await countOpenAlarms(db.database, 'books_drift')).toBe(0);
  expect(askedFrom.getTime()).toBeLessThanOrEqual(clock.now() - 86_400_000);
});

test('a loss that goes on is one alarm with what is so now, and one dealt with is quiet until the next day', async () => {
  days = [sold(usd, 2n * usd)];
  await watchMargins(deps);
  days = [sold(3n * usd, 6n * usd)];
  await watchMargins(deps);
  expect(await alarms()).toMatchObject([['sold_below_cost', '2026-11-28 m', { chargeUsd: '3', costUsd: '6' }]]);
  const [alarm] = await listOpenAlarms(db.database);
  await resolveAlarm(db.database, alarm!.id, { userId: 'usr_f' });
  days = [sold(4n * usd, 8n * usd), sold(usd, 2n * usd, { day: '2026-11-29' })];
  await watchMargins(deps);
  expect(await alarms()).toMatchObject([['sold_below_cost', '2026-11-29 m', { costUsd: '2' }]]);
});
