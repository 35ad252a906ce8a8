import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { batch } from './charges.fixture.ts';
import {
  captureBatch,
  creditOrder,
  freezeForDispute,
  reserveRefund,
  startWorker,
  takeLease,
  verifyBooks,
} from './index.ts';

let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  const { epoch } = await startWorker(db.database, { workerId: 'w', address: 'here' });
  for (const organizationId of ['a', 'b']) {
    await creditOrder(db.database, { orderId: organizationId, organizationId, amountNanoUsd: 100n, actor: 'test' });
    const lease = { workerId: 'w', epoch, organizationId, wantNanoUsd: 50n, minNanoUsd: 1n, ttlMs: 60_000 };
    await takeLease(db.database, lease);
  }
  const aside = { organizationId: 'b', orderId: 'b', amountNanoUsd: 5n, actor: 'test' };
  await reserveRefund(db.database, { ...aside, refundId: 'r' });
  await freezeForDispute(db.database, { ...aside, disputeId: 'd' });
  await captureBatch(db.database, { workerId: 'w', charges: batch(['req-a', 'a', 10n], ['req-b', 'b', 25n]) });
});
afterAll(() => db.drop());

const withoutGuard = (statement: string) =>
  `ALTER TABLE ledger_entry DISABLE TRIGGER USER; ${statement}; ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER ledger_entry_append_only`;

test.each([
  [
    'a balance that holds too much',
    `UPDATE balance SET held_nano_usd = held_nano_usd + 1 WHERE organization_id = 'a'`,
    ['balance_held a'],
  ],
  [
    'a balance with money from nowhere',
    `UPDATE balance SET posted_nano_usd = posted_nano_usd + 1 WHERE organization_id = 'a'`,
    ['balance_posted a'],
  ],
  ['a lease that nobody holds', `DELETE FROM credit_lease WHERE organization_id = 'b'`, ['balance_held b']],
  [
    'a lot used up by nobody',
    `UPDATE credit_lot SET left_nano_usd = 3 WHERE organization_id = 'b'`,
    ['account_lots customer:b:paid'],
  ],
  [
    'a deleted entry',
    withoutGuard(`DELETE FROM ledger_entry WHERE key = 'capture:req-a'`),
    ['account_lots customer:a:paid', 'balance_posted a', 'month_sums a'],
  ],
  [
    'two amounts swapped',
    withoutGuard(`UPDATE ledger_entry SET amount_nano_usd = 35 - amount_nano_usd WHERE kind = 'capture'`),
    [
      ...['account_lots customer:a:paid', 'account_lots customer:b:paid', 'balance_posted a', 'balance_posted b'],
      ...['month_sums a', 'month_sums b'],
    ],
  ],
  [
    'an account that does not exist',
    `INSERT INTO ledger_entry (key, leg, kind, debit_account, credit_account, amount_nano_usd) VALUES ('x', 0, 'grant', 'house:grants', 'nobody', 1)`,
    ['unknown_account nobody'],
  ],
  [
    'a refund whose credit nobody knows any more',
    `DELETE FROM credit_reserve WHERE key = 'refund:r'`,
    ['set_aside house:refunds'],
  ],
  [
    'a dispute that has set aside more than it took',
    `UPDATE credit_reserve SET amount_nano_usd = 6 WHERE key = 'dispute:d'`,
    ['set_aside house:disputes'],
  ],
  [
    'a month that says more was captured',
    `UPDATE ledger_month SET captured_nano_usd = captured_nano_usd + 1 WHERE organization_id = 'b'`,
    ['month_sums b'],
  ],
  ['a vanished balance', `DELETE FROM balance WHERE organization_id = 'a'`, ['balance_held a', 'balance_posted a']],
])('%s is reported', async (_, mutation, drifts) => {
  const connection = await db.database.pool.connect();
  const sql = { query: async <Row extends object>(text: string) => (await connection.query<Row>(text)).rows };
  await connection.query('BEGIN');
  expect(await verifyBooks(sql)).toEqual([]);
  await connection.query(mutation);
  expect((await verifyBooks(sql)).map((drift) => `${drift.check} ${drift.subject}`)).toEqual(drifts);
  await connection.query('ROLLBACK');
  connection.release();
});

test.each([
  `UPDATE ledger_entry SET amount_nano_usd = 1`,
  `UPDATE ledger_entry SET amount_nano_usd = 1 WHERE false`,
  `DELETE FROM ledger_entry`,
  `TRUNCATE ledger_entry`,
  `SET session_replication_role = replica; DELETE FROM ledger_entry`,
])('an entry is there for ever: %s', async (statement) => {
  await expect(db.database.query(`BEGIN; ${statement}; COMMIT`)).rejects.toThrow('append-only');
  expect(await verifyBooks(db.database)).toEqual([]);
});

test.each([
  [`UPDATE balance SET posted_nano_usd = -1, held_nano_usd = 0`, 'balance_'],
  [`UPDATE balance SET held_nano_usd = -1`, 'balance_held'],
  [`UPDATE balance SET held_nano_usd = posted_nano_usd + 1`, 'balance_available'],
  [`UPDATE credit_lot SET left_nano_usd = -1`, 'credit_lot_left'],
  [`UPDATE credit_lot SET left_nano_usd = amount_nano_usd + 1`, 'credit_lot_left'],
  [`UPDATE credit_lease SET amount_nano_usd = -1`, 'credit_lease_amount'],
  [
    `INSERT INTO ledger_entry (key, leg, kind, debit_account, credit_account, amount_nano_usd) VALUES ('x', 0, 'grant', 'house:grants', 'house:grants', 1)`,
    'ledger_entry_accounts',
  ],
  [
    `INSERT INTO ledger_entry (key, leg, kind, debit_account, credit_account, amount_nano_usd) VALUES ('x', 0, 'gift', 'house:grants', 'house:revenue', 1)`,
    'ledger_entry_kind',
  ],
])('no statement can do what the books forbid: %s', async (statement, constraint) => {
  await expect(db.database.query(statement)).rejects.toThrow(constraint);
});
