import type { Sql } from '@ai-bridge/db';
import { creditOrder } from '@ai-bridge/ledger';
import { raiseAlarm } from '../alarms.ts';
import { actorName, system, writeAudit } from '../audit.ts';
import type { PaymentView } from '../payments/provider.ts';
import type { Order } from './order-row.ts';
import { canBecome, isPaidState, type OrderState } from './order-states.ts';

/** What a payment means for an order: a state, or a mismatch that a person has to look at. */
export type Verdict = OrderState | 'mismatch';

/** Whether an order is paid, by what its provider says just now. Money that is not exactly what the order asks for is not credited. */
export function judgePayment(
  order: Pick<Order, 'state' | 'amountMinor' | 'currency' | 'livemode' | 'canceledAt'>,
  view: Pick<PaymentView, 'checkout' | 'payment' | 'paidMinor' | 'currency' | 'livemode'>,
): Verdict {
  if (isPaidState(order.state)) return order.state;
  if (view.payment === 'paid') {
    const isExact =
      view.paidMinor === order.amountMinor && view.currency === order.currency && view.livemode === order.livemode;
    return isExact ? 'paid' : 'mismatch';
  }
  if (order.state !== 'pending') return order.state;
  if (view.payment === 'failed') return view.checkout === 'open' ? 'pending' : 'canceled';
  if (view.checkout !== 'expired') return 'pending';
  return order.canceledAt === null ? 'expired' : 'canceled';
}

/**
 * Applies what its provider says of an order's payment, once. The credit is what our own order says that was sold. The order is locked by
 * the caller. @returns the order's state now
 */
export async function applyPayment(sql: Sql, order: Order, view: PaymentView, now: Date): Promise<OrderState> {
  const verdict = judgePayment(order, view);
  if (verdict === 'mismatch') {
    await alarmMismatch(sql, order, view);
    return order.state;
  }
  if (!canBecome(order.state, verdict)) return order.state;
  if (verdict !== 'paid') {
    await sql.query('UPDATE "order" SET state = $2 WHERE id = $1', [order.id, verdict]);
    return verdict;
  }
  await sql.query(`UPDATE "order" SET state = 'paid', paid_at = $2, payment_id = $3 WHERE id = $1`, [
    order.id,
    now,
    view.paymentId ?? null,
  ]);
  const { id: orderId, organizationId, creditNanoUsd: amountNanoUsd } = order;
  await creditOrder(sql, { orderId, organizationId, amountNanoUsd, actor: actorName(system) });
  const detail = { amountMinor: `${order.amountMinor}`, currency: order.currency, tokens: `${order.tokens}` };
  await writeAudit(sql, system, { action: 'order.paid', target: orderId, organizationId, detail });
  return 'paid';
}

function alarmMismatch(sql: Sql, order: Order, view: PaymentView): Promise<void> {
  return raiseAlarm(sql, {
    ...{ kind: 'payment_mismatch', subject: order.id, organizationId: order.organizationId },
    detail: {
      expected: `${order.amountMinor} ${order.currency} ${order.livemode ? 'live' : 'test'}`,
      paid: `${view.paidMinor} ${view.currency} ${view.livemode ? 'live' : 'test'}`,
      payment: view.paymentId ?? null,
    },
  });
}
