import { expect, test } from 'vitest';
import type { Dispute } from '../disputes/dispute-row.ts';
import type { Refund } from '../refunds/refund-row.ts';
import { newsOf, type OrderStanding } from './order-news.ts';

const standing = (more: Partial<OrderStanding> = {}): OrderStanding => ({
  ...{ state: 'paid', refunds: [], disputes: [], ...more },
});
const refund = (state: Refund['state'], more: Partial<Refund> = {}) =>
  ({ id: 'rfd_1', origin: 'request', decisionReason: null, tellsReason: false, state, ...more }) as Refund;
const dispute = (state: Dispute['state']) => ({ id: 'dp_1', state }) as Dispute;
const named = (before: OrderStanding, after: OrderStanding) =>
  newsOf(before, after).map((news) => (news.about === 'payment' ? 'paid' : `${news.about} ${news.news}`));

test('an order is paid once, whatever it is called afterwards', () => {
  for (const state of ['paid', 'disputed', 'refunded'] as const)
    expect(named(standing({ state: 'pending' }), standing({ state }))).toEqual(['paid']);
  expect(named(standing({ state: 'expired' }), standing())).toEqual(['paid']);
  expect(named(standing({ state: 'pending' }), standing({ state: 'expired' }))).toEqual([]);
  expect(named(standing(), standing({ state: 'partially_refunded' }))).toEqual([]);
});

test('a refund is told where it begins and where it ends, not on its way', () => {
  const steps = ['requested', 'reserved', 'submitted', 'succeeded', 'failed'] as const;
  const told = steps.map((state, at) => {
    const was = steps[at - 1];
    return named(standing({ refunds: was ? [refund(was)] : [] }), standing({ refunds: [refund(state)] }));
  });
  expect(told).toEqual([['refund requested'], [], [], ['refund succeeded'], ['refund failed']]);
  expect(named(standing({ refunds: [refund('succeeded')] }), standing({ refunds: [refund('succeeded')] }))).toEqual([]);
});

test('a refund that the staff declined is told with their answer; one that its customer took back is not', () => {
  const before = standing({ refunds: [refund('requested')] });
  const answered = { decisionReason: 'used', tellsReason: true };
  expect(named(before, standing({ refunds: [refund('cancelled', answered)] }))).toEqual(['refund declined']);
  expect(named(before, standing({ refunds: [refund('cancelled', { decisionReason: '' })] }))).toEqual([]);
  // Approved, for a reason of the staff's own, and called off by somebody else.
  const approved = { decisionReason: 'a good customer', tellsReason: false };
  expect(named(before, standing({ refunds: [refund('cancelled', approved)] }))).toEqual([]);
  expect(named(before, standing({ refunds: [refund('cancelled')] }))).toEqual([]);
});

test('a dispute is told when it opens and when it is decided; a question of the bank’s that ends well is not', () => {
  const told = (was: Dispute['state'] | undefined, is: Dispute['state']) =>
    named(standing({ disputes: was ? [dispute(was)] : [] }), standing({ disputes: [dispute(is)] }));
  expect(told(undefined, 'inquiry')).toEqual([]);
  expect(told('inquiry', 'won')).toEqual([]);
  expect(told('inquiry', 'open')).toEqual(['dispute opened']);
  expect(told('open', 'won')).toEqual(['dispute won']);
  expect(told('open', 'lost')).toEqual(['dispute lost']);
});
