/** Digits of a percent behind the point: a hundredth is a basis point. */
const decimals = 2;

/** 6250 basis points -> "62.5" */
export function costPercentText(basisPoints: number): string {
  const digits = String(basisPoints).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${fraction ? `.${fraction}` : ''}`;
}

/** "62.5" -> 6250, without a float on the way; a typed hundredth of a basis point stays a fraction, for the server to refuse. Empty is the default. */
export function readCostPercent(text: string): number | undefined {
  if (text.trim() === '') return undefined;
  const [whole = '', fraction = ''] = text.trim().split('.');
  const finer = fraction.slice(decimals).replace(/0+$/, '');
  return Number(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}${finer && `.${finer}`}`);
}
