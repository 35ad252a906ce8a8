import {
  type BillingDeps,
  BillingError,
  followOrder,
  isPaidState,
  type Order,
  PaymentProviderError,
  type Refundable,
  readOrder,
  readOrderMatters,
  readRefundable,
} from '@ai-bridge/billing';
import { disputeView, orderView, refundView } from './views.ts';

export interface OrderQuestion {
  readonly orderId: string;
  readonly organizationId: string;
  /** Somebody waits for its payment: the provider is asked rather than waited for. */
  readonly isAwaited: boolean;
}

/** An order with all that came of it. @throws BillingError not_found */
export async function readOrderPage(billing: BillingDeps, question: OrderQuestion) {
  let order = await readOrder(billing.database, question);
  if (question.isAwaited && order.state === 'pending') {
    await askProvider(billing, order);
    order = await readOrder(billing.database, question);
  }
  const { refunds, disputes } = await readOrderMatters(billing.database, order.id);
  return {
    order: orderView(order),
    refunds: refunds.map(refundView),
    disputes: disputes.map(disputeView),
    refundable: await refundableOf(billing, order),
  };
}

/** A provider that does not answer just now tells later by itself. */
async function askProvider(billing: BillingDeps, { id }: Order): Promise<void> {
  try {
    await followOrder(billing, id);
  } catch (error) {
    if (!(error instanceof PaymentProviderError || error instanceof BillingError)) throw error;
  }
}

/** Undefined where its state lets no money go back. */
async function refundableOf(billing: BillingDeps, { id, state }: Order): Promise<Refundable | undefined> {
  if (!isPaidState(state) || state === 'disputed') return undefined;
  try {
    return await readRefundable(billing, id);
  } catch (error) {
    // It has changed meanwhile; the next look shows it.
    if (error instanceof BillingError) return undefined;
    throw error;
  }
}
