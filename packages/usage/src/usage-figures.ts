import type { UsageSums } from './daily.ts';

/** All that is told of requests together. */
export interface UsageFigures extends UsageSums {
  /** Part of the cache writes: those that are kept for an hour. */
  readonly cacheWrite1h: bigint;
  /** Part of the output. */
  readonly reasoning: bigint;
  readonly webSearches: bigint;
  /** Over all requests. */
  readonly durationMsSum: bigint;
  readonly firstByteMsSum: bigint;
  /** Requests that had a first byte: what the sum is divided by. */
  readonly firstByteCount: bigint;
}

const columns = {
  requests: 'requests',
  errors: 'errors',
  input: 'input',
  cacheRead: 'cache_read',
  cacheWrite: 'cache_write',
  cacheWrite1h: 'cache_write_1h',
  output: 'output',
  reasoning: 'reasoning',
  webSearches: 'web_searches',
  chargeNanoUsd: 'charge_nano_usd',
  durationMsSum: 'duration_ms_sum',
  firstByteMsSum: 'first_byte_ms_sum',
  firstByteCount: 'first_byte_count',
} as const satisfies Record<keyof UsageFigures, string>;

/** The figures of several rows of sums `s` together. */
export const figuresOfSums = together(([, column]) => `s.${column}`);
/** The figures of one row of sums `s`. */
export const figuresOfOneSum = Object.entries(columns)
  .map(([name, column]) => `s.${column} AS "${name}"`)
  .join(', ');
/** The figures of several `cells` together, which have figures already. */
export const figuresOfCells = together(([name]) => `cells."${name}"`);
/** The figures of several such rows of whatever name. */
export const figuresTogether = together(([name]) => `"${name}"`);
/** The figures of one such row. */
export const figureNames = Object.keys(columns)
  .map((name) => `"${name}"`)
  .join(', ');

function together(source: (figure: [name: string, column: string]) => string): string {
  return Object.entries(columns)
    .map((figure) => `coalesce(sum(${source(figure)}), 0)::bigint AS "${figure[0]}"`)
    .join(', ');
}
