import { BillingError } from '../billing-error.ts';
import type { BillingDeps } from '../deps.ts';
import { mailOfNews } from '../mails/order-mail.ts';
import { newsOf } from '../mails/order-news.ts';
import { type AddressedMail, previewMails } from '../mails/tell-organization.ts';
import { readOrder } from '../orders/order-row.ts';
import { type Refund, readRefund } from './refund-row.ts';
import { maxReasonLength } from './request-refund.ts';

/** How a refund that waits for a decision may end, as far as customers are told; failed: the provider refuses it. */
export const refundEnds = ['succeeded', 'declined', 'failed'] as const;
export type RefundEnd = (typeof refundEnds)[number];

export interface ImaginedDecision {
  readonly refundId: string;
  readonly end: RefundEnd;
  /** Of an approval. */
  readonly amountMinor: bigint;
  readonly reason: string;
  /** See RefundApproval. */
  readonly tellsReason: boolean;
}

/**
 * The mails that a decision would lead to, written by what writes the real ones: to whom they would go now, each in its reader's language.
 * What lets a reader switch such mails off is left out. Nothing is queued.
 * @returns none where nobody would be told, or a refusal has no reason yet
 * @throws BillingError not_found, refund_closed
 */
export function previewRefundMails(
  deps: Pick<BillingDeps, 'database' | 'siteUrl' | 'clock'>,
  decision: ImaginedDecision,
): Promise<AddressedMail[]> {
  return deps.database.transaction(async (sql) => {
    const refund = await readRefund(sql, decision.refundId);
    if (refund.state !== 'requested') throw new BillingError('refund_closed', 'this refund is decided already');
    const order = await readOrder(sql, refund);
    const [news] = newsOf(
      { state: order.state, refunds: [refund], disputes: [] },
      { state: order.state, refunds: [endOf(refund, decision)], disputes: [] },
    );
    if (!news) return [];
    const mail = mailOfNews({ order, news, isAutomatic: false, now: new Date(deps.clock.now()) });
    return previewMails(sql, deps, mail);
  });
}

const endStates = { succeeded: 'succeeded', declined: 'cancelled', failed: 'failed' } as const;

/** The refund as it would be in the end. */
function endOf(refund: Refund, { end, amountMinor, reason, tellsReason }: ImaginedDecision): Refund {
  const decisionReason = reason.slice(0, maxReasonLength);
  const decided = { ...refund, state: endStates[end], decisionReason };
  return end === 'declined'
    ? { ...decided, tellsReason: decisionReason !== '' }
    : { ...decided, amountMinor, tellsReason };
}
