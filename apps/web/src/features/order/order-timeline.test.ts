import { expect, test } from 'vitest';
import { orderTimeline } from './order-timeline.ts';
import type { OrderPageView, OrderView, RefundView } from './order-tones.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute));
const order: OrderView = {
  ...{ id: 'ord_1', planId: 'starter', title: 'Starter', description: null, tokens: 10n, bonusTokens: 0n },
  creditNanoUsd: 10_000n,
  ...{
    amountMinor: 990n,
    currency: 'usd',
    state: 'paid',
    createdAt: at(0),
    expiresAt: at(59),
    paidAt: at(1),
    canceledAt: null,
  },
  ...{ isSandbox: false, checkoutUrl: null, hasReceipt: true },
};
const refund: RefundView = {
  ...{ id: 'rfd_1', origin: 'request', state: 'requested', amountMinor: 500n, currency: 'usd', takenNanoUsd: 0n },
  ...{ reason: 'too many', createdAt: at(5), endedAt: null, isOpen: true, isCancellable: true, answer: null },
};
const dispute = { id: 'dp_1', state: 'open', amountMinor: 990n, createdAt: at(7), endedAt: null } as const;

const kinds = (page: Partial<OrderPageView>, now = at(30)) =>
  orderTimeline({ order, refunds: [], disputes: [], ...page }, now).map(({ kind }) => kind);

test('what happened stands in its order, whatever it happened to', () => {
  const ended = { ...refund, id: 'rfd_0', state: 'cancelled', createdAt: at(2), endedAt: at(3) } as const;
  const won = { ...dispute, state: 'won', endedAt: at(9) } as const;
  expect(kinds({ refunds: [refund, ended], disputes: [won] })).toEqual([
    ...['created', 'paid', 'refundRequested', 'refund_cancelled', 'refundRequested', 'disputeOpened', 'dispute_won'],
  ]);
});

test('a refund that the provider made is not called the customer’s wish', () => {
  const made = { ...refund, origin: 'provider', state: 'succeeded', endedAt: at(6) } as const;
  expect(kinds({ refunds: [made] })).toEqual(['created', 'paid', 'refundMade', 'refund_succeeded']);
});

test('what has no time, or one to come, stands last and says none', () => {
  const unpaid = { ...order, state: 'expired', paidAt: null } as const;
  const page = { order: unpaid, refunds: [], disputes: [] };
  expect(orderTimeline(page, at(30)).at(-1)).toMatchObject({ kind: 'expired', at: undefined });
  expect(orderTimeline(page, at(59)).at(-1)).toMatchObject({ kind: 'expired', at: at(59) });
  expect(kinds({ order: { ...unpaid, state: 'canceled' } })).toEqual(['created', 'canceled']);
  const calledOff = { ...unpaid, state: 'canceled', canceledAt: at(3) } as const;
  expect(kinds({ order: calledOff })).toEqual(['created', 'calledOff']);
});
