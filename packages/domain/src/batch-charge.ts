import { exactCharge, exactUnitsPerNanoUsd, type Price } from './price.ts';
import { listTerms, type Terms } from './terms.ts';
import type { Usage } from './usage.ts';

/**
 * What a batch costs, in nano-USD: each of its requests at its own price (by the size of its own prompt), at the batch rate, summed exactly and
 * rounded up once.
 */
export function batchCharge(usages: Iterable<Usage>, price: Price, terms: Terms = listTerms): bigint {
  let total = 0n;
  for (const usage of usages) total += exactCharge(inBatch(usage), price, terms);
  return (total + exactUnitsPerNanoUsd - 1n) / exactUnitsPerNanoUsd;
}

/** Batch is a tier of service of its own: of the others only where it was answered stays. */
function inBatch(usage: Usage): Usage {
  return { ...usage, rates: usage.rates?.includes('us') ? ['batch', 'us'] : ['batch'] };
}
