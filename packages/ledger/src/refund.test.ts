import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { batch } from './charges.fixture.ts';
import {
  cancelRefund,
  captureBatch,
  creditOrder,
  freezeForDispute,
  grantCredit,
  listEntries,
  readBalance,
  readOrderCredit,
  releaseLease,
  reserveRefund,
  settleRefund,
  startWorker,
  takeBackCredit,
  takeLease,
  unfreezeDispute,
  verifyBooks,
  writeOffDispute,
} from './index.ts';

const ttlMs = 60_000;
const actor = 'test';
let db: TestDatabase;
let organizationId = '';
let counter = 0;

beforeAll(async () => {
  db = await createTestDatabase(32);
});
afterAll(async () => {
  expect(await verifyBooks(db.database)).toEqual([]);
  await db.drop();
});
beforeEach(() => {
  organizationId = `org_refund_${++counter}`;
});

const order = (name = 'a') => `ord_${organizationId}_${name}`;
const pay = (amountNanoUsd: bigint, name?: string) =>
  creditOrder(db.database, { orderId: order(name), organizationId, amountNanoUsd, actor });
const refund = (amountNanoUsd: bigint, name?: string) => ({
  ...{ refundId: `rfd_${organizationId}`, organizationId, orderId: order(name), amountNanoUsd, actor },
});
const dispute = (amountNanoUsd: bigint) => ({ ...refund(amountNanoUsd), disputeId: `dsp_${organizationId}` });
const posted = async () => (await readBalance(db.database, organizationId)).postedNanoUsd;
const spend = (amount: bigint, request = 'r') =>
  captureBatch(db.database, {
    workerId: 'w',
    charges: batch([`${organizationId}-${request}`, organizationId, amount]),
  });

test('a refund takes only what its own order has left, leaves the balance at once, and is settled once', async () => {
  await pay(100n);
  await pay(50n, 'b');
  await spend(30n);
  expect(await reserveRefund(db.database, refund(71n))).toBe('insufficient');
  expect(await reserveRefund(db.database, refund(70n))).toBe('reserved');
  expect(await reserveRefund(db.database, refund(70n))).toBe('duplicate');
  expect(await posted()).toBe(50n);
  expect(await settleRefund(db.database, refund(0n))).toEqual({ applied: true });
  expect(await settleRefund(db.database, refund(0n))).toEqual({ applied: false });
  expect(await reserveRefund(db.database, refund(10n))).toBe('ended');
  expect(await readOrderCredit(db.database, order())).toEqual({
    ...{ boughtNanoUsd: 100n, leftNanoUsd: 0n },
    setAside: [{ key: `refund:rfd_${organizationId}`, amountNanoUsd: 70n }],
  });
  expect(await posted()).toBe(50n);
});

test('granted credit is never refunded', async () => {
  await grantCredit(db.database, {
    key: `g:${organizationId}`,
    organizationId,
    amountNanoUsd: 90n,
    reason: 'x',
    actor,
  });
  expect(await reserveRefund(db.database, refund(1n))).toBe('insufficient');
});

test('a refund whose money did not leave gives its credit back to the lot it came from, once, even after it was settled', async () => {
  await pay(100n);
  await reserveRefund(db.database, refund(60n));
  await settleRefund(db.database, refund(0n));
  expect(await cancelRefund(db.database, refund(0n))).toEqual({ applied: true });
  expect(await cancelRefund(db.database, refund(0n))).toEqual({ applied: false });
  expect(await readOrderCredit(db.database, order())).toEqual({ boughtNanoUsd: 100n, leftNanoUsd: 100n, setAside: [] });
  expect(await posted()).toBe(100n);
  const { entries } = await listEntries(db.database, { organizationId, limit: 10 });
  expect(entries.map(({ kind, amountNanoUsd }) => [kind, amountNanoUsd])).toEqual([
    ['refund', 60n],
    ['refund', -60n],
    ['order', 100n],
  ]);
});

test('what workers lease is not refunded under them, and what a refund took cannot be leased', async () => {
  await pay(100n);
  const worker = { workerId: `w_${organizationId}`, address: 'here' };
  const { epoch } = await startWorker(db.database, worker);
  const lease = { workerId: worker.workerId, epoch, organizationId, minNanoUsd: 1n, ttlMs };
  await takeLease(db.database, { ...lease, wantNanoUsd: 40n });
  expect(await reserveRefund(db.database, refund(61n))).toBe('in_use');
  await releaseLease(db.database, { ...lease, amountNanoUsd: 30n });
  expect(await reserveRefund(db.database, refund(90n))).toBe('reserved');
  expect(await takeLease(db.database, { ...lease, wantNanoUsd: 5n })).toMatchObject({ grantedNanoUsd: 0n });
});

test('a refund against 300 charges at once never leaves more or less than was there', async () => {
  await pay(300n);
  const captured = await Promise.all(
    Array.from({ length: 300 }, async (_, index) => {
      const [charge] = await Promise.all([
        spend(1n, `race-${index}`),
        index % 10 === 5 ? reserveRefund(db.database, refund(200n)) : undefined,
      ]);
      return charge;
    }),
  );
  const overrun = captured.reduce((sum, one) => sum + one.overrunNanoUsd, 0n);
  const { setAside } = (await readOrderCredit(db.database, order()))!;
  const refunded = setAside.reduce((sum, one) => sum + one.amountNanoUsd, 0n);
  expect([0n, 200n]).toContain(refunded);
  expect(300n - overrun + refunded + (await posted())).toBe(300n);
});

test('a refund made elsewhere takes its order’s credit first, then all other, and the house bears what is missing', async () => {
  await pay(100n);
  await spend(80n);
  await pay(50n, 'b');
  await grantCredit(db.database, {
    key: `g:${organizationId}`,
    organizationId,
    amountNanoUsd: 10n,
    reason: 'x',
    actor,
  });
  expect(await takeBackCredit(db.database, refund(100n))).toEqual({ takenNanoUsd: 80n });
  expect(await posted()).toBe(0n);
  await settleRefund(db.database, { ...refund(0n), shortfallNanoUsd: 20n });
  const [house] = await db.database.query(
    `SELECT sum(CASE WHEN credit_account = 'house:payments' THEN amount_nano_usd ELSE -amount_nano_usd END) AS amount
     FROM ledger_entry WHERE organization_id = $1 AND 'house:payments' IN (credit_account, debit_account)`,
    [organizationId],
  );
  expect(house).toEqual({ amount: '-50' });
  await cancelRefund(db.database, refund(0n));
  expect(await posted()).toBe(80n);
  const lots = await db.database.query<{ left: bigint }>(
    'SELECT left_nano_usd AS "left" FROM credit_lot WHERE organization_id = $1 ORDER BY kind, created_at, id',
    [organizationId],
  );
  expect(lots.map(({ left }) => left)).toEqual([10n, 20n, 50n]);
});

test('a dispute sets aside what its order has left as it comes free, and gives it back or writes it off once', async () => {
  await pay(100n);
  const worker = { workerId: `w_${organizationId}`, address: 'here' };
  const { epoch } = await startWorker(db.database, worker);
  const lease = { workerId: worker.workerId, epoch, organizationId, minNanoUsd: 1n, ttlMs };
  await takeLease(db.database, { ...lease, wantNanoUsd: 40n });
  expect(await freezeForDispute(db.database, dispute(100n))).toEqual({ frozenNanoUsd: 60n });
  await releaseLease(db.database, { ...lease, amountNanoUsd: 40n });
  expect(await freezeForDispute(db.database, dispute(100n))).toEqual({ frozenNanoUsd: 100n });
  expect(await posted()).toBe(0n);
  expect(await reserveRefund(db.database, refund(1n))).toBe('insufficient');
  expect(await unfreezeDispute(db.database, dispute(0n))).toEqual({ applied: true });
  expect(await posted()).toBe(100n);
  expect(await writeOffDispute(db.database, { ...dispute(0n), shortfallNanoUsd: 0n })).toEqual({ applied: false });
});

test('a frozen balance is not refunded', async () => {
  await pay(100n);
  await db.database.query('UPDATE balance SET frozen_at = now() WHERE organization_id = $1', [organizationId]);
  expect(await reserveRefund(db.database, refund(1n))).toBe('frozen');
});
