import { readBalance, startWorker, takeLease, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { secondPersonAboveNanoUsd as limit, newClock } from '../billing.fixture.ts';
import type { BillingDeps } from '../deps.ts';
import { adjustBalance, decideAdjustment, listProposedAdjustments } from './adjust-balance.ts';

const clock = newClock();
let db: TestDatabase;
let deps: BillingDeps;
let organizationId = '';
let counter = 0;

beforeAll(async () => {
  db = await createTestDatabase(20);
  const providers = { current: undefined, find: () => undefined };
  deps = { database: db.database, providers, clock, secondPersonAboveNanoUsd: limit, siteUrl: '' };
});
afterAll(async () => {
  expect(await verifyBooks(db.database)).toEqual([]);
  await db.drop();
});
beforeEach(() => {
  organizationId = `org_adjust_${++counter}`;
});

const change = (amountNanoUsd: bigint, userId = 'usr_a', reason = 'goodwill') =>
  adjustBalance(deps, { organizationId, amountNanoUsd, reason, actor: { userId } });
const decide = (id: string, userId: string, isApproved = true) =>
  decideAdjustment(deps, { id, isApproved, actor: { userId } });
const posted = async () => (await readBalance(db.database, organizationId)).postedNanoUsd;

test('a small correction applies at once, up or down, with its reason and its author in the audit', async () => {
  expect(await change(500n)).toMatchObject({ state: 'applied', requestedByUserId: 'usr_a' });
  await change(-200n);
  expect(await posted()).toBe(300n);
  const audit = await db.database.query(
    `SELECT actor_user_id AS by, detail FROM audit_log WHERE organization_id = $1 AND action = 'adjustment.apply' ORDER BY id`,
    [organizationId],
  );
  expect(audit).toEqual([
    { by: 'usr_a', detail: { amountNanoUsd: '500', reason: 'goodwill' } },
    { by: 'usr_a', detail: { amountNanoUsd: '-200', reason: 'goodwill' } },
  ]);
});

test('a large one waits for somebody else, and applies once', async () => {
  const { id, state } = await change(limit + 1n);
  expect(state).toBe('proposed');
  expect(await posted()).toBe(0n);
  expect((await listProposedAdjustments(deps)).map((one) => one.id)).toContain(id);
  await expect(decide(id, 'usr_a')).rejects.toMatchObject({ code: 'another_person_needed' });
  const decisions = await Promise.allSettled(Array.from({ length: 5 }, (_, index) => decide(id, `usr_b_${index}`)));
  expect(decisions.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await posted()).toBe(limit + 1n);
});

test('many small ones of a day are a large one', async () => {
  const all = await Promise.all(Array.from({ length: 5 }, () => change(limit / 3n)));
  expect(all.filter(({ state }) => state === 'applied')).toHaveLength(3);
  expect(await posted()).toBe((limit / 3n) * 3n);
});

test('one that is rejected moves nothing, for ever', async () => {
  const { id } = await change(limit * 2n);
  expect(await decide(id, 'usr_a', false)).toMatchObject({ state: 'rejected' });
  await expect(decide(id, 'usr_b')).rejects.toMatchObject({ code: 'adjustment_closed' });
  expect(await posted()).toBe(0n);
});

test('nothing is taken that is not there, or that requests under way hold, and nothing is written of it', async () => {
  await expect(change(0n)).rejects.toMatchObject({ code: 'amount_invalid' });
  await expect(change(5n, 'usr_a', ' ')).rejects.toMatchObject({ code: 'reason_needed' });
  await change(100n);
  await expect(change(-101n)).rejects.toMatchObject({ code: 'insufficient_balance' });
  const { epoch } = await startWorker(db.database, { workerId: organizationId, address: 'here' });
  const lease = { workerId: organizationId, epoch, organizationId, wantNanoUsd: 60n, minNanoUsd: 1n, ttlMs: 60_000 };
  await takeLease(db.database, lease);
  await expect(change(-50n)).rejects.toMatchObject({ code: 'balance_in_use' });
  const [row] = await db.database.query(
    'SELECT count(*)::integer AS count FROM adjustment WHERE organization_id = $1',
    [organizationId],
  );
  expect(row).toEqual({ count: 1 });
});
