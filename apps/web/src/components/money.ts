import { currencyDigits, decimalOfMinor } from '@ai-bridge/domain';

export { currencyDigits, decimalOfMinor };

type Decimal = `${number}`;

/** An amount in the smallest unit as the language writes money; exact. 990n usd -> "$9.90" */
export function moneyText(amountMinor: bigint, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    decimalOfMinor(amountMinor, currency) as Decimal,
  );
}

/** A typed amount in the smallest unit; undefined where it is none, or has more digits than the currency. "9.9" usd -> 990n */
export function minorOfDecimal(typed: string, currency: string): bigint | undefined {
  const [, whole = '', fraction = ''] = /^(\d{1,12})(?:\.(\d{0,3}))?$/.exec(typed.trim()) ?? [];
  const digits = currencyDigits(currency);
  if (whole === '' || fraction.length > digits) return undefined;
  return BigInt(whole + fraction.padEnd(digits, '0'));
}
