import { tokensPerPriceUnit } from './money.ts';
import { charge, type Price } from './price.ts';
import type { Usage } from './usage.ts';

/** Of the list price: what upstreams ask for work that may take a day. */
const batchRate = { numerator: 1n, denominator: 2n };

/**
 * What a batch costs, in nano-USD: each of its requests at its own price (by the size of its own prompt), summed exactly, at the batch rate,
 * rounded up once.
 */
export function batchCharge(usages: Iterable<Usage>, price: Price): bigint {
  const unrounded = inMillionths(price);
  let total = 0n;
  for (const usage of usages) total += charge(usage, unrounded);
  const divisor = batchRate.denominator * tokensPerPriceUnit;
  return (total * batchRate.numerator + divisor - 1n) / divisor;
}

/** The same price in millionths of a nano-USD, so that no request's cost is rounded. */
function inMillionths(price: Price): Price {
  return { ...scaled(price), tiers: price.tiers.map(scaled) };
}

function scaled<Amounts extends object>(amounts: Amounts): Amounts {
  const entries = Object.entries(amounts).map(([name, value]) => [
    name,
    typeof value === 'bigint' ? value * tokensPerPriceUnit : value,
  ]);
  return Object.fromEntries(entries) as Amounts;
}
