import type { Clock } from '@ai-bridge/domain';

/** Something under way that has bounds in time. */
export interface Watched {
  /** Called every tick with the monotonic time. */
  onTick(nowMs: number): void;
  /** Where the watch keeps it; -1 while it is not watched. Nobody else writes it. */
  watchIndex: number;
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
  // An array with swap-removal. A Set would leave a trail of outgrown tables, each of which keeps the requests of its time
  // alive until the next full collection; that cost a sixth of the worker's time.
  const items: Watched[] = [];
  let nowMs = clock.monotonicMs();
  const timer = setInterval(() => {
    nowMs = clock.monotonicMs();
    // Backwards: an item that ends in its tick is replaced by one that had its turn.
    for (let index = items.length - 1; index >= 0; index--) items[index]?.onTick(nowMs);
  }, tickMs);
  timer.unref();
  return {
    get nowMs() {
      return nowMs;
    },
    get size() {
      return items.length;
    },
    add(item) {
      item.watchIndex = items.push(item) - 1;
    },
    remove(item) {
      const index = item.watchIndex;
      if (index < 0) return;
      const last = items.pop() as Watched;
      if (last !== item) {
        items[index] = last;
        last.watchIndex = index;
      }
      item.watchIndex = -1;
    },
    stop: () => clearInterval(timer),
  };
}
