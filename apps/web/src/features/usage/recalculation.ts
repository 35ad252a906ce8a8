import { charge, type Price, type Terms, type Usage, type UsageSource } from '@ai-bridge/domain';

const batchEndpoint = '/v1/batches';

/** What is left of a receipt for working its charge out again. */
export interface ChargedRequest {
  readonly usage: Usage;
  readonly usageSource: UsageSource;
  readonly endpoint: string;
  readonly price: Price | undefined;
  readonly terms: Terms;
  readonly chargeNanoUsd: bigint;
  readonly errorCode: string | null;
  readonly attempts: readonly { readonly error?: string | undefined }[];
}

/**
 * What the charge comes to when it is worked out again, against what was charged.
 * `nothing_used`: there is nothing to work out. `balance`: the stream ended because the balance was used up, so at most the amount reserved
 * was charged. `batch`: its requests were charged one by one, which the sum of their usage does not tell. `no_price`: the price cannot be read any more. `unexplained`: somebody has to look.
 */
export interface Recalculation {
  /** Undefined where no price is there to work with. */
  readonly computedNanoUsd: bigint | undefined;
  readonly verdict: 'agrees' | 'nothing_used' | 'balance' | 'batch' | 'no_price' | 'unexplained';
}

/** Works a request's charge out again by the rule that charged it. */
export function recalculate(request: ChargedRequest): Recalculation {
  const { usage, usageSource, price, terms, chargeNanoUsd: charged } = request;
  if (usageSource === 'none') {
    return { computedNanoUsd: 0n, verdict: charged === 0n ? 'nothing_used' : 'unexplained' };
  }
  if (!price) return { computedNanoUsd: undefined, verdict: 'no_price' };
  const computedNanoUsd = charge(usage, price, terms);
  if (computedNanoUsd === charged) return { computedNanoUsd, verdict: 'agrees' };
  return { computedNanoUsd, verdict: whyOther(request, price, computedNanoUsd) };
}

function whyOther(request: ChargedRequest, price: Price, computedNanoUsd: bigint): Recalculation['verdict'] {
  const isLess = request.chargeNanoUsd < computedNanoUsd;
  if (isLess && ranOut(request)) return 'balance';
  const isByRequest = price.tiers.length > 0 || price.requestFee > 0n;
  return request.endpoint === batchEndpoint && isByRequest ? 'batch' : 'unexplained';
}

/** Whether the balance was used up while the answer was under way. */
export function ranOut({ errorCode, attempts }: Pick<ChargedRequest, 'errorCode' | 'attempts'>): boolean {
  return attempts.length > 0 && (errorCode === 'insufficient_balance' || attempts.at(-1)?.error === 'balance used up');
}
