import { type Month, monthOf, systemClock } from '@ai-bridge/domain';
import {
  adjust,
  cancelRefund,
  creditOrder,
  freezeForDispute,
  grantCredit,
  type LedgerMonth,
  reserveRefund,
  unfreezeDispute,
} from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePlans, openOrder, secondPersonAboveNanoUsd, site } from '../billing.fixture.ts';
import { createRedeemBatch } from '../codes/redeem-batches.ts';
import { redeemCode } from '../codes/redeem-code.ts';
import { type BillingDeps, chooseProviders, endSandboxCheckout, followOrder } from '../index.ts';
import { requestRefund } from '../refunds/request-refund.ts';
import { accountMonth } from './account-month.ts';
import { listMovementPage, listMovements } from './movements.ts';

let db: TestDatabase;
let deps: BillingDeps;
const month = monthOf(new Date());

beforeAll(async () => {
  db = await createTestDatabase();
  const { database } = db;
  const providers = chooseProviders({ database, clock: systemClock, env: {}, siteUrl: site, isSandboxAllowed: true });
  deps = { database, providers, clock: systemClock, secondPersonAboveNanoUsd, siteUrl: site };
  await makePlans(database);
});
afterAll(() => db.drop());

/** An order that an organization paid for. */
async function paidOrder(organizationId: string): Promise<string> {
  const { id, sessionId } = await openOrder(deps, organizationId);
  await endSandboxCheckout(db.database, sessionId, 'paid');
  await followOrder(deps, id);
  return id;
}

test('each fact is named by what it is, those of an order by that order and its money', async () => {
  const sql = db.database;
  const of = { organizationId: 'org_a', actor: 'test' };
  await grantCredit(sql, { ...of, key: 'grant:a', amountNanoUsd: 5n, reason: 'Welcome' });
  const pepper = 'pepper of the tests';
  const gift = { name: 'gift', codes: 1, tokensPerCode: 2n, oncePerOrganization: false, pepper };
  const { csv } = await createRedeemBatch(deps, { ...gift, actor: { userId: 'usr_giver' } });
  const code = csv.split('\r\n')[1]?.split(',')[0] ?? '';
  await redeemCode(deps, { code, pepper, organizationId: 'org_a', actor: { userId: 'usr_a' } });
  const orderId = await paidOrder('org_a');
  await adjust(sql, { ...of, key: 'adjust:a', amountNanoUsd: -1n, reason: 'a reason of the staff' });
  const refund = await requestRefund(deps, { orderId, organizationId: 'org_a', amountMinor: 99n, actor: {} });
  await reserveRefund(sql, { ...of, refundId: refund.id, orderId, amountNanoUsd: 100n });
  await cancelRefund(sql, { ...of, refundId: refund.id });
  await sql.query(
    `INSERT INTO dispute (id, order_id, organization_id, state, provider_status, amount_minor, credit_nano_usd, frozen_nano_usd)
     VALUES ('dp_a', $1, 'org_a', 'open', 'needs_response', 990, 50, 50)`,
    [orderId],
  );
  await freezeForDispute(sql, { ...of, disputeId: 'dp_a', orderId, amountNanoUsd: 50n });
  await unfreezeDispute(sql, { ...of, disputeId: 'dp_a' });

  const { movements, count } = await listMovements(sql, { organizationId: 'org_a', month, limit: 100 });
  const order = { id: orderId, planId: 'starter', title: 'Starter', provider: 'sandbox' };
  const [paid, refunded] = [
    { amountMinor: 990n, currency: 'usd' },
    { amountMinor: 99n, currency: 'usd' },
  ];
  expect(movements).toMatchObject([
    { kind: 'grant', amountNanoUsd: 5n, note: 'Welcome', order: undefined, money: undefined },
    { kind: 'code', amountNanoUsd: 2_000n, note: code.slice(-4), order: undefined },
    { kind: 'order', amountNanoUsd: 10_000_000_000n, note: null, order, money: paid },
    { kind: 'adjustment', amountNanoUsd: -1n, note: null, order: undefined },
    { kind: 'refund', amountNanoUsd: -100n, order, money: refunded },
    { kind: 'refund_returned', amountNanoUsd: 100n, order, money: refunded },
    { kind: 'dispute', amountNanoUsd: -50n, order, money: paid },
    { kind: 'dispute_returned', amountNanoUsd: 50n, order, money: paid },
  ]);
  expect(count).toBe(8n);
});

test('all that changed a balance is paged newest first: by a cursor that nothing new shifts, or by counting', async () => {
  const sql = db.database;
  const of = { organizationId: 'org_paged', actor: 'test', reason: 'x' };
  for (const name of ['a', 'b', 'c', 'd', 'e'])
    await grantCredit(sql, { ...of, key: `page:${name}`, amountNanoUsd: 5n });
  await creditOrder(sql, { ...of, orderId: 'ord_paged', amountNanoUsd: 10n });
  // One fact of two parts, of granted and of paid credit: one movement.
  await adjust(sql, { ...of, key: 'adjust:paged', amountNanoUsd: -30n });
  const page = async (more: { cursor?: string | undefined; offset?: number }) => {
    const { movements, nextCursor } = await listMovementPage(sql, { organizationId: 'org_paged', limit: 3, ...more });
    return { keys: movements.map(({ key }) => key), nextCursor };
  };
  const first = await page({});
  expect(first.keys).toEqual(['adjust:paged', 'order:ord_paged:paid', 'page:e']);
  await grantCredit(sql, { ...of, key: 'page:later', amountNanoUsd: 5n });
  const second = await page({ cursor: first.nextCursor });
  expect(second.keys).toEqual(['page:d', 'page:c', 'page:b']);
  expect(await page({ cursor: second.nextCursor })).toEqual({ keys: ['page:a'], nextCursor: undefined });
  expect((await page({ offset: 4 })).keys).toEqual(second.keys);
  expect(await page({ offset: 99 })).toEqual({ keys: [], nextCursor: undefined });
  expect((await page({ cursor: "' OR 1" })).keys[0]).toBe('page:later');
  const { movements } = await listMovementPage(sql, { organizationId: 'org_paged', limit: 200 });
  expect(movements.map(({ amountNanoUsd }) => amountNanoUsd)).toEqual([5n, -30n, 10n, 5n, 5n, 5n, 5n, 5n]);
});

test('an order that is another organization’s is not told', async () => {
  const theirs = await paidOrder('org_b');
  await creditOrder(db.database, { orderId: 'ord_none', organizationId: 'org_c', amountNanoUsd: 7n, actor: 'test' });
  const key = { key: `order:${theirs}:again`, organizationId: 'org_c', reason: 'x', actor: 'test' };
  await grantCredit(db.database, { ...key, amountNanoUsd: 1n });
  const { movements } = await listMovements(db.database, { organizationId: 'org_c', month, limit: 100 });
  expect(movements.map(({ order }) => order)).toEqual([undefined, undefined]);
});

const nothing: Omit<LedgerMonth, 'month'> = {
  ...{ orderedNanoUsd: 0n, grantedNanoUsd: 0n, adjustedNanoUsd: 0n, refundedNanoUsd: 0n, disputedNanoUsd: 0n },
  ...{ capturedNanoUsd: 0n, overrunNanoUsd: 0n },
};

test('a month without anything closes as it opened, and what is settled later is told in both months', () => {
  const months: LedgerMonth[] = [
    { ...nothing, month: '2026-01', orderedNanoUsd: 100n, capturedNanoUsd: 30n },
    { ...nothing, month: '2026-03', adjustedNanoUsd: -5n, capturedNanoUsd: 12n, overrunNanoUsd: 4n },
  ];
  const charged: Partial<Record<Month, bigint>> = { '2026-01': 36n, '2026-03': 10n };
  const read = (one: Month) => accountMonth(months, one, charged[one] ?? 0n);
  expect(read('2025-12')).toMatchObject({ openingNanoUsd: 0n, closingNanoUsd: 0n });
  expect(read('2026-01')).toMatchObject({ openingNanoUsd: 0n, otherMonthNanoUsd: 6n, closingNanoUsd: 70n });
  expect(read('2026-02')).toMatchObject({ openingNanoUsd: 70n, otherMonthNanoUsd: 0n, closingNanoUsd: 70n });
  expect(read('2026-03')).toMatchObject({ openingNanoUsd: 70n, otherMonthNanoUsd: -6n, closingNanoUsd: 53n });
});
