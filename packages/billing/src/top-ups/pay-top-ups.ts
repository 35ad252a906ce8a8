import { raiseAlarm } from '../alarms.ts';
import type { BillingDeps } from '../deps.ts';
import { followOrder } from '../orders/follow-order.ts';
import { findOrder, type Order } from '../orders/order-row.ts';
import { isPaidState, type OrderState } from '../orders/order-states.ts';
import { findPaymentMethod } from '../payment-methods/payment-method-row.ts';
import { type PaymentProvider, PaymentProviderError } from '../payments/provider.ts';
import type { ChargeRefusal } from '../payments/saved-payments.ts';
import { findAutoTopUp } from './auto-top-up.ts';
import { endTopUp, type OpenTopUp, type TopUpEnd } from './end-top-up.ts';
import { forEachOfThem } from './for-each-of-them.ts';

/** Payments tried in one run; whoever takes one has it for so long, which is longer than its calls and their retries. */
const maxPerRun = 20;
const claimMs = 5 * 60_000;
/** After a try that ended nothing: so long, twice as long each time, up to an hour. */
const firstWaitMs = 30_000;
const maxWaitMs = 60 * 60_000;
/** From then on somebody is told. */
const alarmAfterAttempts = 10;

/** Pays the orders that were begun by themselves. Several processes may do so at once: each goes to one. @returns how many were tried */
export async function payTopUps(deps: BillingDeps): Promise<number> {
  const now = deps.clock.now();
  const due = await deps.database.query<OpenTopUp>(
    `WITH due AS MATERIALIZED (
       SELECT id AS due_id FROM top_up WHERE state = 'open' AND next_attempt_at <= $1
       ORDER BY next_attempt_at LIMIT ${maxPerRun} FOR UPDATE SKIP LOCKED)
     UPDATE top_up SET attempts = attempts + 1, next_attempt_at = $2 FROM due WHERE id = due_id
     RETURNING id, organization_id AS "organizationId", order_id AS "orderId", method_id AS "methodId", attempts`,
    [new Date(now), new Date(now + claimMs)],
  );
  return forEachOfThem(due, async (topUp) => {
    const end = await tryToEnd(deps, topUp);
    if (end) await endTopUp(deps, topUp, end);
    else await tryLater(deps, topUp);
  });
}

/** @returns how it ended; undefined: the provider is away, or the payment is on its way */
async function tryToEnd(deps: BillingDeps, topUp: OpenTopUp): Promise<TopUpEnd | undefined> {
  try {
    return await pay(deps, topUp);
  } catch (error) {
    if (error instanceof PaymentProviderError) return undefined;
    throw error;
  }
}

async function tryLater(
  { database, clock }: BillingDeps,
  { id, orderId, organizationId, attempts }: OpenTopUp,
): Promise<void> {
  const waitMs = Math.min(maxWaitMs, firstWaitMs * 2 ** Math.min(attempts - 1, 20));
  await database.query(`UPDATE top_up SET next_attempt_at = $2 WHERE id = $1 AND state = 'open'`, [
    id,
    new Date(clock.now() + waitMs),
  ]);
  if (attempts < alarmAfterAttempts) return;
  const detail = { topUp: id, attempts: String(attempts) };
  await raiseAlarm(database, { kind: 'order_stuck', subject: orderId, organizationId, detail });
}

/**
 * Looks at the order first, as a reply may have been lost; charges what was not charged; looks again. A payment takes its money once for ever,
 * so that no number of these is two charges, and the look is what credits.
 */
async function pay(deps: BillingDeps, topUp: OpenTopUp): Promise<TopUpEnd | undefined> {
  const order = await findOrder(deps.database, topUp.orderId);
  const provider = order && deps.providers.find(order.provider);
  // Keys that were taken away may come back, and what was begun with them may have been paid.
  if (!order || !provider) return order?.sessionId ? undefined : 'unavailable';
  const state = await followOrder(deps, order.id);
  if (isPaidState(state)) return 'paid';
  if (state !== 'pending') return whyNot(provider, order, state, topUp);
  const auto = await findAutoTopUp(deps.database, topUp.organizationId);
  const refusal = auto?.isOn ? await charge(deps, provider, order, topUp) : 'switched_off';
  if (refusal) return endAs(await closeOrder(deps, provider, order.id), refusal);
  return endAs(await followOrder(deps, order.id), 'unavailable');
}

/** What a top-up's end is called, by how its order stands: money that has arrived counts, whatever was meant. */
const endAs = (state: OrderState, otherwise: TopUpEnd): TopUpEnd | undefined =>
  isPaidState(state) ? 'paid' : state === 'pending' ? undefined : otherwise;

/** Its order was closed by somebody else, as its term was over: the payment says whether the bank had refused. */
async function whyNot(provider: PaymentProvider, order: Order, state: OrderState, topUp: OpenTopUp): Promise<TopUpEnd> {
  if (state !== 'canceled' || order.sessionId === null) return 'unavailable';
  const { methodId, attempts: attempt } = topUp;
  const outcome = await provider.saved.confirmCharge({ paymentId: order.sessionId, methodId, attempt });
  return outcome === 'tried' ? 'unavailable' : outcome.refused;
}

/** Sees to it that an order is not paid any more, unless it was. */
async function closeOrder(deps: BillingDeps, provider: PaymentProvider, orderId: string): Promise<OrderState> {
  const order = await findOrder(deps.database, orderId);
  if (order?.sessionId) {
    await provider.closeCheckout(order.sessionId);
    return followOrder(deps, orderId);
  }
  await deps.database.query(
    `UPDATE "order" SET state = 'canceled', next_look_at = NULL WHERE id = $1 AND state = 'pending' AND session_id IS NULL`,
    [orderId],
  );
  return 'canceled';
}

/** Makes the payment where there is none, and has it take the money. */
async function charge(
  deps: BillingDeps,
  provider: PaymentProvider,
  order: Order,
  topUp: OpenTopUp,
): Promise<ChargeRefusal | undefined> {
  const { methodId, attempts: attempt } = topUp;
  try {
    const paymentId = order.sessionId ?? (await openCharge(deps, provider, order, methodId));
    const outcome = await provider.saved.confirmCharge({ paymentId, methodId, attempt });
    return outcome === 'tried' ? undefined : outcome.refused;
  } catch (error) {
    if (error instanceof PaymentProviderError && error.failure === 'refused') return 'method_missing';
    throw error;
  }
}

async function openCharge(
  { database }: BillingDeps,
  provider: PaymentProvider,
  order: Order,
  methodId: string,
): Promise<string> {
  const method = await findPaymentMethod(database, provider, order.organizationId);
  if (!method) throw new PaymentProviderError('refused', 'there is no customer to charge');
  const { customerId } = method;
  const paymentId = await provider.saved.openCharge({ ...order, orderId: order.id }, { customerId, methodId });
  await database.query('UPDATE "order" SET session_id = $2 WHERE id = $1 AND session_id IS NULL', [
    order.id,
    paymentId,
  ]);
  return paymentId;
}
