import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  captureHold,
  expireLeases,
  grantCredit,
  placeHold,
  prolongHold,
  readBalance,
  releaseHold,
  releaseWorkerLeases,
  startWorker,
  takeLease,
  verifyBooks,
} from './index.ts';

const ttlMs = 60_000;
let db: TestDatabase;
let organizationId = '';
let counter = 0;

beforeAll(async () => {
  db = await createTestDatabase(32);
});
afterAll(() => db.drop());
beforeEach(async () => {
  organizationId = `org_${++counter}`;
  const grant = { key: `grant:${organizationId}`, amountNanoUsd: 100n, reason: 'test', actor: 'test' };
  await grantCredit(db.database, { ...grant, organizationId });
});

const place = (key: string, amountNanoUsd: bigint) =>
  placeHold(db.database, { key, organizationId, amountNanoUsd, ttlMs });
const capture = (key: string, chargeNanoUsd: bigint) =>
  captureHold(db.database, { key, organizationId, requestId: `${organizationId}-${key}`, chargeNanoUsd });
const balance = () => readBalance(db.database, organizationId);

test('a hold takes from what is available, whole or not at all, and once per key', async () => {
  expect(await place('a', 60n)).toBe('placed');
  expect(await place('a', 60n)).toBe('duplicate');
  expect(await place('b', 41n)).toBe('insufficient');
  expect(await place('c', 2n ** 70n)).toBe('insufficient');
  expect(await place('b', 40n)).toBe('placed');
  expect(await balance()).toMatchObject({ postedNanoUsd: 100n, heldNanoUsd: 100n, availableNanoUsd: 0n });
  expect(await verifyBooks(db.database)).toEqual([]);
});

test('of 200 holds of 1 asked for over 32 connections on a balance of 100, exactly 100 are placed', async () => {
  const asked = await Promise.all(Array.from({ length: 200 }, (_, index) => place(`many-${index}`, 1n)));
  expect(asked.filter((result) => result === 'placed')).toHaveLength(100);
  expect(await balance()).toMatchObject({ heldNanoUsd: 100n });
});

test('the charge comes out of the hold, the rest is available again, and all of it happens once', async () => {
  await place('a', 60n);
  expect(await capture('a', 25n)).toMatchObject({ captured: 1, overrunNanoUsd: 0n });
  expect(await capture('a', 25n)).toMatchObject({ captured: 0, duplicates: 1 });
  expect(await balance()).toMatchObject({ postedNanoUsd: 75n, heldNanoUsd: 0n });
  expect(await releaseHold(db.database, { key: 'a', organizationId })).toEqual({ releasedNanoUsd: 0n });
});

test('a charge above the hold takes what is available, and then costs the house', async () => {
  await place('a', 60n);
  await place('b', 10n);
  expect(await capture('a', 95n)).toMatchObject({ captured: 1, overrunNanoUsd: 5n });
  expect(await balance()).toMatchObject({ postedNanoUsd: 10n, heldNanoUsd: 10n });
  expect(await verifyBooks(db.database)).toEqual([]);
});

test('a hold that nobody prolongs runs out, and its charge is still captured', async () => {
  await place('a', 60n);
  await place('b', 30n);
  const lapse = `UPDATE credit_lease SET expires_at = now() - interval '1 s' WHERE organization_id = $1`;
  await db.database.query(lapse, [organizationId]);
  expect(await prolongHold(db.database, { key: 'b', organizationId, ttlMs })).toEqual({ held: true });
  expect(await expireLeases(db.database)).toEqual({ expired: 1, releasedNanoUsd: 60n });
  expect(await prolongHold(db.database, { key: 'a', organizationId, ttlMs })).toEqual({ held: false });
  expect(await capture('a', 40n)).toMatchObject({ captured: 1, overrunNanoUsd: 0n });
  expect(await balance()).toMatchObject({ postedNanoUsd: 60n, heldNanoUsd: 30n });
});

test('workers come and go without touching a hold, and what it holds is not told to be got back by a recall', async () => {
  await place('a', 60n);
  const worker = { workerId: `w-${organizationId}`, address: 'here' };
  const { epoch } = await startWorker(db.database, worker);
  const wish = { workerId: worker.workerId, epoch, organizationId, wantNanoUsd: 50n, minNanoUsd: 50n, ttlMs };
  expect(await takeLease(db.database, wish)).toMatchObject({ grantedNanoUsd: 0n, heldElsewhereNanoUsd: 0n });
  expect(await takeLease(db.database, { ...wish, minNanoUsd: 1n })).toMatchObject({ grantedNanoUsd: 40n });
  expect(await place('b', 40n)).toBe('in_use');
  await releaseWorkerLeases(db.database, { workerId: worker.workerId, beforeEpoch: epoch + 1n });
  expect(await balance()).toMatchObject({ heldNanoUsd: 60n });
});

test('a suspended organization and a frozen balance get no hold', async () => {
  await db.database.query('UPDATE balance SET frozen_at = now() WHERE organization_id = $1', [organizationId]);
  expect(await place('a', 1n)).toBe('frozen');
});
