type Decimal = `${number}`;

/** How many digits a currency has behind the point: amounts are kept in its smallest unit. */
export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount in the smallest unit as the language writes money; exact. 990n usd -> "$9.90" */
export function moneyText(amountMinor: bigint, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    decimalOfMinor(amountMinor, currency) as Decimal,
  );
}

/** The same as a plain decimal, as it is typed: 990n usd -> "9.90" */
export function decimalOfMinor(amountMinor: bigint, currency: string): string {
  const digits = currencyDigits(currency);
  if (digits === 0) return amountMinor.toString();
  const sign = amountMinor < 0n ? '-' : '';
  const text = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0');
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** A typed amount in the smallest unit; undefined where it is none, or has more digits than the currency. "9.9" usd -> 990n */
export function minorOfDecimal(typed: string, currency: string): bigint | undefined {
  const [, whole = '', fraction = ''] = /^(\d{1,12})(?:\.(\d{0,3}))?$/.exec(typed.trim()) ?? [];
  const digits = currencyDigits(currency);
  if (whole === '' || fraction.length > digits) return undefined;
  return BigInt(whole + fraction.padEnd(digits, '0'));
}
