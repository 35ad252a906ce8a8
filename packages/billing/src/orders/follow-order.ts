import type { Sql } from '@ai-bridge/db';
import { readBalance } from '@ai-bridge/ledger';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { applyDisputes } from '../disputes/apply-disputes.ts';
import { tellingNews } from '../mails/telling-news.ts';
import type { PaymentView } from '../payments/provider.ts';
import { tryWithRecall } from '../recall.ts';
import { applyRefunds, collectWindowMs } from '../refunds/apply-refunds.ts';
import type { Refund } from '../refunds/refund-row.ts';
import { isOpenRefund } from '../refunds/refund-states.ts';
import { readOrderMatters } from './order-matters.ts';
import { findOrder, lockOrder, type Order } from './order-row.ts';
import { canBecome, isPaidState, type OrderState, stateOfPaidOrder } from './order-states.ts';
import { applyPayment } from './pay-order.ts';

/** Tokens that workers still lease are asked for again so soon. */
const collectAgainMs = 10_000;
/** A payment that is under way, after its order's term. */
const processingAgainMs = 60 * 60_000;
/** A refund or a dispute that is under way: the provider tells, this is the net below. */
const openMatterAgainMs = 6 * 60 * 60_000;

/**
 * Asks the provider how an order stands and brings ours there: payment, refunds, disputes, all of it from one fresh look. Whatever was told,
 * in whichever order, however often, and by whom, ends the same, because nothing but this look counts.
 * @returns the order's state now
 * @throws BillingError not_found, payments_unavailable; PaymentProviderError
 */
export async function followOrder(deps: BillingDeps, orderId: string): Promise<OrderState> {
  const order = await findOrder(deps.database, orderId);
  if (!order) throw new BillingError('not_found', 'there is no such order');
  if (order.sessionId === null) return closeUnopened(deps, order);
  const provider = deps.providers.find(order.provider);
  if (!provider) throw new BillingError('payments_unavailable', `${order.provider} is not set up here any more`);
  let view = await provider.readPayment(order.sessionId);
  const isTimeUp = order.expiresAt.getTime() <= deps.clock.now();
  const isOver = order.state === 'pending' && (isTimeUp || order.canceledAt !== null);
  if (isOver && view.checkout === 'open' && view.payment !== 'paid') {
    await provider.closeCheckout(order.sessionId);
    view = await provider.readPayment(order.sessionId);
  }
  const { state } = await tryWithRecall(deps.database, order.organizationId, {
    attempt: () =>
      deps.database.transaction((sql) => tellingNews(sql, deps, orderId, () => applyView(sql, deps, orderId, view))),
    isInTheWay: ({ isCollecting }) => isCollecting,
  });
  return state;
}

/** Its checkout was never made: nobody can pay it. */
async function closeUnopened({ database, clock }: BillingDeps, order: Order): Promise<OrderState> {
  const rows = await database.query<{ state: OrderState }>(
    `UPDATE "order" SET state = CASE WHEN canceled_at IS NULL THEN 'expired' ELSE 'canceled' END, next_look_at = NULL
     WHERE id = $1 AND state = 'pending' AND session_id IS NULL AND (expires_at <= $2 OR canceled_at IS NOT NULL) RETURNING state`,
    [order.id, new Date(clock.now())],
  );
  return rows[0]?.state ?? order.state;
}

async function applyView(
  sql: Sql,
  { clock }: BillingDeps,
  orderId: string,
  view: PaymentView,
): Promise<{ state: OrderState; isCollecting: boolean }> {
  const now = new Date(clock.now());
  const order = await lockOrder(sql, orderId);
  const paid = await applyPayment(sql, order, view, now);
  if (!isPaidState(paid)) {
    await lookAgain(sql, order, paid === 'pending' ? nextLookWhilePending(order, view, now) : undefined);
    return { state: paid, isCollecting: false };
  }
  // What gives tokens back comes first: the shares of what takes them are of what then is there.
  const won = view.disputes.filter((dispute) => dispute.state === 'won');
  await applyDisputes(sql, order, won);
  await applyRefunds(sql, order, view.refunds, now);
  await applyDisputes(
    sql,
    order,
    view.disputes.filter((dispute) => dispute.state !== 'won'),
  );
  const { state, isCollecting, isOpen } = await settleState(sql, order, paid, now);
  const againMs = isCollecting ? collectAgainMs : openMatterAgainMs;
  await lookAgain(sql, order, isCollecting || isOpen ? new Date(now.getTime() + againMs) : undefined);
  return { state, isCollecting };
}

function nextLookWhilePending(order: Order, view: PaymentView, now: Date): Date | undefined {
  // It was paid, but not what was asked for: that is for a person.
  if (view.payment === 'paid') return undefined;
  const isOver = order.expiresAt <= now || order.canceledAt !== null;
  return isOver ? new Date(now.getTime() + processingAgainMs) : order.expiresAt;
}

/** Names a paid order by what became of its money. To be called with the order locked, after anything of its refunds or disputes changed. */
export async function settleState(
  sql: Sql,
  order: Order,
  current: OrderState,
  now: Date,
): Promise<{ state: OrderState; isCollecting: boolean; isOpen: boolean }> {
  const { refunds, disputes } = await readOrderMatters(sql, order.id);
  const refundedMinor = refunds.reduce((sum, one) => sum + (one.state === 'succeeded' ? one.amountMinor : 0n), 0n);
  const isDisputed = disputes.some(({ state }) => state === 'open' || state === 'lost');
  const state = stateOfPaidOrder({ amountMinor: order.amountMinor, refundedMinor, isDisputed });
  if (canBecome(current, state)) await sql.query('UPDATE "order" SET state = $2 WHERE id = $1', [order.id, state]);
  const isEarly = ({ createdAt }: { readonly createdAt: Date }) =>
    now.getTime() < createdAt.getTime() + collectWindowMs;
  const isMissing =
    refunds.some((one) => isEarly(one) && one.origin === 'provider' && one.state === 'submitted' && !isTaken(one)) ||
    disputes.some((one) => isEarly(one) && one.state === 'open' && one.frozenNanoUsd < one.creditNanoUsd);
  const isCollecting = isMissing && (await readBalance(sql, order.organizationId)).heldNanoUsd > 0n;
  const isOpen = refunds.some(isUnderWay) || disputes.some(isUndecided);
  return { state, isCollecting, isOpen };
}

const isTaken = (refund: Refund) => refund.takenNanoUsd >= refund.creditNanoUsd;
const isUnderWay = ({ state }: Refund) => isOpenRefund(state) && state !== 'requested';
const isUndecided = ({ state }: { readonly state: string }) => state === 'open' || state === 'inquiry';

async function lookAgain(sql: Sql, order: Order, at: Date | undefined): Promise<void> {
  await sql.query('UPDATE "order" SET next_look_at = $2, failures = 0, last_error = NULL WHERE id = $1', [
    order.id,
    at ?? null,
  ]);
}
