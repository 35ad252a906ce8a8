/** A share of the list price in the reader's way of writing percents: 250 basis points are 2.5 %. */
export function feeText(basisPoints: number, locale: string): string {
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
}
