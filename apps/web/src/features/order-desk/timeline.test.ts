import { expect, test } from 'vitest';
import { timelineOf } from './timeline.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute));
const order = { state: 'paid' as const, amountMinor: 990n, createdAt: at(0), expiresAt: at(60), paidAt: at(1) };

test('all that happened to an order stands in its order', () => {
  const refund = { id: 'rfd_1', origin: 'request' as const, state: 'failed' as const, amountMinor: 495n };
  const dispute = { id: 'dp_1', state: 'won' as const, amountMinor: 990n, createdAt: at(4), endedAt: at(9) };
  const moments = timelineOf({
    ...order,
    refunds: [{ ...refund, createdAt: at(2), firstSubmittedAt: at(3), endedAt: at(5) }],
    disputes: [dispute],
  });
  expect(moments.map(({ kind, id }) => [kind, id])).toEqual([
    ['created', undefined],
    ['paid', undefined],
    ['refund_requested', 'rfd_1'],
    ['refund_submitted', 'rfd_1'],
    ['dispute_opened', 'dp_1'],
    ['refund_failed', 'rfd_1'],
    ['dispute_won', 'dp_1'],
  ]);
});

test('an order that nobody paid ends when its term did', () => {
  const expired = { ...order, state: 'expired' as const, paidAt: null, refunds: [], disputes: [] };
  expect(timelineOf(expired).map(({ kind }) => kind)).toEqual(['created', 'expired']);
});
