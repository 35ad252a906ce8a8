import { charge, type Price, pricesFor, promptTokens, type Usage } from '@ai-bridge/domain';

/** One step of a coding agent: most of what it reads lies in the cache already. */
export const sampleUsage = { input: 1_240, cacheRead: 38_600, cacheWrite5m: 910, output: 655 } as const satisfies Usage;

export interface ReceiptLine {
  readonly kind: keyof typeof sampleUsage;
  readonly tokens: number;
  /** nano-USD per million tokens */
  readonly priceNanoUsd: bigint;
  /** Before rounding, in millionths of a nano-USD: what the line adds. */
  readonly product: bigint;
}

export interface SampleReceipt {
  readonly lines: readonly ReceiptLine[];
  readonly feeNanoUsd: bigint;
  readonly chargeNanoUsd: bigint;
}

/** What such a step costs at this price, by the function that charges real requests. */
export function sampleReceipt(price: Price): SampleReceipt {
  const prices = pricesFor(price, promptTokens(sampleUsage));
  const of = {
    input: prices.input,
    cacheRead: prices.cacheRead ?? prices.input,
    cacheWrite5m: prices.cacheWrite5m ?? prices.input,
    output: prices.output,
  };
  const lines = (['input', 'cacheRead', 'cacheWrite5m', 'output'] as const).map((kind): ReceiptLine => {
    const tokens = sampleUsage[kind];
    return { kind, tokens, priceNanoUsd: of[kind], product: BigInt(tokens) * of[kind] };
  });
  return { lines, feeNanoUsd: price.requestFee, chargeNanoUsd: charge(sampleUsage, price) };
}
