import type { CatalogSnapshot } from '@ai-bridge/catalog';

/** Changes that arrive within this time of each other are read in one go. */
const settleMs = 20;
const retryMs = 1_000;
/** Node's timers overflow beyond this. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * Holds the catalog in memory and replaces it whole when told of a change, when a dated price takes over, and again after a failed read.
 * The last good one serves while the database is away.
 */
export interface CatalogStore {
  current(): CatalogSnapshot;
  /** Reads the catalog again soon. */
  changed(): void;
  stop(): void;
}

export async function openCatalogStore(
  load: () => Promise<CatalogSnapshot>,
  onError: (error: unknown) => void,
): Promise<CatalogStore> {
  let snapshot = await load();
  let timer: NodeJS.Timeout | undefined;
  let priceTimer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function reload(): Promise<void> {
    timer = undefined;
    try {
      snapshot = await load();
      watchPrices();
    } catch (error) {
      onError(error);
      schedule(retryMs);
    }
  }

  function schedule(afterMs: number): void {
    if (stopped || timer) return;
    timer = setTimeout(() => void reload(), afterMs);
    timer.unref();
  }

  function watchPrices(): void {
    clearTimeout(priceTimer);
    if (!snapshot.nextPriceChangeAt) return;
    const afterMs = snapshot.nextPriceChangeAt.getTime() - Date.now();
    priceTimer = setTimeout(() => schedule(0), Math.min(maxTimerMs, Math.max(0, afterMs)));
    priceTimer.unref();
  }

  watchPrices();
  return {
    current: () => snapshot,
    changed: () => schedule(settleMs),
    stop() {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(priceTimer);
    },
  };
}
