import { type CatalogSnapshot, snapshotAt } from '@ai-bridge/catalog';
import type { Clock } from '@ai-bridge/domain';

/** Changes that arrive within this time of each other are read in one go. */
const settleMs = 20;
const retryMs = 1_000;

/**
 * Holds the catalog in memory and replaces it whole when told of a change, and again after a failed read. Announced prices and multipliers
 * are in it and begin by the clock alone, so that they do while the database is away, which the last good catalog outlives.
 */
export interface CatalogStore {
  current(): CatalogSnapshot;
  /** Reads the catalog again soon. */
  changed(): void;
  stop(): void;
}

export async function openCatalogStore(
  load: (now: Date) => Promise<CatalogSnapshot>,
  clock: Pick<Clock, 'now'>,
  onError: (error: unknown) => void,
): Promise<CatalogStore> {
  let snapshot: CatalogSnapshot;
  let nextChangeMs = Number.POSITIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function hold(next: CatalogSnapshot): void {
    snapshot = next;
    nextChangeMs = next.ahead[0]?.at.getTime() ?? Number.POSITIVE_INFINITY;
  }

  async function reload(): Promise<void> {
    timer = undefined;
    try {
      hold(await load(new Date(clock.now())));
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

  hold(await load(new Date(clock.now())));
  return {
    current() {
      const nowMs = clock.now();
      if (nowMs >= nextChangeMs) hold(snapshotAt(snapshot, new Date(nowMs)));
      return snapshot;
    },
    changed: () => schedule(settleMs),
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
