import { captureBatch, creditOrder } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { countOpenAlarms, listOpenAlarms, resolveAlarm } from '../alarms.ts';
import { newClock } from '../billing.fixture.ts';
import { freezeBalance } from '../freeze-balance.ts';
import { listBooksChecks } from './books-checks.ts';
import { type BooksDeps, checkBooks } from './check-books.ts';

const clock = newClock();
let db: TestDatabase;
let deps: BooksDeps;
let chargedNanoUsd = 0n;

beforeEach(async () => {
  db = await createTestDatabase();
  chargedNanoUsd = 10n;
  deps = { database: db.database, clock, readChargedNanoUsd: async () => chargedNanoUsd };
  clock.aheadMs = 0;
  for (const organizationId of ['org_a', 'org_b'])
    await creditOrder(db.database, { orderId: organizationId, organizationId, amountNanoUsd: 100n, actor: 'test' });
  await captureBatch(db.database, {
    workerId: 'w',
    charges: [{ requestId: 'req_1', organizationId: 'org_a', chargeNanoUsd: 10n }],
  });
});
afterEach(() => db.drop());

const forge = (organizationId: string, amount: number) =>
  db.database.query('UPDATE balance SET posted_nano_usd = posted_nano_usd + $2::bigint WHERE organization_id = $1', [
    organizationId,
    amount,
  ]);
const nextMinute = () => {
  clock.aheadMs += 60_000;
  return checkBooks(deps, 'recent');
};
const frozen = async () =>
  (
    await db.database.query<{ id: string }>(
      'SELECT organization_id AS id FROM balance WHERE frozen_at IS NOT NULL ORDER BY 1',
    )
  ).map(({ id }) => id);
const alarms = async () => (await listOpenAlarms(db.database)).map(({ kind, subject }) => `${kind} ${subject}`);

test('sound books are checked every minute by one process, and it is written down when, how long and how much', async () => {
  const runs = await Promise.all(Array.from({ length: 5 }, () => checkBooks(deps, 'recent')));
  expect(runs.filter(Boolean)).toMatchObject([{ kind: 'recent', findings: [] }]);
  expect(await checkBooks(deps, 'recent')).toBeUndefined();
  expect(await nextMinute()).toMatchObject({ findings: [] });
  expect(await checkBooks(deps, 'whole')).toMatchObject({ entriesRead: 3n });
  expect(await checkBooks(deps, 'whole')).toBeUndefined();
  expect(await listBooksChecks(db.database)).toMatchObject([
    { kind: 'recent', startedAt: expect.any(Date), durationMs: expect.any(Number), findings: [] },
    { kind: 'whole', entriesRead: 3n },
  ]);
  expect(await alarms()).toEqual([]);
  expect(await frozen()).toEqual([]);
});

test('a balance that drifts freezes its organization alone, by the system, and somebody is told', async () => {
  await nextMinute();
  await forge('org_a', 5);
  expect(await nextMinute()).toMatchObject({
    findings: [{ check: 'balance_posted', subject: 'org_a', expectedNanoUsd: '90', actualNanoUsd: '95' }],
  });
  expect(await frozen()).toEqual(['org_a']);
  expect(await alarms()).toEqual(['books_drift balance_posted org_a']);
  const audit = await db.database.query(
    `SELECT actor_kind AS kind, actor_user_id AS "userId", target, detail FROM audit_log WHERE action = 'balance.freeze'`,
  );
  expect(audit).toEqual([
    {
      ...{ kind: 'system', userId: null, target: 'org_a' },
      detail: { reason: 'the books disagree: balance_posted of org_a is 95, and its entries say 90' },
    },
  ]);
});

test('who lets a balance go keeps it so while the same drift lasts; one that grows, or comes again, freezes anew', async () => {
  await forge('org_a', 5);
  await nextMinute();
  const [alarm] = await listOpenAlarms(db.database);
  await freezeBalance(db.database, { organizationId: 'org_a', frozen: false, reason: 'looked' }, { userId: 'usr_f' });
  await resolveAlarm(db.database, alarm!.id, { userId: 'usr_f' });
  await nextMinute();
  expect([await frozen(), await countOpenAlarms(db.database)]).toEqual([[], 0]);
  await forge('org_a', 1);
  await nextMinute();
  expect([await frozen(), await countOpenAlarms(db.database)]).toEqual([['org_a'], 1]);
  await forge('org_a', -6);
  expect(await nextMinute()).toMatchObject({ findings: [] });
  await freezeBalance(db.database, { organizationId: 'org_a', frozen: false, reason: 'mended' }, { userId: 'usr_f' });
  await forge('org_a', 6);
  await nextMinute();
  expect(await frozen()).toEqual(['org_a']);
});

test('a checkpoint that is wrong freezes nobody: what it suspects is looked up in all entries first', async () => {
  await nextMinute();
  await db.database.query(`INSERT INTO ledger_checkpoint VALUES ('customer:org_b:paid', 7)
    ON CONFLICT (account) DO UPDATE SET amount_nano_usd = ledger_checkpoint.amount_nano_usd + 7`);
  expect(await nextMinute()).toMatchObject({ findings: [] });
  expect([await frozen(), await alarms()]).toEqual([[], []]);
});

test('charges that the ledger did not take are told, and freeze nobody', async () => {
  chargedNanoUsd = 11n;
  expect(await nextMinute()).toMatchObject({
    findings: [{ check: 'charges', expectedNanoUsd: '11', actualNanoUsd: '10' }],
  });
  expect([await frozen(), await alarms()]).toEqual([[], ['charges_differ all']]);
});

test('a process that died over a check leaves it to the next one', async () => {
  await db.database.query(`INSERT INTO books_check (kind, claimed_until) VALUES ('recent', now() + interval '5 min')`);
  expect(await nextMinute()).toBeUndefined();
  clock.aheadMs += 5 * 60_000;
  expect(await nextMinute()).toMatchObject({ findings: [] });
});
