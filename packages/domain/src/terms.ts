/** What list price means: a multiplier of one. */
export const listBasisPoints = 10_000;

/** What a charge takes into account besides usage and price. */
export interface Terms {
  /** The multiplier of the key's group: 10000 is list price, 8000 four fifths of it. */
  readonly multiplierBasisPoints: number;
  /** Prompt tokens that a cache would have served, had we not moved the conversation: charged as reads of it. */
  readonly forgivenTokens: number;
  /** Which multiplier it is, where it is a group's and not list price. */
  readonly multiplier?: MultiplierVersion | undefined;
}

/** A multiplier as a group had it from a date on. */
export interface MultiplierVersion {
  readonly group: string;
  readonly version: number;
}

/** List price, nothing forgiven. */
export const listTerms: Terms = { multiplierBasisPoints: listBasisPoints, forgivenTokens: 0 };

/** Whether terms say anything that a receipt has to show. */
export function areOrdinary({ multiplierBasisPoints, forgivenTokens }: Terms): boolean {
  return multiplierBasisPoints === listBasisPoints && forgivenTokens === 0;
}
