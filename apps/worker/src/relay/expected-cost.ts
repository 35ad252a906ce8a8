import { charge, cost, type Price, type Rate, ratePercent, type Terms, type Usage } from '@ai-bridge/domain';

/**
 * Prompt tokens that a body will probably turn into: for reservations, where a little too much is right. JSON around a short
 * prompt is not prompt, and English text runs to about four bytes a token, Chinese to about three.
 */
export function likelyPromptTokens(promptBytes: number): number {
  return Math.ceil(promptBytes / 4);
}

/** Prompt tokens that a body surely turned into: for charges without reported usage, where too much is never right. */
export function certainPromptTokens(promptBytes: number): number {
  return Math.floor(promptBytes / 6);
}

/** Output tokens that a stream reserves at its start, and the least that every further step adds. */
export const firstOutputTokens = 1_024;
/** The largest step by which a stream's reservation grows. */
export const maxStepOutputTokens = 8_192;
/** An answer without a stream is capped rather than refused when at least this many output tokens can be paid for. */
export const leastCapOutputTokens = 256;
/** Output bound of a model that states none. */
export const unknownMaxOutputTokens = 8_192;

/** Searches that a request which may make any is held for; who makes more of them overruns his hold by the rest. */
export const reservedWebSearches = 5;

export interface ExpectedRequest {
  readonly promptTokens: number;
  /** What the client asked for at most; undefined when it did not say. */
  readonly maxOutputTokens: number | undefined;
  /** How many answers it asked for at once. */
  readonly choices: number;
  readonly stream: boolean;
  /** The rates that it asks for. */
  readonly askedRates: readonly Rate[] | undefined;
  /** The upstream may search the web for it. */
  readonly maySearch: boolean;
}

/**
 * Output tokens that are reserved before the first byte: all of them without a stream, the first step with one.
 * @param modelMax what the model puts out at most; undefined where it states nothing
 */
export function reservedOutputTokens(expected: ExpectedRequest, modelMax: number | undefined): number {
  const most = expected.maxOutputTokens ?? modelMax ?? unknownMaxOutputTokens;
  return (expected.stream ? Math.min(most, firstOutputTokens) : most) * expected.choices;
}

/** The most output tokens that can come of a stream. */
export function maxOutputTokensOf(expected: ExpectedRequest, modelMax: number | undefined): number {
  return (expected.maxOutputTokens ?? modelMax ?? unknownMaxOutputTokens * 16) * expected.choices;
}

interface Priced {
  readonly price: Price;
  readonly terms: Terms;
}

/**
 * Those of the asked rates that cost more than the standard. A cheaper one is not counted on: only the answer says whether it was granted.
 */
export function dearerRates(asked: readonly Rate[] | undefined, price: Price): readonly Rate[] | undefined {
  const dearer = asked?.filter((rate) => ratePercent(price.ratePercents, rate) > 100);
  return dearer?.length ? dearer : undefined;
}

/** What a request costs whose upstream searches as much as is reserved for, at the rates it asks for. */
export function costOf(expected: ExpectedRequest, outputTokens: number, { price, terms }: Priced): bigint {
  return charge(expectedUsage(expected, outputTokens, price), price, terms);
}

/** What the same costs the operator on a channel. */
export function upstreamCostOf(
  expected: ExpectedRequest,
  outputTokens: number,
  { price, channel }: { readonly price: Price; readonly channel: { readonly costBasisPoints: number } },
): bigint {
  return cost(expectedUsage(expected, outputTokens, price), price, channel.costBasisPoints);
}

function expectedUsage(expected: ExpectedRequest, outputTokens: number, price: Price): Usage {
  const { promptTokens, maySearch, askedRates } = expected;
  return {
    input: promptTokens,
    output: outputTokens,
    webSearches: maySearch ? reservedWebSearches : undefined,
    rates: dearerRates(askedRates, price),
  };
}

/** What so many more output tokens cost. */
export function outputCostOf(tokens: number, { price, terms }: Priced, rates: readonly Rate[] | undefined): bigint {
  return charge({ output: tokens, rates }, price, terms) - charge({}, price, terms);
}

/** The most output tokens that `available` pays for beside the prompt; 0 or less when not even the prompt fits. */
export function affordableOutputTokens(available: bigint, expected: ExpectedRequest, priced: Priced): number {
  const prompt = costOf(expected, 0, priced);
  const left = available - prompt;
  if (left <= 0n) return 0;
  const perToken = costOf(expected, 1_000, priced) - prompt;
  if (perToken <= 0n) return Number.MAX_SAFE_INTEGER;
  const tokens = (left * 1_000n) / perToken;
  return tokens > 100_000_000n ? 100_000_000 : Number(tokens);
}
