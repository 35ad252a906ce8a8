export interface RememberedOptions<Value> {
  /** Reads what `key` names. */
  read(key: string): Promise<Value>;
  readonly freshMs: number;
  /** Monotonic. */
  readonly nowMs: () => number;
}

/**
 * One value that is read at most once in `freshMs`, however many ask: whoever comes while it is being read waits for
 * the same reading. Only the last key's value is kept; a reading that failed is not.
 */
export function remembered<Value>({ read, freshMs, nowMs }: RememberedOptions<Value>): (key: string) => Promise<Value> {
  let kept: { readonly key: string; readonly atMs: number; readonly value: Promise<Value> } | undefined;
  return (key) => {
    if (kept && kept.key === key && nowMs() - kept.atMs < freshMs) return kept.value;
    const reading = { key, atMs: nowMs(), value: read(key) };
    kept = reading;
    reading.value.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading.value;
  };
}
