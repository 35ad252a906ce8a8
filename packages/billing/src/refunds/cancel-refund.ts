import type { Sql } from '@ai-bridge/db';
import { cancelRefund as returnCredit } from '@ai-bridge/ledger';
import { actorName, type BillingActor, writeAudit } from '../audit.ts';
import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { tellingNews } from '../mails/telling-news.ts';
import { type Refund, readRefund } from './refund-row.ts';
import { maxReasonLength } from './request-refund.ts';

/**
 * Ends a refund that the provider has not been asked for: its customer takes it back, or the staff refuses it. Tokens that were reserved for
 * it come back. @throws BillingError not_found, refund_closed
 */
export function cancelRefund(deps: BillingDeps, of: RefundCancelling): Promise<Refund> {
  return deps.database.transaction(async (sql) => {
    const { orderId } = await readRefund(sql, of.refundId);
    return tellingNews(sql, deps, orderId, () => cancel(sql, of));
  });
}

export interface RefundCancelling {
  readonly refundId: string;
  /** The staff's answer; empty where its customer takes it back. */
  readonly reason: string;
  readonly actor: BillingActor;
}

async function cancel(sql: Sql, of: RefundCancelling): Promise<Refund> {
  const { orderId, organizationId } = await readRefund(sql, of.refundId);
  const rows = await sql.query(
    `UPDATE refund SET state = 'cancelled', ended_at = now(), next_attempt_at = NULL, decision_reason = $2, tells_reason = $2 <> ''
     WHERE id = $1 AND (state = 'requested' OR (state = 'reserved' AND attempts = 0)) RETURNING id`,
    [of.refundId, of.reason.slice(0, maxReasonLength)],
  );
  if (rows.length === 0) throw new BillingError('refund_closed', 'this refund is under way or over');
  await returnCredit(sql, { refundId: of.refundId, organizationId, actor: actorName(of.actor) });
  const detail = { order: orderId, reason: of.reason };
  await writeAudit(sql, of.actor, { action: 'refund.cancel', target: of.refundId, organizationId, detail });
  return readRefund(sql, of.refundId);
}
