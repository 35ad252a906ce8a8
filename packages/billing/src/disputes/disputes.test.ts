import { expect, test } from 'vitest';
import { alarmKinds, clock, type Shop, stateOf, withShop } from '../billing.fixture.ts';
import { followOrder } from '../orders/follow-order.ts';
import { lookAtOrders } from '../orders/look-at-orders.ts';
import { type RefundActs, refundActs } from '../refunds/refund-acts.fixture.ts';
import { submitRefund } from '../refunds/submit-refund.ts';
import { readDisputes } from './dispute-row.ts';

const billion = 1_000_000_000n;
let { db, stripe, deps } = {} as Shop;
let { posted, bought, spend, ask, approve, refunded, madeAtStripe } = {} as RefundActs;
withShop('disputes', 30, (shop) => {
  ({ db, stripe, deps } = shop);
  ({ posted, bought, spend, ask, approve, refunded, madeAtStripe } = refundActs(shop));
  clock.aheadMs = 0;
  stripe.refundsBecome('succeeded');
});

test('a dispute that comes while a refund is unanswered gets its tokens too, once that is refused', async () => {
  const order = await bought();
  const { id } = await ask(order.id, 500n);
  await approve(id);
  stripe.mishaps('POST', '/v1/refunds', { status: 403 });
  await submitRefund(deps, id);
  stripe.dispute(order.sessionId);
  await followOrder(deps, order.id);
  clock.aheadMs = 60_000;
  expect(await submitRefund(deps, id)).toMatchObject({ state: 'failed' });
  while ((await lookAtOrders(deps)) > 0);
  expect(await posted()).toBe(0n);
  expect(await readDisputes(db.database, order.id)).toMatchObject([{ frozenNanoUsd: 10n * billion }]);
});

test('a dispute that is lost while a refund is unanswered is written off with the tokens of that refund', async () => {
  const order = await bought();
  const { id } = await ask(order.id, 500n);
  await approve(id);
  stripe.mishaps('POST', '/v1/refunds', { status: 403 });
  await submitRefund(deps, id);
  stripe.moveDispute(stripe.dispute(order.sessionId), 'lost');
  await followOrder(deps, order.id);
  clock.aheadMs = 60_000;
  expect(await submitRefund(deps, id)).toMatchObject({ state: 'failed' });
  while ((await lookAtOrders(deps)) > 0);
  expect(await posted()).toBe(0n);
  expect(await readDisputes(db.database, order.id)).toMatchObject([{ state: 'lost', frozenNanoUsd: 10n * billion }]);
});

test('a dispute sets the unused tokens aside and blocks refunds; won, they come back', async () => {
  const order = await bought();
  await spend(4n * billion);
  const { id } = await ask(order.id);
  const dispute = stripe.dispute(order.sessionId);
  await followOrder(deps, order.id);
  expect(await posted()).toBe(0n);
  expect(await stateOf(deps, order.id)).toBe('disputed');
  await expect(approve(id)).rejects.toMatchObject({ code: 'order_disputed' });
  stripe.moveDispute(dispute, 'won');
  await Promise.all([followOrder(deps, order.id), followOrder(deps, order.id)]);
  expect(await posted()).toBe(6n * billion);
  expect(await stateOf(deps, order.id)).toBe('paid');
  expect(await approve(id)).toMatchObject({ state: 'reserved' });
});

test('a lost dispute writes the tokens off once, and an appeal that is won brings them back', async () => {
  const order = await bought();
  await spend(4n * billion);
  const dispute = stripe.dispute(order.sessionId);
  stripe.moveDispute(dispute, 'lost');
  await Promise.all([followOrder(deps, order.id), followOrder(deps, order.id)]);
  expect(await posted()).toBe(0n);
  expect(await readDisputes(db.database, order.id)).toMatchObject([
    { state: 'lost', creditNanoUsd: 10n * billion, frozenNanoUsd: 6n * billion },
  ]);
  expect(await alarmKinds(db.database, dispute)).toEqual(['dispute_lost', 'dispute_opened']);
  stripe.moveDispute(dispute, 'won');
  await followOrder(deps, order.id);
  expect(await posted()).toBe(6n * billion);
  expect(await stateOf(deps, order.id)).toBe('paid');
});

test('a bank that only asks freezes nothing, and a refund ends its question', async () => {
  const order = await bought();
  const inquiry = stripe.dispute(order.sessionId, 'warning_needs_response');
  await followOrder(deps, order.id);
  expect(await posted()).toBe(10n * billion);
  expect(await stateOf(deps, order.id)).toBe('paid');
  expect(await refunded(order.id)).toMatchObject({ state: 'succeeded' });
  stripe.moveDispute(inquiry, 'warning_closed');
  await followOrder(deps, order.id);
  expect(await stateOf(deps, order.id)).toBe('refunded');
  expect(await posted()).toBe(0n);
});

test('a dispute that comes before an approved refund is sent calls it off, and then freezes all of it', async () => {
  const order = await bought();
  const { id } = await ask(order.id, 500n);
  await approve(id);
  stripe.dispute(order.sessionId);
  await followOrder(deps, order.id);
  expect(await submitRefund(deps, id)).toMatchObject({ state: 'cancelled' });
  expect(await readDisputes(db.database, order.id)).toMatchObject([{ state: 'open', frozenNanoUsd: 10n * billion }]);
  expect(madeAtStripe(order.sessionId)).toEqual([]);
});
