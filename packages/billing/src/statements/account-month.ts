import type { Month } from '@ai-bridge/domain';
import type { LedgerMonth } from '@ai-bridge/ledger';

/**
 * An organization's balance through a month. Signed where credit may come and go: above zero, it came in.
 * opening + ordered + granted + adjusted + refunded + disputed - charged + overrun + otherMonth = closing, exactly.
 */
export interface AccountMonth {
  readonly month: Month;
  readonly openingNanoUsd: bigint;
  readonly orderedNanoUsd: bigint;
  readonly grantedNanoUsd: bigint;
  readonly adjustedNanoUsd: bigint;
  readonly refundedNanoUsd: bigint;
  readonly disputedNanoUsd: bigint;
  /** What the requests that began in the month were charged, as on their receipts. */
  readonly chargedNanoUsd: bigint;
  /** What of requests' charges no balance could cover: the house bore it. */
  readonly overrunNanoUsd: bigint;
  /** Signed: above zero, requests of this month were settled in another one; below, requests of another one were settled in this. */
  readonly otherMonthNanoUsd: bigint;
  readonly closingNanoUsd: bigint;
}

/**
 * The balance through one month.
 * @param months all months in which the ledger moved anything
 * @param chargedNanoUsd the charges of the requests that began in the month
 */
export function accountMonth(months: readonly LedgerMonth[], month: Month, chargedNanoUsd: bigint): AccountMonth {
  const moved = months.find((one) => one.month === month) ?? nothingMoved;
  const { orderedNanoUsd, grantedNanoUsd, adjustedNanoUsd, refundedNanoUsd, disputedNanoUsd, overrunNanoUsd } = moved;
  const openingNanoUsd = months.reduce((sum, one) => (one.month < month ? sum + effectOf(one) : sum), 0n);
  return {
    ...{ month, openingNanoUsd, orderedNanoUsd, grantedNanoUsd, adjustedNanoUsd, refundedNanoUsd, disputedNanoUsd },
    ...{ chargedNanoUsd, overrunNanoUsd },
    otherMonthNanoUsd: chargedNanoUsd - overrunNanoUsd - moved.capturedNanoUsd,
    closingNanoUsd: openingNanoUsd + effectOf(moved),
  };
}

type Movements = Omit<LedgerMonth, 'month'>;

const nothingMoved: Movements = {
  orderedNanoUsd: 0n,
  grantedNanoUsd: 0n,
  adjustedNanoUsd: 0n,
  refundedNanoUsd: 0n,
  disputedNanoUsd: 0n,
  capturedNanoUsd: 0n,
  overrunNanoUsd: 0n,
};

function effectOf(moved: Movements): bigint {
  const { orderedNanoUsd, grantedNanoUsd, adjustedNanoUsd, refundedNanoUsd, disputedNanoUsd, capturedNanoUsd } = moved;
  return orderedNanoUsd + grantedNanoUsd + adjustedNanoUsd + refundedNanoUsd + disputedNanoUsd - capturedNanoUsd;
}
