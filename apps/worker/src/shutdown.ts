import type { HttpServer } from './http1/http-server.ts';

const pollMs = 50;

export interface ShutdownDeps {
  readonly server: HttpServer;
  readonly drainSeconds: number;
  /** Requests under way. */
  open(): number;
  /** Refuses new work from now on. */
  startDraining(): void;
  /** Settles what is left, gives credit back, closes connections. */
  close(): Promise<void>;
}

/**
 * Ends the process in order: no new work, every open stream to its end (or to the end of the drain window), everything settled, exit 0.
 * Asked a second time it cuts the wait for open streams short, and what is to be settled is settled all the same.
 */
export function createShutdown(deps: ShutdownDeps): () => Promise<void> {
  let isRushed = false;
  let ending: Promise<void> | undefined;
  async function end(): Promise<void> {
    deps.startDraining();
    deps.server.closeIdleConnections();
    const untilMs = Date.now() + deps.drainSeconds * 1000;
    while (deps.open() > 0 && !isRushed && Date.now() < untilMs)
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    // The server listens until here so that health checks are answered; what is still open now is cut.
    deps.server.close();
    await deps.close();
  }
  return () => {
    if (ending) isRushed = true;
    ending ??= end();
    return ending;
  };
}
