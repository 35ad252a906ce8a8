import type { Sql } from '@ai-bridge/db';
import { cancelRefund } from '@ai-bridge/ledger';
import { raiseAlarm } from '../alarms.ts';
import { actorName, system } from '../audit.ts';
import type { BillingDeps } from '../deps.ts';
import { tellingNews } from '../mails/telling-news.ts';
import { followOrder, settleState } from '../orders/follow-order.ts';
import { lockOrder, type Order } from '../orders/order-row.ts';
import { type PaymentProvider, PaymentProviderError, type ProviderRefund } from '../payments/provider.ts';
import { applyRefunds } from './apply-refunds.ts';
import { type Refund, readRefund } from './refund-row.ts';

/** Refunds submitted in one run; whoever takes one has it for so long, which is longer than a call and its retries. */
const maxRefundsPerRun = 20;
const claimMs = 5 * 60_000;
/** After a try that came to nothing: so long, twice as long each time, up to an hour. From the fifth on somebody is told. */
const firstWaitMs = 30_000;
const maxWaitMs = 60 * 60_000;
const alarmAfterAttempts = 5;
/** About four days; then it takes a person. */
const maxAttempts = 100;
/** A provider remembers our key for at least a day: from here on it is first looked whether the refund was made. */
const keyTrustedMs = 23 * 60 * 60_000;

/** Asks providers for the refunds that are approved and due. @returns how many were tried */
export async function submitRefunds(deps: BillingDeps): Promise<number> {
  const due = await deps.database.query<{ id: string }>(
    `SELECT id FROM refund WHERE state = 'reserved' AND next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $2::integer`,
    [new Date(deps.clock.now()), maxRefundsPerRun],
  );
  for (const { id } of due) await submitRefund(deps, id);
  return due.length;
}

/**
 * Asks the provider for an approved refund, under one key of its own for ever: however often it is asked, one refund is made. A refusal gives
 * the tokens back; an answer that never came is asked for again.
 * @returns the refund as it stands now
 */
export async function submitRefund(deps: BillingDeps, refundId: string): Promise<Refund> {
  const claimed = await claim(deps, refundId);
  if (!claimed) return readRefund(deps.database, refundId);
  const { refund, order } = claimed;
  const provider = deps.providers.find(order.provider);
  try {
    if (!provider) throw new PaymentProviderError('unavailable', `${order.provider} is not set up here any more`);
    await ask(deps, provider, refund, order);
  } catch (error) {
    const isRefused = error instanceof PaymentProviderError && error.failure === 'refused';
    const message = error instanceof Error ? error.message : 'unknown';
    if (isRefused) await giveUp(deps, refund, message);
    else await noteFailure(deps, refund, message);
  }
  return readRefund(deps.database, refundId);
}

async function ask(deps: BillingDeps, provider: PaymentProvider, refund: Refund, order: Order): Promise<void> {
  const firstAsked = refund.firstSubmittedAt?.getTime() ?? deps.clock.now();
  if (deps.clock.now() - firstAsked > keyTrustedMs && (await isFoundThere(deps, refund))) return;
  if (order.paymentId === null) throw new PaymentProviderError('refused', 'this order has no payment to refund');
  const made = await provider.createRefund({
    ...{ refundId: refund.id, orderId: order.id, paymentId: order.paymentId },
    ...{ amountMinor: refund.amountMinor, currency: refund.currency },
  });
  await deps.database.transaction((sql) =>
    tellingNews(sql, deps, order.id, () => applyMade(sql, deps, order.id, made)),
  );
}

async function applyMade(sql: Sql, { clock }: BillingDeps, orderId: string, made: ProviderRefund): Promise<void> {
  const order = await lockOrder(sql, orderId);
  const now = new Date(clock.now());
  await applyRefunds(sql, order, [made], now);
  await settleState(sql, order, order.state, now);
  await lookSoon(sql, order.id, now);
}

/** Whether the provider has it, by its own list; where it has, it is followed from there. */
async function isFoundThere(deps: BillingDeps, refund: Refund): Promise<boolean> {
  await followOrder(deps, refund.orderId);
  return (await readRefund(deps.database, refund.id)).providerRefundId !== null;
}

/** Takes the refund for one try; undefined where somebody else has it, or it is not to be sent. */
function claim(deps: BillingDeps, refundId: string): Promise<{ refund: Refund; order: Order } | undefined> {
  return deps.database.transaction(async (sql) => {
    const known = await readRefund(sql, refundId);
    const order = await lockOrder(sql, known.orderId);
    const now = deps.clock.now();
    const rows = await sql.query(
      `UPDATE refund SET attempts = attempts + 1, first_submitted_at = coalesce(first_submitted_at, $2), next_attempt_at = $3
       WHERE id = $1 AND state = 'reserved' AND provider_refund_id IS NULL AND next_attempt_at <= $2 RETURNING id`,
      [refundId, new Date(now), new Date(now + claimMs)],
    );
    return rows.length > 0 ? { refund: await readRefund(sql, refundId), order } : undefined;
  });
}

/** The provider will not do it. Should an earlier try have been done after all, its own list says so. */
async function giveUp(deps: BillingDeps, refund: Refund, message: string): Promise<void> {
  if (refund.attempts > 1) {
    try {
      if (await isFoundThere(deps, refund)) return;
    } catch {
      return noteFailure(deps, refund, message);
    }
  }
  await deps.database.transaction((sql) =>
    tellingNews(sql, deps, refund.orderId, () => fail(sql, deps, refund, message)),
  );
}

async function fail(sql: Sql, { clock }: BillingDeps, refund: Refund, message: string): Promise<void> {
  const rows = await sql.query(
    `UPDATE refund SET state = 'failed', ended_at = now(), next_attempt_at = NULL, last_error = $2
     WHERE id = $1 AND state = 'reserved' AND provider_refund_id IS NULL RETURNING id`,
    [refund.id, message],
  );
  if (rows.length === 0) return;
  const { id: refundId, organizationId } = refund;
  await cancelRefund(sql, { refundId, organizationId, actor: actorName(system) });
  await lookSoon(sql, refund.orderId, new Date(clock.now()));
  const detail = { order: refund.orderId, error: message };
  await raiseAlarm(sql, { kind: 'refund_failed', subject: refundId, organizationId, detail });
}

/** What the provider or a bank did while this was unanswered waits for the answer: it may have a claim to these tokens. */
async function lookSoon(sql: Sql, orderId: string, now: Date): Promise<void> {
  await sql.query('UPDATE "order" SET next_look_at = $2 WHERE id = $1', [orderId, now]);
}

async function noteFailure({ database, clock }: BillingDeps, refund: Refund, message: string): Promise<void> {
  const waitMs = Math.min(maxWaitMs, firstWaitMs * 2 ** Math.min(refund.attempts - 1, 20));
  const next = refund.attempts >= maxAttempts ? null : new Date(clock.now() + waitMs);
  await database.query(`UPDATE refund SET last_error = $2, next_attempt_at = $3 WHERE id = $1 AND state = 'reserved'`, [
    refund.id,
    message,
    next,
  ]);
  if (refund.attempts < alarmAfterAttempts) return;
  const { id: subject, organizationId } = refund;
  const detail = { order: refund.orderId, error: message };
  await raiseAlarm(database, { kind: 'refund_stuck', subject, organizationId, detail });
}

/** Somebody asks for one more try of a refund that waits, or that was given up. */
export async function retryRefund(deps: BillingDeps, refundId: string): Promise<Refund> {
  await deps.database.query(`UPDATE refund SET next_attempt_at = $2 WHERE id = $1 AND state = 'reserved'`, [
    refundId,
    new Date(deps.clock.now()),
  ]);
  return submitRefund(deps, refundId);
}
