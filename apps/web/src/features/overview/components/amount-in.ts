import { tokensText, usdText } from '#components/amounts.ts';
import type { BalanceUnit } from '#features/balance/components/balance-figures.tsx';

/** An amount as the site shows balances: plan tokens, or dollars. */
export function amountIn(unit: BalanceUnit, amountNanoUsd: bigint, locale: string): string {
  return unit === 'money' ? usdText(amountNanoUsd, locale) : tokensText(amountNanoUsd, locale);
}
