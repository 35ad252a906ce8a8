import { type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { PaymentProviderError } from '../payments/provider.ts';
import { followOrder } from './follow-order.ts';
import { readOrder } from './order-row.ts';
import { isPaidState, type OrderState } from './order-states.ts';

/**
 * Its customer calls an order off before it is paid: the checkout is closed at the provider, so that nobody can pay it afterwards. Where it was
 * paid meanwhile, the payment wins; where money is under way, the order waits for it. What the provider does not hear now it hears later.
 * @returns the order's state now
 * @throws BillingError not_found, order_closed (it is paid), payment_provider_unavailable
 */
export async function cancelOrder(
  deps: BillingDeps,
  of: { readonly orderId: string; readonly organizationId: string; readonly actor: BillingActor },
): Promise<OrderState> {
  const { organizationId } = await readOrder(deps.database, of);
  const now = new Date(deps.clock.now());
  await deps.database.transaction(async (sql) => {
    const rows = await sql.query(
      `UPDATE "order" SET canceled_at = $2, next_look_at = $2 WHERE id = $1 AND state = 'pending' AND canceled_at IS NULL RETURNING id`,
      [of.orderId, now],
    );
    if (rows.length > 0)
      await writeAudit(sql, of.actor, { action: 'order.cancel', target: of.orderId, organizationId });
  });
  const state = await followOrder(deps, of.orderId).catch((error: unknown) => {
    if (!(error instanceof PaymentProviderError)) throw error;
    throw new BillingError('payment_provider_unavailable', 'it is closed there as soon as the provider answers', error);
  });
  if (isPaidState(state)) throw new BillingError('order_closed', 'this order is paid already');
  return state;
}
