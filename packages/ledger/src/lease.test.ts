import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  expireLeases,
  grantCredit,
  ledgerChannels,
  readBalance,
  recallLeases,
  releaseLease,
  releaseWorkerLeases,
  renewLeases,
  startWorker,
  takeLease,
  verifyBooks,
} from './index.ts';

let db: TestDatabase;
let organizationId = '';
let counter = 0;
const ttlMs = 60_000;
const connections = 32;

beforeAll(async () => {
  db = await createTestDatabase(connections);
});
afterAll(() => db.drop());
beforeEach(async () => {
  organizationId = `org_${++counter}`;
  const grant = { key: `grant:${organizationId}`, amountNanoUsd: 10n, reason: 'test', actor: 'test' };
  await grantCredit(db.database, { ...grant, organizationId });
});

async function life(workerId: string) {
  return { workerId, ...(await startWorker(db.database, { workerId, address: 'here' })) };
}

function take(worker: { workerId: string; epoch: bigint }, wantNanoUsd: bigint, minNanoUsd = 1n) {
  return takeLease(db.database, { ...worker, organizationId, wantNanoUsd, minNanoUsd, ttlMs });
}

test('of 1,000 leases of 1 asked for over 32 connections on a balance of 10, exactly 10 are granted', async () => {
  const workers = await Promise.all(['many-1', 'many-2', 'many-3', 'many-4'].map(life));
  let granted = 0;
  const asking = Array.from({ length: connections }, async (_, connection) => {
    for (let ask = connection; ask < 1_000; ask += connections) {
      if ((await take(workers[ask % 4]!, 1n)).grantedNanoUsd === 1n) granted++;
    }
  });
  await Promise.all(asking);
  expect(granted).toBe(10);
  expect(await readBalance(db.database, organizationId)).toEqual({
    postedNanoUsd: 10n,
    heldNanoUsd: 10n,
    availableNanoUsd: 0n,
    frozen: false,
  });
  expect(await verifyBooks(db.database)).toEqual([]);
});

test('a lease is granted in part down to the minimum, and not at all below it', async () => {
  const worker = await life('part');
  expect(await take(worker, 50n, 11n)).toMatchObject({ grantedNanoUsd: 0n, availableNanoUsd: 10n });
  expect(await take(worker, 50n, 10n)).toMatchObject({ grantedNanoUsd: 10n, leaseNanoUsd: 10n, availableNanoUsd: 0n });
});

test('a refused worker learns how much others hold, and can ask for it back', async () => {
  const [rich, poor] = [await life('rich'), await life('poor')];
  await take(rich, 9n);
  expect(await take(poor, 5n, 5n)).toMatchObject({
    grantedNanoUsd: 0n,
    availableNanoUsd: 1n,
    heldElsewhereNanoUsd: 9n,
  });
  const heard = new Promise<string>((resolve) => {
    db.database.pool.connect().then(async (connection) => {
      connection.once('notification', (message) => {
        resolve(`${message.channel} ${message.payload}`);
        connection.release(true);
      });
      await connection.query(`LISTEN ${ledgerChannels.recall}`);
      await recallLeases(db.database, organizationId);
    });
  });
  expect(await heard).toBe(`bridge_lease_recall ${organizationId}`);
});

test('a release gives back no more than the lease holds', async () => {
  const worker = await life('release');
  await take(worker, 4n);
  const release = { ...worker, organizationId, amountNanoUsd: 99n };
  expect(await releaseLease(db.database, release)).toEqual({ releasedNanoUsd: 4n, leaseNanoUsd: 0n, fenced: false });
  expect(await releaseLease(db.database, release)).toEqual({ releasedNanoUsd: 0n, leaseNanoUsd: 0n, fenced: false });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ heldNanoUsd: 0n, availableNanoUsd: 10n });
});

test('negative amounts are refused', async () => {
  const worker = await life('negative');
  await expect(take(worker, -5n, -5n)).rejects.toThrow('negative');
  await expect(releaseLease(db.database, { ...worker, organizationId, amountNanoUsd: -5n })).rejects.toThrow(
    'negative',
  );
});

test('an organization that is frozen, suspended or without credit gets nothing', async () => {
  const worker = await life('refused');
  await db.database.query('INSERT INTO organization (id, name, status) VALUES ($1, $1, $2)', [
    organizationId,
    'suspended',
  ]);
  expect(await take(worker, 1n)).toMatchObject({ grantedNanoUsd: 0n, frozen: true });
  await db.database.query(`UPDATE organization SET status = 'active' WHERE id = $1`, [organizationId]);
  await db.database.query('UPDATE balance SET frozen_at = now() WHERE organization_id = $1', [organizationId]);
  expect(await take(worker, 1n)).toMatchObject({ grantedNanoUsd: 0n, frozen: true });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ frozen: true });
  organizationId = 'org_unknown';
  expect(await take(worker, 1n)).toMatchObject({ grantedNanoUsd: 0n, availableNanoUsd: 0n, frozen: false });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 0n, availableNanoUsd: 0n });
});

test('an earlier life of a worker can neither take, release nor renew, and is told so', async () => {
  const old = await life('fenced');
  await take(old, 4n);
  const now = await life('fenced');
  expect(now.epoch).toBe(old.epoch + 1n);
  expect(await take(old, 1n)).toMatchObject({ grantedNanoUsd: 0n, fenced: true });
  const release = { ...old, organizationId, amountNanoUsd: 1n };
  expect(await releaseLease(db.database, release)).toMatchObject({ releasedNanoUsd: 0n, fenced: true });
  expect(await renewLeases(db.database, { ...old, ttlMs })).toEqual({ renewed: 0, fenced: true });
  expect(await renewLeases(db.database, { workerId: 'never started', epoch: 1n, ttlMs })).toMatchObject({
    fenced: true,
  });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ heldNanoUsd: 4n });
});

test('what an earlier life left behind is freed once, by release or by the next lease of the new one', async () => {
  const old = await life('leftover');
  await take(old, 4n);
  const now = await life('leftover');
  expect(await take(now, 7n, 7n)).toMatchObject({ grantedNanoUsd: 7n, leaseNanoUsd: 7n, availableNanoUsd: 3n });
  const later = await life('leftover');
  const leftovers = { workerId: 'leftover', beforeEpoch: later.epoch };
  expect(await releaseWorkerLeases(db.database, leftovers)).toEqual({ releasedNanoUsd: 7n });
  expect(await releaseWorkerLeases(db.database, leftovers)).toEqual({ releasedNanoUsd: 0n });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ heldNanoUsd: 0n });
});

test('a renewed lease does not expire, an unrenewed one does and fences its worker', async () => {
  const [alive, gone] = [await life('alive'), await life('gone')];
  await take(alive, 3n);
  await take(gone, 4n);
  await db.database.query(`UPDATE credit_lease SET expires_at = now() - interval '1 s' WHERE organization_id = $1`, [
    organizationId,
  ]);
  expect(await renewLeases(db.database, { ...alive, ttlMs })).toEqual({ renewed: 1, fenced: false });
  expect(await expireLeases(db.database)).toEqual({ expired: 1, releasedNanoUsd: 4n });
  expect(await expireLeases(db.database)).toEqual({ expired: 0, releasedNanoUsd: 0n });
  expect(await renewLeases(db.database, { ...gone, ttlMs })).toEqual({ renewed: 0, fenced: true });
  expect(await renewLeases(db.database, { ...alive, ttlMs })).toEqual({ renewed: 1, fenced: false });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ heldNanoUsd: 3n, availableNanoUsd: 7n });
});

test('a lease that is renewed while it is being expired stays', async () => {
  const worker = await life('racing');
  await take(worker, 3n);
  for (let round = 0; round < 20; round++) {
    await db.database.query(`UPDATE credit_lease SET expires_at = now() - interval '1 s' WHERE worker_id = 'racing'`);
    const [renewed, expired] = await Promise.all([
      renewLeases(db.database, { ...worker, ttlMs }),
      expireLeases(db.database),
    ]);
    expect([renewed.renewed, expired.expired].toSorted()).toEqual([0, 1]);
    if (expired.expired === 0) continue;
    worker.epoch = (await life('racing')).epoch;
    await take(worker, 3n);
  }
  expect(await verifyBooks(db.database)).toEqual([]);
});
