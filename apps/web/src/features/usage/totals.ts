/** Sums that a row of usage carries. */
export interface Sums {
  readonly requests: bigint;
  readonly errors: bigint;
  readonly input: bigint;
  readonly cacheRead: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
  readonly chargeNanoUsd: bigint;
}

const nothing: Sums = {
  requests: 0n,
  errors: 0n,
  input: 0n,
  cacheRead: 0n,
  cacheWrite: 0n,
  output: 0n,
  chargeNanoUsd: 0n,
};

/** All rows together, exactly. */
export function totalOf(rows: readonly Sums[]): Sums {
  return rows.reduce(
    (total, row) => ({
      requests: total.requests + row.requests,
      errors: total.errors + row.errors,
      input: total.input + row.input,
      cacheRead: total.cacheRead + row.cacheRead,
      cacheWrite: total.cacheWrite + row.cacheWrite,
      output: total.output + row.output,
      chargeNanoUsd: total.chargeNanoUsd + row.chargeNanoUsd,
    }),
    nothing,
  );
}

/** The share of the prompt that was read from the cache, 0 to 1; undefined where there was no prompt. */
export function cacheHitRate({ input, cacheRead, cacheWrite }: Pick<Sums, 'input' | 'cacheRead' | 'cacheWrite'>) {
  const prompt = input + cacheRead + cacheWrite;
  return prompt === 0n ? undefined : Number(cacheRead) / Number(prompt);
}

/** Milliseconds a request; undefined where none was counted. */
export function averageMs(sumMs: bigint, count: bigint): number | undefined {
  return count === 0n ? undefined : Number(sumMs) / Number(count);
}
