/** How many digits a currency has behind the point: amounts are kept in its smallest unit. */
export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount in the smallest unit as a plain decimal, exact: 990n usd -> "9.90" */
export function decimalOfMinor(amountMinor: bigint, currency: string): string {
  const digits = currencyDigits(currency);
  if (digits === 0) return amountMinor.toString();
  const sign = amountMinor < 0n ? '-' : '';
  const text = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
