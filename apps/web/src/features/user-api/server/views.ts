import { decimalOfMinor, formatPlanTokens } from '@ai-bridge/domain';
import type { BalanceRead } from '@ai-bridge/ledger';
import { minorOfDecimal } from '#components/money.ts';
import { ApiRefusal } from './refusal.ts';

export function balanceView({ postedNanoUsd, heldNanoUsd, availableNanoUsd, frozen }: BalanceRead) {
  return {
    ...{ postedNanoUsd, heldNanoUsd, availableNanoUsd, frozen },
    availableTokens: formatPlanTokens(availableNanoUsd),
  };
}

export function moneyView(money: { readonly amountMinor: bigint; readonly currency: string }) {
  return { amount: decimalOfMinor(money.amountMinor, money.currency), currency: money.currency };
}

/** A typed amount in the smallest unit. @throws ApiRefusal amount_invalid */
export function minorOf(typed: number | string, currency: string): bigint {
  const amountMinor = minorOfDecimal(String(typed), currency);
  if (amountMinor === undefined || amountMinor === 0n)
    throw new ApiRefusal({ status: 400, code: 'amount_invalid', field: 'amount' });
  return amountMinor;
}

/** What JSON has no word for: exact numbers become decimal strings, as times do by themselves. */
export function toJson(value: object): unknown {
  return JSON.parse(JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? one.toString() : one)));
}
