import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { batch } from './charges.fixture.ts';
import {
  captureBatch,
  creditOrder,
  expireLeases,
  grantCredit,
  readBalance,
  startWorker,
  takeLease,
  verifyBooks,
} from './index.ts';

let db: TestDatabase;
let organizationId = '';
let counter = 0;
const worker = { workerId: 'worker', epoch: 0n };

beforeAll(async () => {
  db = await createTestDatabase();
  worker.epoch = (await startWorker(db.database, { workerId: 'worker', address: 'here' })).epoch;
});
afterAll(() => db.drop());
beforeEach(async () => {
  organizationId = `org_${++counter}`;
  await credit(organizationId, 100n, 1_000n);
});

async function credit(id: string, granted: bigint, paid: bigint) {
  const grant = { key: `grant:${id}`, organizationId: id, amountNanoUsd: granted, reason: 'test', actor: 'test' };
  await grantCredit(db.database, grant);
  await creditOrder(db.database, { orderId: `ord_${id}`, organizationId: id, amountNanoUsd: paid, actor: 'test' });
}

function lease(wantNanoUsd: bigint) {
  return takeLease(db.database, { ...worker, organizationId, wantNanoUsd, minNanoUsd: 1n, ttlMs: 60_000 });
}

function capture(...charges: [request: string, charge: bigint][]) {
  const records = charges.map(([request, charge]): [string, string, bigint] => [
    `${organizationId}-${request}`,
    organizationId,
    charge,
  ]);
  return captureBatch(db.database, { workerId: 'worker', charges: batch(...records) });
}

function entries() {
  return db.database.query(
    `SELECT substr(key, length($1) + 10) AS request, leg, kind, debit_account AS debit, credit_account AS credit, amount_nano_usd AS amount
     FROM ledger_entry WHERE organization_id = $1 AND kind IN ('capture', 'overrun') ORDER BY key, leg`,
    [organizationId],
  );
}

test('a capture takes posted, held and the lease down together, and books granted credit before paid', async () => {
  await lease(500n);
  expect(await capture(['a', 60n], ['b', 70n], ['free', 0n], ['c', 30n])).toEqual({
    captured: 3,
    duplicates: 0,
    overrunNanoUsd: 0n,
    leases: [{ organizationId, capturedNanoUsd: 160n, leaseNanoUsd: 340n }],
  });
  const [granted, paid] = [`customer:${organizationId}:granted`, `customer:${organizationId}:paid`];
  const credit = 'house:revenue';
  expect(await entries()).toEqual([
    { request: 'a', leg: 0, kind: 'capture', debit: granted, credit, amount: 60n },
    { request: 'b', leg: 0, kind: 'capture', debit: granted, credit, amount: 40n },
    { request: 'b', leg: 1, kind: 'capture', debit: paid, credit, amount: 30n },
    { request: 'c', leg: 1, kind: 'capture', debit: paid, credit, amount: 30n },
  ]);
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 940n, heldNanoUsd: 340n });
  expect(await verifyBooks(db.database)).toEqual([]);
});

test('a request is captured once, within a batch and across batches, at the first charge named', async () => {
  await lease(500n);
  expect(await capture(['a', 10n], ['a', 99n], ['b', 5n])).toMatchObject({ captured: 2, duplicates: 1 });
  expect(await capture(['b', 5n], ['a', 10n])).toEqual({ captured: 0, duplicates: 2, overrunNanoUsd: 0n, leases: [] });
  expect(await capture(['a', 10n], ['d', 1n])).toMatchObject({ captured: 1, duplicates: 1 });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 1_084n, heldNanoUsd: 484n });
});

test('the same batch from two connections at once counts once', async () => {
  const organizations = ['x', 'y', 'z'].map((name) => `${organizationId}-${name}`);
  for (const id of organizations) await credit(id, 1_000n, 1_000n);
  const records = Array.from({ length: 300 }, (_, index): [string, string, bigint] => [
    `${organizationId}-twice-${index}`,
    organizations[index % 3]!,
    5n,
  ]);
  const twice = [records, records.toReversed()].map((some) =>
    captureBatch(db.database, { workerId: 'worker', charges: batch(...some) }),
  );
  const results = await Promise.all(twice);
  expect(results.map((result) => result.captured).toSorted()).toEqual([0, 300]);
  for (const id of organizations) expect(await readBalance(db.database, id)).toMatchObject({ postedNanoUsd: 1_500n });
  expect(await verifyBooks(db.database)).toEqual([]);
});

test('beyond the lease comes what is available, and beyond that the house pays: never below zero, never an error', async () => {
  await lease(50n);
  await takeLease(db.database, {
    workerId: 'other',
    epoch: (await startWorker(db.database, { workerId: 'other', address: 'there' })).epoch,
    organizationId,
    wantNanoUsd: 1_000n,
    minNanoUsd: 1n,
    ttlMs: 60_000,
  });
  expect(await capture(['a', 70n], ['b', 70n])).toEqual({
    captured: 2,
    duplicates: 0,
    overrunNanoUsd: 40n,
    leases: [{ organizationId, capturedNanoUsd: 100n, leaseNanoUsd: 0n }],
  });
  expect(await capture(['c', 9n])).toMatchObject({ captured: 1, overrunNanoUsd: 9n });
  expect(await capture(['b', 70n], ['c', 9n])).toMatchObject({ captured: 0, duplicates: 2, overrunNanoUsd: 0n });
  expect((await entries()).slice(2)).toEqual([
    expect.objectContaining({ request: 'b', leg: 2, kind: 'overrun', debit: 'house:overrun', amount: 40n }),
    expect.objectContaining({ request: 'c', leg: 2, kind: 'overrun', debit: 'house:overrun', amount: 9n }),
  ]);
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 1_000n, heldNanoUsd: 1_000n });
  expect(await verifyBooks(db.database)).toEqual([]);
});

test('a worker that slept past its lease settles late, once, from what is available', async () => {
  await lease(500n);
  await db.database.query(`UPDATE credit_lease SET expires_at = now() - interval '1 s'`);
  await expireLeases(db.database);
  expect(await capture(['late', 60n])).toMatchObject({ captured: 1, overrunNanoUsd: 0n });
  expect(await capture(['late', 60n])).toMatchObject({ captured: 0, duplicates: 1 });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 1_040n, heldNanoUsd: 0n });
  worker.epoch = (await startWorker(db.database, { workerId: 'worker', address: 'here' })).epoch;
});

test('an organization that the ledger never saw costs the house, not an error', async () => {
  organizationId = 'org_unheard_of';
  expect(await capture(['a', 7n])).toMatchObject({ captured: 1, overrunNanoUsd: 7n });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 0n });
  expect(await verifyBooks(db.database)).toEqual([]);
});

test('an empty batch and one without charges change nothing', async () => {
  const nothing = { captured: 0, duplicates: 0, overrunNanoUsd: 0n, leases: [] };
  expect(await captureBatch(db.database, { workerId: 'worker', charges: [] })).toEqual(nothing);
  expect(await capture(['free', 0n])).toEqual(nothing);
});
