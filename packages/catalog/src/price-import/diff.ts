import { type PriceTier, pricesFor, rates, type TokenPrices } from '@ai-bridge/domain';
import { type PriceFigures, sameFigures } from '../prices/figures.ts';
import type { FilePrice, FileRow } from './price-file.ts';

/** new_model: nobody knew it; new_price: it had none; owned_by_file: the configuration file says its price; no_price: the file says none. */
export type ImportStatus = 'new_model' | 'new_price' | 'changed' | 'unchanged' | 'owned_by_file' | 'no_price';

/** What an entry of a file comes to. */
export interface ImportRow {
  readonly modelId: string;
  readonly line: number;
  readonly status: ImportStatus;
  /** Undefined: it has none. */
  readonly now: PriceFigures | undefined;
  readonly next: PriceFigures | undefined;
  /** More than ten times what it was, less than a tenth, or beyond what any model costs: likely a slip of units. */
  readonly isJump: boolean;
}

/** What is known of a model at the date of the import. */
export interface KnownPrice {
  readonly figures: PriceFigures | undefined;
  readonly isOwnedByFile: boolean;
}

/** An entry beside what is known of its model; `known` is undefined for a new one. */
export function diffRow(row: FileRow, known: KnownPrice | undefined): ImportRow {
  const { modelId, line, price } = row;
  const now = known?.figures;
  const next = price && figuresOver(price, now);
  const status = statusOf(next, known);
  const isWritten = status === 'new_model' || status === 'new_price' || status === 'changed';
  return { modelId, line, status, now, next, isJump: isWritten && next !== undefined && isJump(now, next) };
}

function statusOf(next: PriceFigures | undefined, known: KnownPrice | undefined): ImportStatus {
  if (!next) return 'no_price';
  if (!known) return 'new_model';
  if (known.figures && sameFigures(known.figures, next)) return 'unchanged';
  if (known.isOwnedByFile) return 'owned_by_file';
  return known.figures ? 'changed' : 'new_price';
}

/** A file's price as a whole one: fees and rates that it does not speak of stay what they are. */
function figuresOver(price: FilePrice, now: PriceFigures | undefined): PriceFigures {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h, tiers, perRequest, webSearch } = price;
  const percents = rates.flatMap((rate) => {
    const said = price.rates[rate];
    const percent = said === undefined ? now?.ratePercents?.[rate] : (said ?? undefined);
    return percent === undefined ? [] : [[rate, percent] as const];
  });
  return {
    ...{ input, output, cacheRead, cacheWrite5m, cacheWrite1h, tiers },
    requestFee: perRequest === undefined ? (now?.requestFee ?? 0n) : (perRequest ?? 0n),
    webSearch: webSearch === undefined ? now?.webSearch : (webSearch ?? undefined),
    ratePercents: Object.fromEntries(percents),
  };
}

const jumpFactor = 10n;
/** 1,000 USD: per million tokens, and for a single request or search. */
const absurdNanoUsd = 1_000_000_000_000n;

function isJump(now: PriceFigures | undefined, next: PriceFigures): boolean {
  const sizes = [0, ...[...next.tiers, ...(now?.tiers ?? [])].map(({ aboveTokens }) => aboveTokens + 1)];
  return sizes.some((prompt) => {
    const [before, after] = [now && amountsAt(now, prompt), amountsAt(next, prompt)];
    return after.some((amount, kind) => isFar(before?.[kind], amount));
  });
}

function isFar(before: bigint | undefined, after: bigint): boolean {
  if (after > absurdNanoUsd) return true;
  return before !== undefined && (after > before * jumpFactor || after * jumpFactor < before);
}

/** What each kind costs a prompt of this size, with the fees behind them. */
function amountsAt(figures: PriceFigures, prompt: number): bigint[] {
  const at = pricesFor(asPrice(figures), prompt);
  const { input, output, cacheRead = input, cacheWrite5m = input, cacheWrite1h = cacheWrite5m } = at;
  return [input, output, cacheRead, cacheWrite5m, cacheWrite1h, figures.requestFee, figures.webSearch ?? 0n];
}

function asPrice(figures: TokenPrices & { readonly tiers: readonly PriceTier[]; readonly requestFee: bigint }) {
  return { ...figures, id: '', modelId: '', version: 0 };
}
