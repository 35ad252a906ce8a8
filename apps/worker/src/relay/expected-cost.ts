import { charge, type Price, type Terms } from '@ai-bridge/domain';

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

export interface ExpectedRequest {
  readonly promptTokens: number;
  /** What the client asked for at most; undefined when it did not say. */
  readonly maxOutputTokens: number | undefined;
  /** How many answers it asked for at once. */
  readonly choices: number;
  readonly stream: boolean;
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

export function costOf(
  promptTokens: number,
  outputTokens: number,
  { price, terms }: { readonly price: Price; readonly terms: Terms },
): bigint {
  return charge({ input: promptTokens, output: outputTokens }, price, terms);
}

/** The most output tokens that `available` pays for beside the prompt; 0 or less when not even the prompt fits. */
export function affordableOutputTokens(
  available: bigint,
  promptTokens: number,
  priced: { readonly price: Price; readonly terms: Terms },
): number {
  const left = available - costOf(promptTokens, 0, priced);
  if (left <= 0n) return 0;
  const perToken = costOf(promptTokens, 1_000, priced) - costOf(promptTokens, 0, priced);
  if (perToken <= 0n) return Number.MAX_SAFE_INTEGER;
  const tokens = (left * 1_000n) / perToken;
  return tokens > 100_000_000n ? 100_000_000 : Number(tokens);
}
