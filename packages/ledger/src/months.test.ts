import { readFile } from 'node:fs/promises';
import type { Month } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { batch } from './charges.fixture.ts';
import {
  adjust,
  cancelRefund,
  captureBatch,
  creditOrder,
  freezeForDispute,
  grantCredit,
  listLedgerMonths,
  listMonthEntries,
  readBalance,
  reserveRefund,
  settleRefund,
} from './index.ts';

let db: TestDatabase;
let organizationId = '';
let made = 0;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(() => {
  organizationId = `org_${++made}`;
});

const fact = (key: string, amountNanoUsd: bigint) => ({
  ...{ key: `${key}:${organizationId}`, organizationId, amountNanoUsd, reason: key, actor: 'test' },
});
const order = (amountNanoUsd: bigint) => ({ ...fact('order', amountNanoUsd), orderId: `ord_${organizationId}` });
const refund = () => ({ ...order(25n), refundId: `rfd_${organizationId}` });

/** Moves what was written so far into an earlier month, as if time had passed: the books themselves take no such change. */
async function turnMonthBack(months: number): Promise<void> {
  await db.database.query(`
    ALTER TABLE ledger_entry DISABLE TRIGGER USER;
    UPDATE ledger_entry SET created_at = created_at - interval '${months} months' WHERE organization_id = '${organizationId}';
    ALTER TABLE ledger_entry ENABLE TRIGGER USER;
    ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only;
    UPDATE ledger_month SET month = month - interval '${months} months' WHERE organization_id = '${organizationId}'`);
}

test('a month says what each kind of fact did to the balance, and all months together are the balance', async () => {
  const sql = db.database;
  await grantCredit(sql, fact('grant', 30n));
  await turnMonthBack(1);
  await creditOrder(sql, order(70n));
  await adjust(sql, fact('down', -40n));
  await reserveRefund(sql, refund());
  await freezeForDispute(sql, { ...order(10n), disputeId: `dp_${organizationId}` });
  await captureBatch(sql, { workerId: 'w', charges: batch([`req_${organizationId}`, organizationId, 500n]) });
  const months = await listLedgerMonths(sql, organizationId);
  const nothing = { orderedNanoUsd: 0n, grantedNanoUsd: 0n, adjustedNanoUsd: 0n, refundedNanoUsd: 0n };
  expect(months).toEqual([
    {
      ...nothing,
      ...{ month: months[0]?.month, grantedNanoUsd: 30n, disputedNanoUsd: 0n, capturedNanoUsd: 0n, overrunNanoUsd: 0n },
    },
    {
      ...nothing,
      ...{ month: months[1]?.month, orderedNanoUsd: 70n, adjustedNanoUsd: -40n, refundedNanoUsd: -25n },
      ...{ disputedNanoUsd: -10n, capturedNanoUsd: 25n, overrunNanoUsd: 475n },
    },
  ]);
  expect(months[0]?.month).toMatch(/^\d{4}-\d\d$/);
  expect((months[0]?.month ?? '') < (months[1]?.month ?? '')).toBe(true);
  expect((await readBalance(sql, organizationId)).postedNanoUsd).toBe(0n);
});

test('a month lists its facts once each, oldest first, signed, without captures and without the house’s own', async () => {
  const sql = db.database;
  await grantCredit(sql, fact('grant', 30n));
  await creditOrder(sql, order(70n));
  await adjust(sql, fact('down', -40n));
  await reserveRefund(sql, refund());
  await settleRefund(sql, refund());
  await cancelRefund(sql, refund());
  await captureBatch(sql, { workerId: 'w', charges: batch([`req_${organizationId}`, organizationId, 500n]) });
  const month = (await listLedgerMonths(sql, organizationId))[0]?.month as Month;
  const { entries, count } = await listMonthEntries(sql, { organizationId, month, limit: 100 });
  expect(entries.map(({ key, kind, amountNanoUsd }) => [key, kind, amountNanoUsd])).toEqual([
    [`grant:${organizationId}`, 'grant', 30n],
    [`order:ord_${organizationId}:paid`, 'order', 70n],
    // Of granted and of paid credit: one fact.
    [`down:${organizationId}`, 'adjust', -40n],
    [`refund:rfd_${organizationId}:reserved`, 'refund', -25n],
    [`refund:rfd_${organizationId}:cancelled`, 'refund', 25n],
  ]);
  expect(count).toBe(5n);
  const first = await listMonthEntries(sql, { organizationId, month, limit: 2 });
  expect(first).toEqual({ entries: entries.slice(0, 2), count: 5n });
  expect(await listMonthEntries(sql, { organizationId, month: '2020-01', limit: 2 })).toEqual({
    entries: [],
    count: 0n,
  });
});

test('an entry belongs to the month that its moment has in UTC', async () => {
  const at = async (key: string, moment: string) =>
    db.database.query(
      `INSERT INTO ledger_entry (key, leg, kind, organization_id, debit_account, credit_account, amount_nano_usd, created_at)
       VALUES ($1, 0, 'grant', $2, 'house:grants', 'customer:' || $2 || ':granted', 1, $3)`,
      [`${key}:${organizationId}`, organizationId, moment],
    );
  await db.database.query(`SET TIME ZONE 'Asia/Shanghai'`);
  await at('last', '2026-11-30T23:59:59.999Z');
  await at('first', '2026-12-01T00:00:00.000Z');
  const months = await listLedgerMonths(db.database, organizationId);
  expect(months.map(({ month, grantedNanoUsd }) => [month, grantedNanoUsd])).toEqual([
    ['2026-11', 1n],
    ['2026-12', 1n],
  ]);
  const november = await listMonthEntries(db.database, { organizationId, month: '2026-11', limit: 9 });
  expect(november.entries.map(({ key }) => key)).toEqual([`last:${organizationId}`]);
});

test('books that are older than the sums get the same ones', async () => {
  const sql = db.database;
  await grantCredit(sql, fact('grant', 30n));
  await creditOrder(sql, order(70n));
  await reserveRefund(sql, refund());
  await captureBatch(sql, { workerId: 'w', charges: batch([`req_${organizationId}`, organizationId, 90n]) });
  const kept = await sql.query('SELECT * FROM ledger_month ORDER BY organization_id, month');
  const path = new URL('../../../prisma/migrations/20261127100000_statements/migration.sql', import.meta.url);
  const [backfill] = /INSERT INTO ledger_month \([^;]+;/.exec(await readFile(path, 'utf8')) ?? [];
  await sql.query(`TRUNCATE ledger_month; ${backfill}`);
  expect(await sql.query('SELECT * FROM ledger_month ORDER BY organization_id, month')).toEqual(kept);
});
