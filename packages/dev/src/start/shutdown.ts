import { describeParent } from '../process-identity.ts';

/** A second Ctrl-C within this time is the same one: npm passes on what the terminal sent to both. */
const repeatedSignalMs = 500;
const parentPollMs = 1_000;

export interface Shutdown {
  /** Resolves at the first request to stop, with what asked for it. */
  readonly requested: Promise<string>;
  readonly isRequested: boolean;
  /** Registers what to do when stopping; the last registered is done first. */
  onStop(work: () => Promise<void> | void): void;
  /** Does all of it, each once. One failure does not keep the rest from being done. */
  stop(): Promise<void>;
}

/**
 * Listens for Ctrl-C, SIGTERM, a closed terminal, and the end of the npm that started this process (npm killed outright
 * passes no signal on).
 * @param force called at a second request: give up waiting and kill
 */
export function createShutdown(force: () => void): Shutdown {
  const works: (() => Promise<void> | void)[] = [];
  let resolveRequested: (reason: string) => void = () => {};
  const requested = new Promise<string>((resolve) => {
    resolveRequested = resolve;
  });
  let requestedAt: number | undefined;
  const ask = (reason: string) => {
    const now = Date.now();
    if (requestedAt === undefined) {
      requestedAt = now;
      resolveRequested(reason);
    } else if (now - requestedAt > repeatedSignalMs) {
      force();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ask(signal));
  watchParent(() => requestedAt === undefined && ask('the end of npm'));
  return {
    requested,
    get isRequested() {
      return requestedAt !== undefined;
    },
    onStop: (work) => works.push(work),
    async stop() {
      requestedAt ??= Date.now();
      for (let work = works.pop(); work; work = works.pop()) {
        try {
          await work();
        } catch (error) {
          console.error(`While stopping: ${error instanceof Error ? error.message : error}`);
        }
      }
    },
  };
}

function watchParent(onGone: () => void): void {
  if (!process.env['npm_lifecycle_event'] || process.ppid <= 1) return;
  const parent = describeParent();
  const timer = setInterval(() => {
    if (describeParent() === parent) return;
    clearInterval(timer);
    onGone();
  }, parentPollMs);
  timer.unref();
}
