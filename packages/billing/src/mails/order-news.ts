import type { DisputeNews, RefundNews } from '@ai-bridge/mail';
import type { Dispute } from '../disputes/dispute-row.ts';
import type { OrderMatters } from '../orders/order-matters.ts';
import { isPaidState, type OrderState } from '../orders/order-states.ts';
import type { Refund } from '../refunds/refund-row.ts';

/** How an order stands, with all that came of it. */
export interface OrderStanding extends OrderMatters {
  readonly state: OrderState;
}

/** What customers are told of an order. */
export type OrderNews =
  | { readonly about: 'payment' }
  | { readonly about: 'refund'; readonly news: RefundNews; readonly refund: Refund }
  | { readonly about: 'dispute'; readonly news: DisputeNews; readonly dispute: Dispute };

/** What is new between two looks at an order, as far as its customers are told. */
export function newsOf(before: OrderStanding, after: OrderStanding): OrderNews[] {
  const refunds = after.refunds.flatMap((refund): OrderNews[] => {
    const was = before.refunds.find(({ id }) => id === refund.id)?.state;
    const news = was === refund.state ? undefined : newsOfRefund(refund);
    return news ? [{ about: 'refund', news, refund }] : [];
  });
  const disputes = after.disputes.flatMap((dispute): OrderNews[] => {
    const was = before.disputes.find(({ id }) => id === dispute.id)?.state;
    const news = was === dispute.state ? undefined : newsOfDispute(dispute, was);
    return news ? [{ about: 'dispute', news, dispute }] : [];
  });
  const isPaid = !isPaidState(before.state) && isPaidState(after.state);
  return [...(isPaid ? [{ about: 'payment' } as const] : []), ...refunds, ...disputes];
}

function newsOfRefund({ state, origin, tellsReason }: Refund): RefundNews | undefined {
  if (state === 'requested') return origin === 'request' ? 'requested' : undefined;
  if (state === 'succeeded' || state === 'failed') return state;
  // Without an answer of the staff's its customer took it back, the provider called it off, or a dispute came before it.
  return state === 'cancelled' && tellsReason ? 'declined' : undefined;
}

/** A bank that only asked, and is content, has taken nothing. */
function newsOfDispute({ state }: Dispute, was: Dispute['state'] | undefined): DisputeNews | undefined {
  if (state === 'open') return 'opened';
  if (state === 'lost') return 'lost';
  return state === 'won' && was === 'open' ? 'won' : undefined;
}
