export interface ThrottleOptions {
  /** How many marks a key may collect within the window. */
  readonly maxMarks: number;
  readonly windowMs: number;
  /** How many keys are remembered; the longest untouched is forgotten first. */
  readonly maxKeys: number;
  readonly nowMs: () => number;
}

export interface Throttle {
  isExhausted(key: string): boolean;
  /** Until a key may be marked again; 0: it may be now. */
  waitMs(key: string): number;
  mark(key: string): void;
  forget(key: string): void;
}

/** Counts events per key in fixed windows, in memory: it slows guessing down and may be lost with the process. */
export function createThrottle({ maxMarks, windowMs, maxKeys, nowMs }: ThrottleOptions): Throttle {
  const windows = new Map<string, { startedMs: number; marks: number }>();

  function current(key: string) {
    const window = windows.get(key);
    return window && nowMs() - window.startedMs < windowMs ? window : undefined;
  }

  return {
    isExhausted: (key) => (current(key)?.marks ?? 0) >= maxMarks,
    waitMs(key) {
      const window = current(key);
      return window && window.marks >= maxMarks ? window.startedMs + windowMs - nowMs() : 0;
    },
    mark(key) {
      const window = current(key) ?? { startedMs: nowMs(), marks: 0 };
      window.marks += 1;
      // A map keeps insertion order, so touching a key moves it to the end.
      windows.delete(key);
      windows.set(key, window);
      const oldest = windows.keys().next().value;
      if (windows.size > maxKeys && oldest !== undefined) windows.delete(oldest);
    },
    forget: (key) => void windows.delete(key),
  };
}
