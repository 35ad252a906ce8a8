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
