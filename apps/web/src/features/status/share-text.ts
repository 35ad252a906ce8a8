/** A share as a percentage, rounded down to two digits: only what is whole says 100 %. */
export function shareText(share: number, locale: string): string {
  const options = { style: 'percent', maximumFractionDigits: 2, roundingMode: 'floor' } as const;
  return new Intl.NumberFormat(locale, options).format(share);
}
