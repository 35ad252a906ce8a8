import {
  charge,
  exactUnitsPerNanoUsd,
  forgive,
  listBasisPoints,
  listTerms,
  type Price,
  type PriceTier,
  pricesFor,
  promptTokens,
  type Rate,
  ratePercent,
  type Terms,
  tokensPerPriceUnit,
  type Usage,
} from '@ai-bridge/domain';

/** Tokens that have a price of their own, in the order that a receipt names them; `reasoning` is charged as the output it is a part of. */
const kinds = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'] as const;
export type ChargedKind = (typeof kinds)[number];
/** Kinds that every answer has: where one was not reported, the receipt says so. */
const expectedKinds: readonly ChargedKind[] = ['input', 'output'];

/** One kind on a receipt: quantity times price. Amounts are exact: `exactUnitsPerNanoUsd` of them make a nano-USD. */
export interface ReceiptLine {
  readonly kind: ChargedKind;
  /** Undefined: not reported, so not charged. */
  readonly quantity: number | undefined;
  /** nano-USD per million tokens of the kind, at this request's tier */
  readonly priceNanoUsd: bigint;
  readonly amount: bigint;
}

/** A rate that was answered at: what all tokens come to with it. */
export interface RateStep {
  readonly rate: Rate;
  readonly percent: number;
  readonly amount: bigint;
}

/** What is charged by the piece, whatever the rate. */
export interface ReceiptFee {
  readonly kind: 'webSearches' | 'request';
  readonly quantity: number;
  readonly priceNanoUsd: bigint;
  readonly amount: bigint;
}

/** What a request costs, step by step. */
export interface ReceiptSum {
  readonly lines: readonly ReceiptLine[];
  readonly rates: readonly RateStep[];
  readonly fees: readonly ReceiptFee[];
  /** What is paid of all of it, by the key's group or as the fee for an own key; undefined: list price. */
  readonly multiplier: { readonly basisPoints: number; readonly amount: bigint } | undefined;
  /** Prompt tokens that are charged as read from the cache, as we moved the conversation away from it. */
  readonly forgivenTokens: number;
  /** All prompt tokens: what the tier was chosen by. */
  readonly promptTokens: number;
  /** Undefined: the base price holds. */
  readonly tier: PriceTier | undefined;
  readonly exactAmount: bigint;
  /** The exact sum rounded up, once. */
  readonly roundedNanoUsd: bigint;
}

/** Takes a charge apart into steps that anyone can follow to it. */
export function receiptSum(used: Usage, price: Price, terms: Terms = listTerms): ReceiptSum {
  const prompt = promptTokens(used);
  const flat: Price = { ...price, ...pricesFor(price, prompt), tiers: [], requestFee: 0n };
  const usage = terms.forgivenTokens > 0 ? forgive(used, terms.forgivenTokens, flat) : used;
  const lines = kinds
    .filter((kind) => used[kind] !== undefined || usage[kind] || expectedKinds.includes(kind))
    .map((kind) => lineOf(kind, usage[kind], flat));
  const rates = rateSteps(usage, price, sumOf(lines));
  const fees = feesOf(usage, price);
  const atList = (rates.at(-1)?.amount ?? sumOf(lines)) + sumOf(fees);
  const multiplier = multiplierOf(terms, atList);
  const exactAmount = multiplier?.amount ?? atList;
  return {
    ...{ lines, rates, fees, multiplier, exactAmount, promptTokens: prompt },
    forgivenTokens: (usage.cacheRead ?? 0) - (used.cacheRead ?? 0),
    tier: price.tiers.findLast(({ aboveTokens }) => prompt > aboveTokens),
    roundedNanoUsd: (exactAmount + exactUnitsPerNanoUsd - 1n) / exactUnitsPerNanoUsd,
  };
}

function multiplierOf({ multiplierBasisPoints: basisPoints }: Terms, atList: bigint): ReceiptSum['multiplier'] {
  if (basisPoints === listBasisPoints) return undefined;
  return { basisPoints, amount: (atList * BigInt(basisPoints)) / BigInt(listBasisPoints) };
}

function sumOf(steps: readonly { readonly amount: bigint }[]): bigint {
  return steps.reduce((sum, { amount }) => sum + amount, 0n);
}

/** The rule itself says what a kind costs, fallbacks included: the charge of as many of it as its price is for. */
function lineOf(kind: ChargedKind, quantity: number | undefined, flat: Price): ReceiptLine {
  const priceNanoUsd = charge({ [kind]: Number(tokensPerPriceUnit) }, flat);
  const amount = (BigInt(quantity ?? 0) * priceNanoUsd * exactUnitsPerNanoUsd) / tokensPerPriceUnit;
  return { kind, quantity, priceNanoUsd, amount };
}

function rateSteps(usage: Usage, price: Price, tokens: bigint): RateStep[] {
  let amount = tokens;
  return (usage.rates ?? []).map((rate) => {
    const percent = ratePercent(price.ratePercents, rate);
    amount = (amount * BigInt(percent)) / 100n;
    return { rate, percent, amount };
  });
}

function feesOf({ webSearches }: Usage, { webSearch, requestFee }: Price): ReceiptFee[] {
  const fees: ReceiptFee[] = [];
  if (webSearches) fees.push(feeOf('webSearches', webSearches, webSearch ?? 0n));
  if (requestFee > 0n) fees.push(feeOf('request', 1, requestFee));
  return fees;
}

function feeOf(kind: ReceiptFee['kind'], quantity: number, priceNanoUsd: bigint): ReceiptFee {
  return { kind, quantity, priceNanoUsd, amount: BigInt(quantity) * priceNanoUsd * exactUnitsPerNanoUsd };
}
