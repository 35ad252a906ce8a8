import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { PaymentProviderError } from '../payments/provider.ts';
import type { Order } from './order-row.ts';

/**
 * The payment provider's own receipt of an order, asked for each time: such addresses run out. Undefined where the order was not paid, or its
 * provider gives none. @throws BillingError payment_provider_unavailable
 */
export async function readReceiptUrl(
  { providers }: BillingDeps,
  order: Pick<Order, 'paymentId' | 'provider'>,
): Promise<string | undefined> {
  if (order.paymentId === null) return undefined;
  try {
    return await providers.find(order.provider)?.readReceiptUrl(order.paymentId);
  } catch (error) {
    if (!(error instanceof PaymentProviderError)) throw error;
    throw new BillingError('payment_provider_unavailable', 'the payment provider does not answer: try again', error);
  }
}
