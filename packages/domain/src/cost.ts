import { charge, type Price } from './price.ts';
import { listBasisPoints } from './terms.ts';
import type { Usage } from './usage.ts';

/** The most that a channel may cost: ten times list price. */
export const maxCostBasisPoints = 100_000;

/**
 * What an upstream asks of the operator for usage, in nano-USD, rounded up: a share of list price, whatever the customer pays of it.
 * @param costBasisPoints of the channel: 10000 is list price, 0 costs nothing
 */
export function cost(usage: Usage, price: Price, costBasisPoints: number): bigint {
  if (costBasisPoints === 0) return 0n;
  if (costBasisPoints === listBasisPoints) return charge(usage, price);
  return charge(usage, price, { multiplierBasisPoints: costBasisPoints, forgivenTokens: 0 });
}
