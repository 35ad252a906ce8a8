import type { DisputeState } from '../disputes/dispute-states.ts';
import type { RefundState } from './refund-states.ts';

/** Money of an order that went back, is going back, or is in dispute, and the tokens that count as given up for it. */
export interface OrderReturn {
  readonly kind: 'refund' | 'dispute';
  readonly id: string;
  readonly state: RefundState | DisputeState;
  readonly amountMinor: bigint;
  /** The tokens that the money was for. */
  readonly creditNanoUsd: bigint;
  /** What of them came out of this order's own lot. */
  readonly takenNanoUsd: bigint;
}

/** All that is known of a paid order's money and tokens. */
export interface OrderAccount {
  /** What was paid, in the smallest unit of its currency; above zero. */
  readonly amountMinor: bigint;
  /** Tokens and bonus, as credit; above zero. The price is spread evenly over all of it. */
  readonly boughtNanoUsd: bigint;
  readonly leftNanoUsd: bigint;
  /** Those that count: nothing that failed, was cancelled, is only asked for, or was won. */
  readonly returns: readonly OrderReturn[];
}

/** How the amount came about: bought - used - returned = left. */
export interface RefundLine {
  readonly kind: 'bought' | 'used' | 'refund' | 'dispute' | 'left';
  /** Of a refund or a dispute. */
  readonly id?: string;
  readonly creditNanoUsd: bigint;
  /** Money that moved; undefined for tokens that were used or are left. */
  readonly amountMinor?: bigint;
}

export interface Refundable {
  /** The most that can be paid back; zero where nothing is left. */
  readonly maxAmountMinor: bigint;
  /** The tokens that leave the balance for it: all that are left. */
  readonly maxCreditNanoUsd: bigint;
  readonly lines: readonly RefundLine[];
}

/**
 * What a customer gains at most by rounding, over all refunds of an order together: the last one is rounded up to a whole unit of the
 * currency. (A refund that failed may cost one unit more when it is made again; and a price whose smallest unit buys less than a nano-USD, as
 * no real one does, is rounded by what that nano-USD costs.)
 */
export const maxRoundingMinor = 1n;

const ceilDivide = (dividend: bigint, divisor: bigint) => (dividend + divisor - 1n) / divisor;
const least = (a: bigint, b: bigint) => (a < b ? a : b);
/** Math.max for amounts. */
export const most = (a: bigint, b: bigint) => (a > b ? a : b);
const sumOf = <Item>(items: readonly Item[], amount: (item: Item) => bigint) =>
  items.reduce((total, item) => total + amount(item), 0n);

/** The share of the price that is for unused tokens, and how it came about. Never more than was paid and not yet returned. */
export function computeRefundable(account: OrderAccount): Refundable {
  const { amountMinor, boughtNanoUsd, leftNanoUsd, returns } = account;
  const returnedMinor = sumOf(returns, (one) => one.amountMinor);
  const reach = least(boughtNanoUsd, sumOf(returns, (one) => one.creditNanoUsd) + leftNanoUsd);
  const dueMinor = leftNanoUsd === 0n ? 0n : ceilDivide(amountMinor * reach, boughtNanoUsd);
  const maxAmountMinor = most(0n, dueMinor - returnedMinor);
  return {
    maxAmountMinor,
    maxCreditNanoUsd: maxAmountMinor === 0n ? 0n : leftNanoUsd,
    lines: linesOf(account),
  };
}

/**
 * The tokens that a refund of this amount takes: in proportion to the price, and all that are left for the most there is.
 * @param amountMinor from 1 to the refundable maximum
 */
export function creditOfRefund(account: OrderAccount, amountMinor: bigint): bigint {
  const { maxAmountMinor } = computeRefundable(account);
  if (amountMinor < 1n || amountMinor > maxAmountMinor) throw new RangeError('the amount is not refundable');
  if (amountMinor === maxAmountMinor) return account.leftNanoUsd;
  return least(account.leftNanoUsd, most(1n, creditOfMoney(account, amountMinor)));
}

/** The tokens that money stands for which left by somebody else's decision: a dispute, a refund at the provider. */
export function creditOfMoney({ amountMinor, boughtNanoUsd, returns }: OrderAccount, moneyMinor: bigint): bigint {
  const returnedMinor = least(amountMinor, sumOf(returns, (one) => one.amountMinor) + moneyMinor);
  const returnedCredit = sumOf(returns, (one) => one.creditNanoUsd);
  return most(0n, ceilDivide(boughtNanoUsd * returnedMinor, amountMinor) - returnedCredit);
}

function linesOf({ amountMinor, boughtNanoUsd, leftNanoUsd, returns }: OrderAccount): RefundLine[] {
  const usedNanoUsd = boughtNanoUsd - leftNanoUsd - sumOf(returns, (one) => one.takenNanoUsd);
  return [
    { kind: 'bought', creditNanoUsd: boughtNanoUsd, amountMinor },
    { kind: 'used', creditNanoUsd: usedNanoUsd },
    ...returns.map(
      (one): RefundLine => ({
        kind: one.kind,
        id: one.id,
        creditNanoUsd: one.takenNanoUsd,
        amountMinor: one.amountMinor,
      }),
    ),
    { kind: 'left', creditNanoUsd: leftNanoUsd },
  ];
}
