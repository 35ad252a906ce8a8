import type { Clock } from '@ai-bridge/domain';

/** Something under way that has bounds in time. */
export interface Watched {
  /** Called every tick with the monotonic time. */
  onTick(nowMs: number): void;
}

const tickMs = 100;

/**
 * One timer for all attempts under way, instead of several timers for each: first-byte, idle and total bounds, drains and
 * checkpoints are all coarser than its tick.
 */
export interface Watch {
  /** Monotonic time of the last tick: good enough to measure silence by. */
  readonly nowMs: number;
  readonly size: number;
  add(item: Watched): void;
  remove(item: Watched): void;
  stop(): void;
}

export function createWatch(clock: Clock): Watch {
  const items = new Set<Watched>();
  let nowMs = clock.monotonicMs();
  const timer = setInterval(() => {
    nowMs = clock.monotonicMs();
    for (const item of items) item.onTick(nowMs);
  }, tickMs);
  timer.unref();
  return {
    get nowMs() {
      return nowMs;
    },
    get size() {
      return items.size;
    },
    add: (item) => void items.add(item),
    remove: (item) => void items.delete(item),
    stop: () => clearInterval(timer),
  };
}
