import type { Dispute, Order, Refund } from '@ai-bridge/billing';

/** Something that happened to an order. */
export interface Moment {
  readonly kind:
    | 'created'
    | 'paid'
    | 'expired'
    | 'refund_requested'
    | 'refund_adopted'
    | 'refund_submitted'
    | 'refund_succeeded'
    | 'refund_failed'
    | 'refund_cancelled'
    | 'dispute_opened'
    | 'dispute_won'
    | 'dispute_lost';
  readonly at: Date;
  /** Money that it is about, in the order's currency. */
  readonly amountMinor: bigint;
  /** The refund or dispute. */
  readonly id?: string;
}

type TimedRefund = Pick<
  Refund,
  'id' | 'origin' | 'state' | 'amountMinor' | 'createdAt' | 'firstSubmittedAt' | 'endedAt'
>;
type TimedDispute = Pick<Dispute, 'id' | 'state' | 'amountMinor' | 'createdAt' | 'endedAt'>;

export interface TimedOrder extends Pick<Order, 'state' | 'amountMinor' | 'createdAt' | 'expiresAt' | 'paidAt'> {
  readonly refunds: readonly TimedRefund[];
  readonly disputes: readonly TimedDispute[];
}

/** All that happened to an order, in its order. */
export function timelineOf(order: TimedOrder): Moment[] {
  const { amountMinor, createdAt, expiresAt, paidAt, state } = order;
  const moments: Moment[] = [
    { kind: 'created', at: createdAt, amountMinor },
    ...(paidAt ? [{ kind: 'paid' as const, at: paidAt, amountMinor }] : []),
    ...(state === 'expired' ? [{ kind: 'expired' as const, at: expiresAt, amountMinor }] : []),
    ...order.refunds.flatMap(refundMoments),
    ...order.disputes.flatMap(disputeMoments),
  ];
  return moments.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function refundMoments(refund: TimedRefund): Moment[] {
  const { id, amountMinor, state, endedAt } = refund;
  const about = { id, amountMinor };
  const began = refund.origin === 'provider' ? 'refund_adopted' : 'refund_requested';
  const moments: Moment[] = [{ kind: began, at: refund.createdAt, ...about }];
  if (refund.firstSubmittedAt) moments.push({ kind: 'refund_submitted', at: refund.firstSubmittedAt, ...about });
  if (endedAt && (state === 'succeeded' || state === 'failed' || state === 'cancelled')) {
    moments.push({ kind: `refund_${state}`, at: endedAt, ...about });
  }
  return moments;
}

function disputeMoments({ id, amountMinor, state, createdAt, endedAt }: TimedDispute): Moment[] {
  const moments: Moment[] = [{ kind: 'dispute_opened', at: createdAt, id, amountMinor }];
  if (endedAt && (state === 'won' || state === 'lost')) {
    moments.push({ kind: `dispute_${state}`, at: endedAt, id, amountMinor });
  }
  return moments;
}
