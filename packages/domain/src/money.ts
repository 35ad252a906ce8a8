/** Amounts are bigint nano-USD: 1 USD = 1,000,000,000. A plan token is 1,000 of them (1 micro-USD of list price). */
export const nanoUsdPerUsd = 1_000_000_000n;
export const nanoUsdPerPlanToken = 1_000n;

/** Prices are nano-USD per million tokens, so 1 USD per million tokens is one nano-USD amount of 10^9. */
export const tokensPerPriceUnit = 1_000_000n;

const usdPattern = /^(\d{1,9})(?:\.(\d{1,9}))?$/;

/**
 * Reads a non-negative USD amount written as a number or a decimal string, exactly, without passing through a float.
 * @param decimals how many digits may stand behind the point (6 for prices per million tokens)
 * @returns nano-USD, or undefined where the text is not such an amount
 */
export function parseUsd(value: string | number, decimals = 9): bigint | undefined {
  const text = typeof value === 'number' ? numberText(value) : value.trim();
  const match = usdPattern.exec(text);
  if (!match) return undefined;
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > decimals) return undefined;
  return BigInt(match[1] as string) * nanoUsdPerUsd + BigInt(fraction.padEnd(9, '0'));
}

/** Shortest decimal text of a number without an exponent (1e-7 -> "0.0000001"). */
function numberText(value: number): string {
  if (!Number.isFinite(value)) return '';
  const text = String(value);
  if (!text.includes('e')) return text;
  return value.toFixed(12).replace(/0+$/, '').replace(/\.$/, '');
}

/** nano-USD as a plain decimal USD string, without trailing zeros: 3000000n -> "0.003". */
export function formatUsd(amountNanoUsd: bigint): string {
  const sign = amountNanoUsd < 0n ? '-' : '';
  const abs = amountNanoUsd < 0n ? -amountNanoUsd : amountNanoUsd;
  const fraction = (abs % nanoUsdPerUsd).toString().padStart(9, '0').replace(/0+$/, '');
  return `${sign}${abs / nanoUsdPerUsd}${fraction ? `.${fraction}` : ''}`;
}

/** nano-USD as plan tokens, a decimal string with up to three digits behind the point. */
export function formatPlanTokens(amountNanoUsd: bigint): string {
  const sign = amountNanoUsd < 0n ? '-' : '';
  const abs = amountNanoUsd < 0n ? -amountNanoUsd : amountNanoUsd;
  const fraction = (abs % nanoUsdPerPlanToken).toString().padStart(3, '0').replace(/0+$/, '');
  return `${sign}${abs / nanoUsdPerPlanToken}${fraction ? `.${fraction}` : ''}`;
}
