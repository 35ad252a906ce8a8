import type { Clock } from '@ai-bridge/domain';

/** How the book and the settler learn that the database is away, so that nobody waits for a time-out to find out again. */
export interface DatabaseHealth {
  readonly isAway: boolean;
  /**
   * Runs a call and learns from how it ends: one that fails as a lost connection does, or takes longer than
   * `slowCallMs`, means away. Its own result or error comes back unchanged.
   */
  watch<Result>(call: Promise<Result>): Promise<Result>;
  /** Called at each change. */
  onChange(listener: (isAway: boolean) => void): void;
  stop(): void;
}

export interface DatabaseHealthOptions {
  /** Asks the database the cheapest question. */
  probe(): Promise<unknown>;
  readonly clock: Clock;
  readonly slowCallMs?: number;
  readonly probeMs?: number;
}

/**
 * SQLSTATE classes that speak of the statement's own data: 21 cardinality, 22 data, 23 constraint, 54 a limit such as an
 * index row's size, P0 raised by a function. Everything else (08, 40, 53, 55, 57, 58, no code at all) is the moment's.
 */
export function isDataError(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^(21|22|23|54|P0)[0-9A-Z]{3}$/.test(code);
}

/** A conflict between transactions: to be tried again, but no sign that the database is away. */
function isConflict(error: unknown): boolean {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && /^40[0-9A-Z]{3}$/.test(code);
}

/** Starts out as present. While away, a probe every `probeMs` finds out when it is back; one at a time. */
export function createDatabaseHealth(options: DatabaseHealthOptions): DatabaseHealth {
  const slowCallMs = options.slowCallMs ?? 2_000;
  const probeMs = options.probeMs ?? 500;
  const listeners: ((isAway: boolean) => void)[] = [];
  let isAway = false;
  let isProbing = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  function change(next: boolean): void {
    if (isAway === next || isStopped) return;
    isAway = next;
    clearInterval(timer);
    if (next) timer = setInterval(probe, probeMs);
    for (const listener of listeners) listener(next);
  }

  function probe(): void {
    if (isProbing) return;
    isProbing = true;
    options
      .probe()
      .then(
        () => change(false),
        () => {},
      )
      .finally(() => {
        isProbing = false;
      });
  }

  return {
    get isAway() {
      return isAway;
    },
    async watch(call) {
      const slow = setTimeout(() => change(true), slowCallMs);
      try {
        return await call;
      } catch (error) {
        if (!isDataError(error) && !isConflict(error)) change(true);
        throw error;
      } finally {
        clearTimeout(slow);
      }
    },
    onChange(listener) {
      listeners.push(listener);
    },
    stop() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}
