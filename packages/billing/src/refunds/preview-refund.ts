import { readBalance } from '@ai-bridge/ledger';
import type { BillingDeps } from '../deps.ts';
import { lockOrder } from '../orders/order-row.ts';
import type { ProviderName } from '../payments/provider.ts';
import { creditFor, readRefundableAccount } from './request-refund.ts';

/** What would be done for a refund of some amount, before it is. */
export interface RefundPreview {
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The tokens that leave the balance. */
  readonly creditNanoUsd: bigint;
  /** The organization's balance before. */
  readonly postedNanoUsd: bigint;
  /** Of these, workers hold so much for requests under way; they are asked for it first. */
  readonly heldNanoUsd: bigint;
  readonly isBalanceFrozen: boolean;
  /** Two people have to approve it. */
  readonly takesTwoPeople: boolean;
  readonly provider: ProviderName;
  readonly paymentId: string | null;
}

/**
 * What approving a refund of this amount would do. It changes nothing.
 * @throws BillingError not_found, order_not_paid, order_disputed, nothing_to_refund, amount_invalid, amount_too_high
 */
export function previewRefund(
  { database, secondPersonAboveNanoUsd }: BillingDeps,
  of: { readonly orderId: string; readonly amountMinor: bigint },
): Promise<RefundPreview> {
  return database.transaction(async (sql) => {
    const order = await lockOrder(sql, of.orderId);
    const creditNanoUsd = creditFor(await readRefundableAccount(sql, order), of.amountMinor);
    const { postedNanoUsd, heldNanoUsd, frozen } = await readBalance(sql, order.organizationId);
    return {
      ...{ amountMinor: of.amountMinor, currency: order.currency, creditNanoUsd, postedNanoUsd, heldNanoUsd },
      ...{ isBalanceFrozen: frozen, takesTwoPeople: creditNanoUsd > secondPersonAboveNanoUsd },
      ...{ provider: order.provider, paymentId: order.paymentId },
    };
  });
}
