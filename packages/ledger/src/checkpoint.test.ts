import { inOneSnapshot } from '@ai-bridge/db';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { batch } from './charges.fixture.ts';
import { advanceCheckpoint, rebuildCheckpoint } from './checkpoint.ts';
import {
  captureBatch,
  creditOrder,
  readCapturedTotal,
  readWatermark,
  verifyBooks,
  verifyRecentBooks,
} from './index.ts';

let db: TestDatabase;

beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const buy = (organizationId: string, amountNanoUsd = 1_000n) =>
  creditOrder(db.database, { orderId: organizationId, organizationId, amountNanoUsd, actor: 'test' });
const spend = (requestId: string, organizationId: string, amount: bigint) =>
  captureBatch(db.database, { workerId: 'w', charges: batch([requestId, organizationId, amount]) });
/** As if all that was written had been written long ago. */
const age = (hours: number) =>
  db.database.query(
    `ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_append_only;
     UPDATE ledger_entry SET created_at = created_at - interval '${hours} h';
     ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only`,
  );
const recent = () => inOneSnapshot(db.database, verifyRecentBooks);
const captured = () => inOneSnapshot(db.database, readCapturedTotal);
const watermark = async () => {
  const at = await readWatermark(db.database);
  if (!at) throw new Error('there is no watermark');
  return at;
};

test('before there is a checkpoint, and however it came about, the quick look says what all entries say', async () => {
  await buy('a');
  await spend('r1', 'a', 10n);
  expect(await recent()).toEqual([]);
  expect(await captured()).toEqual({ capturedNanoUsd: 10n, entriesRead: 2n });
  await age(2);
  expect(await rebuildCheckpoint(db.database)).toEqual({ entriesRead: 2n });
  await spend('r2', 'a', 20n);
  expect(await captured()).toEqual({ capturedNanoUsd: 30n, entriesRead: 1n });
  await db.database.query(`UPDATE ledger_watermark SET up_to = up_to - interval '30 min'`);
  await age(0.25);
  await advanceCheckpoint(db.database, await watermark());
  expect(await captured()).toEqual({ capturedNanoUsd: 30n, entriesRead: 0n });
  expect(await recent()).toEqual([]);
  await db.database.query(`UPDATE balance SET posted_nano_usd = posted_nano_usd + 5`);
  expect(await recent()).toEqual(await verifyBooks(db.database));
  expect(await recent()).toEqual([
    { check: 'balance_posted', subject: 'a', expectedNanoUsd: 970n, actualNanoUsd: 975n },
  ]);
});

test('an entry that a transaction under way may still bring stays out, and none is taken twice', async () => {
  await buy('a');
  await age(1);
  await rebuildCheckpoint(db.database);
  await db.database.query(`UPDATE ledger_watermark SET up_to = up_to - interval '1 d'`);
  await db.database.query('DELETE FROM ledger_checkpoint');
  const connection = await db.database.pool.connect();
  await connection.query('BEGIN');
  const { rows } = await connection.query<{ at: Date }>('SELECT now() AS at');
  const from = await watermark();
  const ends = await Promise.all(Array.from({ length: 5 }, () => advanceCheckpoint(db.database, from)));
  const end = await watermark();
  expect(end.getTime()).toBeLessThan(rows[0]!.at.getTime());
  expect(ends.filter((at) => at.getTime() === end.getTime()).length).toBeGreaterThan(0);
  await connection.query('ROLLBACK');
  connection.release();
  expect(await recent()).toEqual([]);
});

test('whoever changes an entry under the checkpoint is found by the next one that is made of all entries', async () => {
  await buy('a');
  await spend('r1', 'a', 10n);
  await age(1);
  await rebuildCheckpoint(db.database);
  await db.database.query(
    `ALTER TABLE ledger_entry DISABLE TRIGGER USER; UPDATE ledger_entry SET amount_nano_usd = 9 WHERE kind = 'capture'`,
  );
  expect(await recent()).toEqual([]);
  await rebuildCheckpoint(db.database);
  expect(await recent()).toEqual(await verifyBooks(db.database));
  expect((await recent()).map(({ check }) => check)).toEqual(['account_lots', 'balance_posted', 'month_sums']);
});

test('among very many entries the quick look reads the pages of the last ones', async () => {
  const [entries, atOnce] = [200_000, 50_000];
  await buy('a', 10_000_000n);
  for (let from = 1; from <= entries; from += atOnce) {
    await db.database.query(
      `INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd, created_at)
       SELECT 'capture:old-' || i, 1, 'capture', 'a', 'customer:a:paid', 'house:revenue', 1, now() - (${entries} - i) * interval '1 s'
       FROM generate_series(${from}, ${from + atOnce - 1}) i`,
    );
  }
  await db.database.query(`UPDATE credit_lot SET left_nano_usd = left_nano_usd - ${entries}`);
  await db.database.query(`UPDATE balance SET posted_nano_usd = posted_nano_usd - ${entries}`);
  await db.database.query('VACUUM ANALYZE ledger_entry');
  await rebuildCheckpoint(db.database);
  const [row] = await db.database.query<{ 'QUERY PLAN': [{ Plan: object }] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT count(*) FROM ledger_entry WHERE created_at >= '${(await watermark()).toISOString()}'`,
  );
  const plan = JSON.stringify(row);
  expect(plan).toContain('ledger_entry_created_at_idx');
  const [size] = await db.database.query<{ pages: bigint }>(`SELECT pg_relation_size('ledger_entry') / 8192 AS pages`);
  const read = [...plan.matchAll(/"(?:Exact|Lossy) Heap Blocks":(\d+)/g)].reduce(
    (sum, [, blocks]) => sum + Number(blocks),
    0,
  );
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(Number(size?.pages) / 20);
  expect(await recent()).toEqual([]);
  expect((await captured()).capturedNanoUsd).toBe(BigInt(entries));
}, 120_000);
