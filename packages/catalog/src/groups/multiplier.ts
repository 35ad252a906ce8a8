import { CatalogError } from '../catalog-error.ts';

const decimals = 4;
/** 100 times the list price: more is a slip of the finger. */
const maxBasisPoints = 1_000_000;

/** "0.8" -> 8000 basis points of the list price, exactly; undefined where it is no number of 0 to 100 with at most four decimals. */
export function parseMultiplier(text: string): number | undefined {
  const match = /^(\d{1,3})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return undefined;
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > decimals) return undefined;
  const basisPoints = Number(`${match[1]}${fraction.padEnd(decimals, '0')}`);
  return basisPoints <= maxBasisPoints ? basisPoints : undefined;
}

/** 8000 -> "0.8" */
export function formatMultiplier(basisPoints: number): string {
  const digits = String(basisPoints).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${fraction ? `.${fraction}` : ''}`;
}

/** The same, for what staff typed. @throws CatalogError group_invalid */
export function readMultiplier(text: string): number {
  const basisPoints = parseMultiplier(text);
  if (basisPoints !== undefined) return basisPoints;
  throw new CatalogError('group_invalid', 'expected a number of 0 to 100 with at most four decimals', 'multiplier');
}
