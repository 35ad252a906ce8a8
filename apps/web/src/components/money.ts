type Decimal = `${number}`;

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));
const defaultDigits = 2;

/** Whether this is a currency's code in lower case, for example usd. */
export const isCurrency = (code: string): boolean => currencies.has(code);

/** How many digits a currency has behind the point: 2 for usd, 0 for jpy. */
export function minorDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? defaultDigits;
}

/** An amount in the smallest unit of its currency as a plain decimal: 990 usd is "9.90". Exact. */
export function majorText(amountMinor: bigint, currency: string): string {
  const digits = minorDigits(currency);
  const text = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(digits + 1, '0');
  const sign = amountMinor < 0n ? '-' : '';
  return digits === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** An amount in the smallest unit of its currency as the reader writes money, always with its currency. Exact. */
export function moneyText(amountMinor: bigint, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    majorText(amountMinor, currency) as Decimal,
  );
}

/** Reads an amount as people type it ("9.90") into the smallest unit; undefined where it is none, or finer than the currency. Exact. */
export function parseMajor(text: string, currency: string): bigint | undefined {
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  const digits = minorDigits(currency);
  const fraction = match?.[2] ?? '';
  if (!match?.[1] || fraction.length > digits) return undefined;
  return BigInt(match[1] + fraction.padEnd(digits, '0'));
}
