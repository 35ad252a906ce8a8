import type { Sql } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { cancelRefund, readBalance, settleRefund, takeBackCredit } from '@ai-bridge/ledger';
import { raiseAlarm } from '../alarms.ts';
import { actorName, system } from '../audit.ts';
import type { Order } from '../orders/order-row.ts';
import type { ProviderRefund } from '../payments/provider.ts';
import { readOrderAccount } from './order-account.ts';
import { hasUnansweredRefund, listRefunds, type Refund, readRefund } from './refund-row.ts';
import { canRefundBecome } from './refund-states.ts';
import { creditOfMoney, most } from './refundable.ts';

/** How long the tokens of a refund that the provider made are waited for, while workers still lease them. */
export const collectWindowMs = 10 * 60_000;

const actor = actorName(system);

/**
 * Brings an order's refunds to where the provider has them, and adopts those that were made there. An older word than what is known changes
 * nothing. The order is paid, and locked by the caller. @param told oldest first
 */
export async function applyRefunds(sql: Sql, order: Order, told: readonly ProviderRefund[], now: Date): Promise<void> {
  for (const refund of inOrder(told)) {
    const known = (await findKnown(sql, order, refund)) ?? (await adopt(sql, order, refund));
    if (!known) continue;
    const isTaking = known.origin === 'provider' && !isOver(refund);
    const collected = isTaking ? await collect(sql, order, known, now) : { refund: known, isDone: true };
    await advance(sql, collected.refund, collected.isDone ? refund : { ...refund, state: 'submitted' });
  }
}

const isOver = ({ state }: ProviderRefund) => state === 'failed' || state === 'cancelled';

/** What gives tokens back comes first: the shares of what takes them are of what then is there. */
function inOrder(told: readonly ProviderRefund[]): ProviderRefund[] {
  return [...told.filter(isOver), ...told.filter((refund) => !isOver(refund))];
}

async function findKnown(sql: Sql, order: Order, told: ProviderRefund): Promise<Refund | undefined> {
  const refunds = await listRefunds(sql, order.id);
  const known = refunds.find(({ providerRefundId }) => providerRefundId === told.id);
  if (known) return known;
  // Made for ours, and the answer was lost.
  return refunds.find(
    ({ id, providerRefundId, state }) =>
      id === told.refundId && providerRefundId === null && (state === 'reserved' || state === 'submitted'),
  );
}

/** A refund that somebody made at the provider. One that did not come to be is none of ours. */
async function adopt(sql: Sql, order: Order, told: ProviderRefund): Promise<Refund | undefined> {
  if (isOver(told)) return undefined;
  const id = newId('rfd');
  await sql.query(
    `INSERT INTO refund (id, order_id, organization_id, origin, state, amount_minor, currency, credit_nano_usd, provider_refund_id,
       provider_status)
     VALUES ($1, $2, $3, 'provider', 'submitted', $4, $5, 0, $6, $7)`,
    [id, order.id, order.organizationId, told.amountMinor, order.currency, told.id, told.status],
  );
  const detail = {
    order: order.id,
    amountMinor: `${told.amountMinor}`,
    currency: order.currency,
    providerRefund: told.id,
  };
  await raiseAlarm(sql, { kind: 'refund_adopted', subject: id, organizationId: order.organizationId, detail });
  return readRefund(sql, id);
}

/**
 * Takes the tokens of an adopted refund, as they come free. What they are may still change while a refund of ours is unanswered: should that be
 * refused, because there is no money left to refund, its tokens are those that this one is for.
 * @returns isDone false: workers still lease some and it is early, or a refund of ours is unanswered
 */
async function collect(
  sql: Sql,
  order: Order,
  refund: Refund,
  now: Date,
): Promise<{ refund: Refund; isDone: boolean }> {
  if (refund.state !== 'submitted') return { refund, isDone: true };
  const creditNanoUsd = await creditNow(sql, order, refund);
  const input = { refundId: refund.id, organizationId: refund.organizationId, orderId: order.id, actor };
  const { takenNanoUsd } =
    creditNanoUsd > refund.takenNanoUsd
      ? await takeBackCredit(sql, { ...input, amountNanoUsd: creditNanoUsd })
      : refund;
  await sql.query('UPDATE refund SET credit_nano_usd = $2, taken_nano_usd = $3 WHERE id = $1', [
    refund.id,
    creditNanoUsd,
    takenNanoUsd,
  ]);
  const { heldNanoUsd } = await readBalance(sql, refund.organizationId);
  const isEarly = now.getTime() < refund.createdAt.getTime() + collectWindowMs;
  const isWaiting = takenNanoUsd < creditNanoUsd && heldNanoUsd > 0n && isEarly;
  return {
    refund: { ...refund, creditNanoUsd, takenNanoUsd },
    isDone: !isWaiting && !(await hasUnansweredRefund(sql, order.id)),
  };
}

async function creditNow(sql: Sql, order: Order, refund: Refund): Promise<bigint> {
  const account = await readOrderAccount(sql, order);
  const returns = account.returns.filter(({ id }) => id !== refund.id);
  const credit = creditOfMoney({ ...account, returns }, refund.amountMinor);
  return most(credit, refund.takenNanoUsd);
}

async function advance(sql: Sql, refund: Refund, told: ProviderRefund): Promise<void> {
  const isNews = canRefundBecome(refund.state, told.state);
  const end = { refundId: refund.id, organizationId: refund.organizationId, actor };
  if (isNews && told.state === 'succeeded') {
    const shortfallNanoUsd = refund.creditNanoUsd - refund.takenNanoUsd;
    await settleRefund(sql, { ...end, shortfallNanoUsd });
    if (shortfallNanoUsd > 0n) await tell(sql, refund, 'refund_shortfall', { shortfallNanoUsd: `${shortfallNanoUsd}` });
  } else if (isNews && told.state !== 'submitted') {
    await cancelRefund(sql, end);
    if (told.state === 'failed') await tell(sql, refund, 'refund_failed', { status: told.status });
  }
  const state = isNews ? told.state : refund.state;
  const isStale = !isNews && refund.state !== told.state;
  await sql.query(
    `UPDATE refund SET state = $2, provider_refund_id = $3, provider_status = CASE WHEN $5::boolean THEN provider_status ELSE $4 END,
       next_attempt_at = NULL, last_error = NULL,
       tells_reason = tells_reason AND ($2 <> 'cancelled' OR state = 'cancelled'),
       ended_at = CASE WHEN $2 IN ('succeeded', 'failed', 'cancelled') THEN coalesce(ended_at, now()) END
     WHERE id = $1`,
    [refund.id, state, told.id, told.status, isStale],
  );
}

async function tell(
  sql: Sql,
  refund: Refund,
  kind: 'refund_shortfall' | 'refund_failed',
  detail: Record<string, string>,
): Promise<void> {
  await raiseAlarm(sql, {
    ...{ kind, subject: refund.id, organizationId: refund.organizationId },
    detail: { order: refund.orderId, amountMinor: `${refund.amountMinor}`, currency: refund.currency, ...detail },
  });
}
