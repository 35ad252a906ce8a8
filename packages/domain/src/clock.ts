/** Time as a dependency, so that tests can move it. */
export interface Clock {
  /** Wall time in milliseconds since the epoch: for dates that people or the database read. */
  now(): number;
  /** Monotonic milliseconds: for durations, never a date. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
};

let lastMs = Number.NaN;
let lastText = '';

/** A wall time as RFC 3339 with milliseconds, in UTC. Many are made of the same millisecond, so the last text is kept. */
export function timestamp(ms: number): string {
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}
