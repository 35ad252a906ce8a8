import { grantCredit, releaseLease } from '@ai-bridge/ledger';
import { expect, test } from 'vitest';
import { alarmKinds, clock, newClientKey, openOrder, type Shop, stateOf, withShop } from '../billing.fixture.ts';
import { followOrder } from '../orders/follow-order.ts';
import { lookAtOrders } from '../orders/look-at-orders.ts';
import { approveRefund } from './approve-refund.ts';
import { cancelRefund } from './cancel-refund.ts';
import { type RefundActs, refundActs } from './refund-acts.fixture.ts';
import { listRefunds, readRefund } from './refund-row.ts';
import { readRefundable, requestRefund } from './request-refund.ts';
import { retryRefund, submitRefund, submitRefunds } from './submit-refund.ts';

const billion = 1_000_000_000n;
const day = 24 * 60 * 60_000;
let { db, stripe, deps, organizationId } = {} as Shop;
let { posted, bought, spend, ask, approve, refunded, madeAtStripe, worker } = {} as RefundActs;
withShop('refunds', 30, (shop) => {
  ({ db, stripe, deps, organizationId } = shop);
  ({ posted, bought, spend, ask, approve, refunded, madeAtStripe, worker } = refundActs(shop));
  clock.aheadMs = 0;
  stripe.refundsBecome('succeeded');
});

test('unused tokens come back as money: asked for, approved, reserved, sent, done', async () => {
  const order = await bought();
  await spend(4n * billion);
  const { maxAmountMinor, lines } = await readRefundable(deps, order.id);
  expect(maxAmountMinor).toBe(594n);
  expect(lines.map(({ kind, creditNanoUsd }) => [kind, creditNanoUsd / billion])).toEqual([
    ['bought', 10n],
    ['used', 4n],
    ['left', 6n],
  ]);
  const asked = await ask(order.id);
  expect(asked).toMatchObject({ state: 'requested', amountMinor: 594n });
  expect(await posted()).toBe(6n * billion);
  expect(await approve(asked.id)).toMatchObject({ state: 'reserved', approvedByUserId: 'usr_support' });
  expect(await posted()).toBe(0n);
  expect(await submitRefund(deps, asked.id)).toMatchObject({ state: 'succeeded', providerStatus: 'succeeded' });
  expect(await stateOf(deps, order.id)).toBe('partially_refunded');
  expect(madeAtStripe(order.sessionId)).toEqual([594]);
  await expect(ask(order.id)).rejects.toMatchObject({ code: 'nothing_to_refund' });
});

test('granted credit is used first and never comes back as money', async () => {
  const order = await bought();
  const grant = { key: `g:${organizationId}`, organizationId, amountNanoUsd: 3n * billion, reason: 'x', actor: 'x' };
  await grantCredit(db.database, grant);
  await spend(4n * billion);
  expect((await readRefundable(deps, order.id)).maxAmountMinor).toBe(891n);
  await refunded(order.id);
  expect(await posted()).toBe(0n);
});

test('bonus tokens share the price: half of all unused is half of the money', async () => {
  const order = await bought('big');
  await spend(16_500_000_000n);
  expect((await readRefundable(deps, order.id)).maxAmountMinor).toBe(1_250n);
});

test('the same key is the same refund, also asked at once and after its end, and no other one', async () => {
  const [order, other] = [await bought(), await bought()];
  const request = { orderId: order.id, organizationId, amountMinor: 100n, clientKey: newClientKey(), actor: {} };
  const asked = await Promise.all(Array.from({ length: 5 }, () => requestRefund(deps, request)));
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
  await cancelRefund(deps, { refundId: asked[0]?.id ?? '', reason: '', actor: {} });
  expect(await requestRefund(deps, request)).toMatchObject({ id: asked[0]?.id, state: 'cancelled' });
  expect(await listRefunds(db.database, order.id)).toHaveLength(1);
  for (const changed of [{ orderId: other.id }, { amountMinor: 101n }])
    await expect(requestRefund(deps, { ...request, ...changed })).rejects.toMatchObject({ code: 'client_key_reused' });
  const clientKey = 'a b';
  await expect(requestRefund(deps, { ...request, clientKey })).rejects.toMatchObject({ code: 'client_key_invalid' });
  // Two orders at once by one key: one of them has it.
  const both = { ...request, amountMinor: undefined, clientKey: newClientKey() };
  const ends = await Promise.allSettled([order, other].map(({ id }) => requestRefund(deps, { ...both, orderId: id })));
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [lost] = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  expect(lost).toMatchObject({ code: 'client_key_reused' });
});

test('several partial refunds never add up to more than was paid, and the last one empties the order', async () => {
  const order = await bought();
  for (const amountMinor of [100n, 333n])
    expect(await refunded(order.id, amountMinor)).toMatchObject({ state: 'succeeded' });
  await expect(ask(order.id, 558n)).rejects.toMatchObject({ code: 'amount_too_high' });
  expect(await refunded(order.id)).toMatchObject({ amountMinor: 557n, state: 'succeeded' });
  expect(await stateOf(deps, order.id)).toBe('refunded');
  expect(await posted()).toBe(0n);
  expect(madeAtStripe(order.sessionId)).toEqual([100, 333, 557]);
});

test('of many askings at once one refund is made, and of many approvals one', async () => {
  const order = await bought();
  const asked = await Promise.allSettled(Array.from({ length: 10 }, () => ask(order.id)));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const [{ id } = { id: '' }] = await listRefunds(db.database, order.id);
  const approvals = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) => approve(id, `usr_support_${index}`)),
  );
  expect(approvals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await Promise.all([submitRefund(deps, id), submitRefund(deps, id), submitRefunds(deps), retryRefund(deps, id)]);
  expect(madeAtStripe(order.sessionId)).toEqual([990]);
  expect(await readRefund(db.database, id)).toMatchObject({ state: 'succeeded' });
});

test('nobody approves what they asked for, a large refund takes two people, and less than asked may be given', async () => {
  const order = await bought('big');
  const { id } = await ask(order.id);
  await expect(approve(id, 'usr_buyer')).rejects.toMatchObject({ code: 'another_person_needed' });
  await expect(approve(id, 'usr_1', 2_501n)).rejects.toMatchObject({ code: 'amount_too_high' });
  expect(await approve(id, 'usr_1', 2_000n)).toMatchObject({ state: 'requested', approvedByUserId: 'usr_1' });
  expect(await submitRefund(deps, id)).toMatchObject({ state: 'requested' });
  await expect(approve(id, 'usr_1')).rejects.toMatchObject({ code: 'another_person_needed' });
  await expect(approve(id, 'usr_2', 2_500n)).rejects.toMatchObject({ code: 'amount_too_high' });
  const reserved = await approve(id, 'usr_2');
  expect(reserved).toMatchObject({ state: 'reserved', amountMinor: 2_000n, secondApprovedByUserId: 'usr_2' });
  expect(await posted()).toBe(33n * billion - reserved.creditNanoUsd);
  await expect(approve(id, 'usr_3')).rejects.toMatchObject({ code: 'refund_closed' });
  await expect(approveRefund(deps, { refundId: id, reason: ' ', actor: { userId: 'u' } })).rejects.toMatchObject({
    code: 'reason_needed',
  });
});

test('tokens that were used since the asking are not paid back', async () => {
  const order = await bought();
  const { id } = await ask(order.id);
  await spend(9n * billion);
  await expect(approve(id)).rejects.toMatchObject({ code: 'amount_too_high' });
  expect(await approve(id, 'usr_support', 99n)).toMatchObject({ state: 'reserved', creditNanoUsd: billion });
});

test('workers give back what they lease before a refund takes it, and what they keep stands in the way', async () => {
  const order = await bought();
  const lease = await worker(5n * billion);
  const { id } = await ask(order.id);
  await expect(approve(id)).rejects.toMatchObject({ code: 'balance_in_use' });
  expect(await readRefund(db.database, id)).toMatchObject({ state: 'requested', approvedByUserId: null });
  const approval = approve(id);
  await releaseLease(db.database, { ...lease, amountNanoUsd: 5n * billion });
  expect(await approval).toMatchObject({ state: 'reserved' });
  expect(await posted()).toBe(0n);
});

test('a refund against 50 streams that spend: what was paid is used, refunded or left, to the last nano', async () => {
  const order = await bought();
  const charges = Array.from({ length: 50 }, (_, index) => spend(100_000_007n, `stream-${index}`));
  const refund = (async () => {
    const { id } = await ask(order.id, 300n);
    await approve(id);
    return submitRefund(deps, id);
  })();
  const overrun = (await Promise.all(charges)).reduce((sum, one) => sum + one.overrunNanoUsd, 0n);
  const { creditNanoUsd, state } = await refund;
  expect(state).toBe('succeeded');
  expect(overrun).toBe(0n);
  expect((await posted()) + creditNanoUsd + 50n * 100_000_007n).toBe(10n * billion);
});

test('a refund that was done and whose reply was lost is made once, however the next tries go', async () => {
  const order = await bought();
  const { id } = await ask(order.id);
  await approve(id);
  stripe.mishaps(
    'POST',
    '/v1/refunds',
    'lose reply',
    'lose reply',
    'lose reply',
    'lose reply',
    { status: 503 },
    { status: 503 },
    { status: 503 },
  );
  expect(await submitRefund(deps, id)).toMatchObject({ state: 'reserved', attempts: 1 });
  expect(await posted()).toBe(0n);
  expect(await submitRefund(deps, id)).toMatchObject({ attempts: 1 });
  for (let tries = 0; tries < 4; tries++) {
    clock.aheadMs += 10 * 60_000;
    await submitRefunds(deps);
  }
  expect(await readRefund(db.database, id)).toMatchObject({ state: 'succeeded' });
  expect(madeAtStripe(order.sessionId)).toEqual([990]);
}, 60_000);

test('after a day, when the provider has forgotten our key, it is looked first whether the refund was made', async () => {
  const order = await bought();
  const { id } = await ask(order.id, 200n);
  await approve(id);
  stripe.mishaps('POST', '/v1/refunds', 'lose reply', 'lose reply', 'lose reply');
  await submitRefund(deps, id);
  stripe.forgetKeys();
  clock.aheadMs = day;
  const asked = stripe.calls.length;
  expect(await submitRefund(deps, id)).toMatchObject({ state: 'succeeded' });
  expect(stripe.calls.slice(asked).filter(({ method }) => method === 'POST')).toEqual([]);
  expect(madeAtStripe(order.sessionId)).toEqual([200]);
}, 60_000);

test('a provider that refuses gives the tokens back at once; one that lacks permission is asked again', async () => {
  const order = await bought();
  const { id } = await ask(order.id, 500n);
  await approve(id);
  stripe.mishaps('POST', '/v1/refunds', { status: 403 });
  expect(await submitRefund(deps, id)).toMatchObject({
    state: 'reserved',
    lastError: expect.stringContaining('stripe'),
  });
  stripe.refundInDashboard(order.sessionId);
  clock.aheadMs = 60_000;
  expect(await submitRefund(deps, id)).toMatchObject({ state: 'failed' });
  expect(await alarmKinds(db.database, id)).toEqual(['refund_failed']);
  while ((await lookAtOrders(deps)) > 0);
  expect(await posted()).toBe(0n);
  expect(await stateOf(deps, order.id)).toBe('refunded');
});

test('a refund that fails at the bank, even after it had succeeded, brings the tokens back once', async () => {
  const order = await bought();
  const refund = await refunded(order.id);
  expect(await stateOf(deps, order.id)).toBe('refunded');
  stripe.moveRefund(refund.providerRefundId!, 'failed');
  await Promise.all([followOrder(deps, order.id), followOrder(deps, order.id), followOrder(deps, order.id)]);
  expect(await posted()).toBe(10n * billion);
  expect(await readRefund(db.database, refund.id)).toMatchObject({ state: 'failed' });
  expect(await stateOf(deps, order.id)).toBe('paid');
  expect(await alarmKinds(db.database, refund.id)).toEqual(['refund_failed']);
  expect(await refunded(order.id)).toMatchObject({ state: 'succeeded' });
});

test('a refund that is pending, or wants something, keeps its tokens; cancelled there, it gives them back', async () => {
  const order = await bought();
  stripe.refundsBecome('pending');
  const refund = await refunded(order.id, 400n);
  expect(refund).toMatchObject({ state: 'submitted', providerStatus: 'pending' });
  const held = await posted();
  stripe.moveRefund(refund.providerRefundId!, 'requires_action');
  clock.aheadMs = 2 * day;
  await followOrder(deps, order.id);
  expect(await readRefund(db.database, refund.id)).toMatchObject({
    state: 'submitted',
    providerStatus: 'requires_action',
  });
  expect(await posted()).toBe(held);
  await expect(ask(order.id)).rejects.toMatchObject({ code: 'refund_open' });
  stripe.moveRefund(refund.providerRefundId!, 'canceled');
  await followOrder(deps, order.id);
  expect(await readRefund(db.database, refund.id)).toMatchObject({ state: 'cancelled' });
  expect(await posted()).toBe(10n * billion);
});

test('what was asked for can be taken back until it is sent, and not after', async () => {
  const order = await bought();
  const actor = { userId: 'usr_buyer' };
  const first = await ask(order.id);
  expect(await cancelRefund(deps, { refundId: first.id, reason: 'changed my mind', actor })).toMatchObject({
    state: 'cancelled',
  });
  const second = await ask(order.id);
  await approve(second.id);
  await cancelRefund(deps, { refundId: second.id, reason: 'mistake', actor: { userId: 'usr_support' } });
  expect(await posted()).toBe(10n * billion);
  const third = await refunded(order.id);
  await expect(cancelRefund(deps, { refundId: third.id, reason: 'late', actor })).rejects.toMatchObject({
    code: 'refund_closed',
  });
});

test('an order that is not paid, or somebody else’s, is not refunded', async () => {
  const order = await openOrder(deps, organizationId);
  await expect(ask(order.id)).rejects.toMatchObject({ code: 'order_not_paid' });
  const request = { orderId: order.id, organizationId: 'org_other', actor: { userId: 'usr_x' } };
  await expect(requestRefund(deps, request)).rejects.toMatchObject({ code: 'not_found' });
});

test('a refund in the Dashboard is adopted: tokens go down to nothing, the house bears the rest, and somebody is told', async () => {
  const order = await bought();
  await spend(7n * billion);
  stripe.refundInDashboard(order.sessionId);
  await Promise.all([followOrder(deps, order.id), followOrder(deps, order.id)]);
  const [refund, ...others] = await listRefunds(db.database, order.id);
  expect(others).toEqual([]);
  expect(refund).toMatchObject({
    origin: 'provider',
    state: 'succeeded',
    creditNanoUsd: 10n * billion,
    takenNanoUsd: 3n * billion,
  });
  expect(await posted()).toBe(0n);
  expect(await alarmKinds(db.database, refund!.id)).toEqual(['refund_adopted', 'refund_shortfall']);
  expect(await stateOf(deps, order.id)).toBe('refunded');
});

test('tokens of a Dashboard refund that workers lease are waited for', async () => {
  const order = await bought();
  const lease = await worker(4n * billion);
  stripe.refundInDashboard(order.sessionId);
  await followOrder(deps, order.id);
  expect(await listRefunds(db.database, order.id)).toMatchObject([{ state: 'submitted', takenNanoUsd: 6n * billion }]);
  await releaseLease(db.database, { ...lease, amountNanoUsd: 4n * billion });
  await followOrder(deps, order.id);
  expect(await listRefunds(db.database, order.id)).toMatchObject([{ state: 'succeeded', takenNanoUsd: 10n * billion }]);
  expect(await posted()).toBe(0n);
});

test('an older word about a refund, applied late, changes nothing', async () => {
  const order = await bought();
  const refund = await refunded(order.id, 100n);
  const object = stripe.get(refund.providerRefundId!);
  object.status = 'pending';
  await followOrder(deps, order.id);
  expect(await readRefund(db.database, refund.id)).toMatchObject({ state: 'succeeded', providerStatus: 'succeeded' });
});
