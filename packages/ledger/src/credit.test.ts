import { openPrisma, sqlOf } from '@ai-bridge/db';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { batch } from './charges.fixture.ts';
import * as ledger from './index.ts';

const { adjust, creditOrder, grantCredit, listEntries, readBalance, startWorker, takeLease, verifyBooks } = ledger;

let db: TestDatabase;
let organizationId = '';
let counter = 0;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => {
  organizationId = `org_${++counter}`;
});

const grant = (key: string, amountNanoUsd: bigint) => ({
  key: `${key}:${organizationId}`,
  organizationId,
  amountNanoUsd,
  reason: 'welcome',
  actor: 'system',
});
const order = (orderId: string, amountNanoUsd: bigint) => ({
  orderId: `${orderId}-${organizationId}`,
  organizationId,
  amountNanoUsd,
  actor: 'system',
});

test('a grant and an order credit once, however often and from however many connections they come', async () => {
  const attempts = Array.from({ length: 20 }, (_, index) =>
    index % 2 ? grantCredit(db.database, grant('grant', 5n)) : creditOrder(db.database, order('ord', 7n)),
  );
  const applied = (await Promise.all(attempts)).filter((result) => result.applied);
  expect(applied).toHaveLength(2);
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 12n, availableNanoUsd: 12n });
});

test('only an amount above zero can be credited, and no credit can use the key of a capture', async () => {
  await expect(grantCredit(db.database, grant('grant', 0n))).rejects.toThrow('ledger_entry_amount');
  await expect(grantCredit(db.database, grant('grant', -1n))).rejects.toThrow('ledger_entry_amount');
  await expect(creditOrder(db.database, order('ord', -1n))).rejects.toThrow('ledger_entry_amount');
  await expect(adjust(db.database, grant('adjust', 0n))).rejects.toThrow('ledger_entry_amount');
  await expect(grantCredit(db.database, grant('capture', 5n))).rejects.toThrow('ledger_entry_key');
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 0n });
});

test('a correction takes granted credit before paid, once, and never more than is available', async () => {
  await creditOrder(db.database, order('ord', 100n));
  await adjust(db.database, grant('up', 20n));
  expect(await adjust(db.database, grant('down', -50n))).toEqual({ applied: true });
  expect(await adjust(db.database, grant('down', -50n))).toEqual({ applied: false });
  await expect(adjust(db.database, grant('more', -71n))).rejects.toMatchObject({ code: 'insufficient_balance' });
  const { epoch } = await startWorker(db.database, { workerId: 'holder', address: 'here' });
  const lease = { workerId: 'holder', epoch, organizationId, wantNanoUsd: 60n, minNanoUsd: 1n, ttlMs: 60_000 };
  await takeLease(db.database, lease);
  await expect(adjust(db.database, grant('more', -11n))).rejects.toMatchObject({ code: 'balance_in_use' });
  expect(await adjust(db.database, grant('more', -10n))).toEqual({ applied: true });
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 60n, availableNanoUsd: 0n });
  expect(await verifyBooks(db.database)).toEqual([]);
});

test('a statement lists credits and corrections, signed, newest first and page by page', async () => {
  await grantCredit(db.database, grant('grant', 30n));
  await creditOrder(db.database, order('ord', 70n));
  await adjust(db.database, grant('down', -40n));
  const charges = batch([`req-${organizationId}`, organizationId, 5n], [`big-${organizationId}`, organizationId, 500n]);
  await ledger.captureBatch(db.database, { workerId: 'w', charges });
  const first = await listEntries(db.database, { organizationId, limit: 3 });
  const second = await listEntries(db.database, { organizationId, limit: 3, cursor: first.nextCursor });
  expect([...first.entries, ...second.entries]).toMatchObject([
    { kind: 'adjust', creditKind: 'paid', amountNanoUsd: -10n },
    { kind: 'adjust', creditKind: 'granted', amountNanoUsd: -30n },
    { kind: 'order', creditKind: 'paid', amountNanoUsd: 70n, reason: null },
    { kind: 'grant', creditKind: 'granted', amountNanoUsd: 30n, reason: 'welcome', actor: 'system' },
  ]);
  expect(second.nextCursor).toBeUndefined();
  expect(first.entries[0]?.createdAt).toBeInstanceOf(Date);
});

test('every verb works in a Prisma transaction too, and leaves nothing when that rolls back', async () => {
  const prisma = openPrisma(db.database.pool);
  const worker = { workerId: 'prisma' };
  const lease = { organizationId, wantNanoUsd: 50n, minNanoUsd: 1n, ttlMs: 1_000 };
  const work = prisma.$transaction(async (session) => {
    const sql = sqlOf(session);
    const { epoch } = await startWorker(sql, { ...worker, address: 'here' });
    expect(await grantCredit(sql, grant('grant', 100n))).toEqual({ applied: true });
    expect(await creditOrder(sql, order('ord', 100n))).toEqual({ applied: true });
    expect(await adjust(sql, grant('adjust', -1n))).toEqual({ applied: true });
    expect(await takeLease(sql, { ...worker, epoch, ...lease })).toMatchObject({ grantedNanoUsd: 50n, fenced: false });
    const charges = batch([`prisma-${organizationId}`, organizationId, 30n]);
    expect(await ledger.captureBatch(sql, { ...worker, charges })).toMatchObject({ captured: 1, overrunNanoUsd: 0n });
    expect(await ledger.renewLeases(sql, { ...worker, epoch, ttlMs: 1_000 })).toEqual({ renewed: 1, fenced: false });
    const release = { ...worker, epoch, organizationId, amountNanoUsd: 5n };
    expect(await ledger.releaseLease(sql, release)).toMatchObject({ releasedNanoUsd: 5n, leaseNanoUsd: 15n });
    expect(await ledger.expireLeases(sql)).toEqual({ expired: 0, releasedNanoUsd: 0n });
    await ledger.recallLeases(sql, organizationId);
    const leftovers = { ...worker, beforeEpoch: epoch + 1n };
    expect(await ledger.releaseWorkerLeases(sql, leftovers)).toEqual({ releasedNanoUsd: 15n });
    expect(await readBalance(sql, organizationId)).toMatchObject({ postedNanoUsd: 169n, heldNanoUsd: 0n });
    expect((await listEntries(sql, { organizationId, limit: 10 })).entries).toHaveLength(3);
    expect(await verifyBooks(sql)).toEqual([]);
    throw new Error('roll back');
  });
  await expect(work).rejects.toThrow('roll back');
  expect(await readBalance(db.database, organizationId)).toMatchObject({ postedNanoUsd: 0n });
});

test('a correction downwards out of paid credit cannot be followed by one upwards under the same key', async () => {
  const fact = { organizationId: `org_once_${Date.now()}`, reason: 'test', actor: 'test' };
  await ledger.creditOrder(db.database, { ...fact, orderId: `ord_${fact.organizationId}`, amountNanoUsd: 10n });
  const key = `adjust:${fact.organizationId}`;
  expect(await ledger.adjust(db.database, { ...fact, key, amountNanoUsd: -4n })).toEqual({ applied: true });
  expect(await ledger.adjust(db.database, { ...fact, key, amountNanoUsd: 4n })).toEqual({ applied: false });
  expect(await ledger.grantCredit(db.database, { ...fact, key, amountNanoUsd: 4n })).toEqual({ applied: false });
  expect(await ledger.readBalance(db.database, fact.organizationId)).toMatchObject({ postedNanoUsd: 6n });
});
