import {
  charge,
  type Price,
  type PriceTier,
  pricesFor,
  promptTokens,
  tokensPerPriceUnit,
  type Usage,
} from '@ai-bridge/domain';

/** Charges are exact in femto-USD (10^-15 USD): a token times a price per million of them, before any rounding. */
export const femtoUsdPerNanoUsd = 1_000_000n;

/** A part of a usage that has a price of its own; `reasoning` is charged as the output it is a part of. */
export type ChargedKind = Exclude<keyof Usage, 'reasoning'>;

/** How many of each kind its price is for, in the order that a receipt names them. */
const unitsPerPrice = {
  input: tokensPerPriceUnit,
  cacheRead: tokensPerPriceUnit,
  cacheWrite5m: tokensPerPriceUnit,
  cacheWrite1h: tokensPerPriceUnit,
  output: tokensPerPriceUnit,
} as const satisfies Record<ChargedKind, bigint>;

const kinds = Object.keys(unitsPerPrice) as ChargedKind[];
/** Kinds that every answer has: where one was not reported, the receipt says so. */
const expectedKinds: readonly ChargedKind[] = ['input', 'output'];

/** One kind on a receipt: quantity times price. */
export interface ReceiptLine {
  readonly kind: ChargedKind;
  /** Undefined: not reported, so not charged. */
  readonly quantity: number | undefined;
  /** How many its price is for: a million tokens, or one of what is counted by the piece. */
  readonly units: bigint;
  /** nano-USD for `units` of the kind, at this request's tier */
  readonly priceNanoUsd: bigint;
  readonly amountFemtoUsd: bigint;
}

/** What a request costs, step by step. */
export interface ReceiptSum {
  readonly lines: readonly ReceiptLine[];
  /** All prompt tokens: what the tier was chosen by. */
  readonly promptTokens: number;
  /** Undefined: the base price holds. */
  readonly tier: PriceTier | undefined;
  readonly requestFeeNanoUsd: bigint;
  readonly exactFemtoUsd: bigint;
  /** The exact sum rounded up, once. */
  readonly roundedNanoUsd: bigint;
}

/** Takes a charge apart into lines that anyone can add up to it. */
export function receiptSum(usage: Usage, price: Price): ReceiptSum {
  const prompt = promptTokens(usage);
  const tier = price.tiers.findLast(({ aboveTokens }) => prompt > aboveTokens);
  const flat: Price = { ...price, ...pricesFor(price, prompt), tiers: [], requestFee: 0n };
  const lines = kinds
    .filter((kind) => usage[kind] !== undefined || expectedKinds.includes(kind))
    .map((kind) => lineOf(kind, usage[kind], flat));
  const fee = price.requestFee * femtoUsdPerNanoUsd;
  const exactFemtoUsd = lines.reduce((sum, line) => sum + line.amountFemtoUsd, fee);
  return {
    lines,
    promptTokens: prompt,
    tier,
    requestFeeNanoUsd: price.requestFee,
    exactFemtoUsd,
    roundedNanoUsd: (exactFemtoUsd + femtoUsdPerNanoUsd - 1n) / femtoUsdPerNanoUsd,
  };
}

/** The rule itself says what a kind costs, fallbacks included: the charge of as many of it as its price is for. */
function lineOf(kind: ChargedKind, quantity: number | undefined, flat: Price): ReceiptLine {
  const units = unitsPerPrice[kind];
  const priceNanoUsd = charge({ [kind]: Number(units) }, flat);
  const amountFemtoUsd = (BigInt(quantity ?? 0) * priceNanoUsd * femtoUsdPerNanoUsd) / units;
  return { kind, quantity, units, priceNanoUsd, amountFemtoUsd };
}
