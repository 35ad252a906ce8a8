import type { OrderPageView } from './order-tones.ts';

/** Something that happened to an order. */
export interface OrderMoment {
  readonly key: string;
  readonly kind:
    | 'created'
    | 'paid'
    | 'expired'
    | 'canceled'
    | 'calledOff'
    | 'refundRequested'
    | 'refundMade'
    | `refund_${'succeeded' | 'failed' | 'cancelled'}`
    | 'disputeOpened'
    | `dispute_${'won' | 'lost'}`;
  /** Undefined: not written down; it stands last. */
  readonly at: Date | undefined;
  readonly amountMinor: bigint;
}

type OrderMatters = Pick<OrderPageView, 'order' | 'refunds' | 'disputes'>;

/** All that happened to an order, oldest first. @param now what lies ahead of it has not happened */
export function orderTimeline({ order, refunds, disputes }: OrderMatters, now: Date): OrderMoment[] {
  const { amountMinor } = order;
  const moments: OrderMoment[] = [{ key: 'created', kind: 'created', at: order.createdAt, amountMinor }];
  if (order.paidAt) moments.push({ key: 'paid', kind: 'paid', at: order.paidAt, amountMinor });
  if (order.state === 'expired') {
    const at = order.expiresAt <= now ? order.expiresAt : undefined;
    moments.push({ key: 'expired', kind: 'expired', at, amountMinor });
  }
  if (order.state === 'canceled') {
    const kind = order.canceledAt ? 'calledOff' : 'canceled';
    moments.push({ key: 'canceled', kind, at: order.canceledAt ?? undefined, amountMinor });
  }
  for (const { id, origin, state, createdAt, endedAt, amountMinor: amount } of refunds) {
    const kind = origin === 'request' ? 'refundRequested' : 'refundMade';
    moments.push({ key: `${id} begun`, kind, at: createdAt, amountMinor: amount });
    if (state === 'succeeded' || state === 'failed' || state === 'cancelled')
      moments.push({ key: `${id} ended`, kind: `refund_${state}`, at: endedAt ?? undefined, amountMinor: amount });
  }
  for (const { id, state, createdAt, endedAt, amountMinor: amount } of disputes) {
    moments.push({ key: `${id} begun`, kind: 'disputeOpened', at: createdAt, amountMinor: amount });
    if (state === 'won' || state === 'lost')
      moments.push({ key: `${id} ended`, kind: `dispute_${state}`, at: endedAt ?? undefined, amountMinor: amount });
  }
  return moments.sort((a, b) => timeOf(a) - timeOf(b));
}

const timeOf = ({ at }: OrderMoment): number => at?.getTime() ?? Number.MAX_SAFE_INTEGER;
