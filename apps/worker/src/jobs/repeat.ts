/** Of a pause, at random, so that workers started together do not work together. */
const jitter = 0.2;

export interface Repeated {
  /** Starts no more rounds, interrupts the one under way and waits for it. */
  stop(): Promise<void>;
}

/**
 * Does something again and again, one round after the other. A round that fails is told of; the next one comes as if it had not.
 * @param options.firstMs pause before the first round; `everyMs` where it is not given
 */
export function repeat(
  round: (signal: AbortSignal) => Promise<unknown>,
  options: { readonly everyMs: number; readonly firstMs?: number; onError(error: unknown): void },
): Repeated {
  const controller = new AbortController();
  const { signal } = controller;
  let underWay: Promise<void> = Promise.resolve();
  let timer = schedule(options.firstMs ?? options.everyMs);

  function schedule(ms: number): NodeJS.Timeout {
    return setTimeout(
      () => {
        underWay = run();
      },
      ms * (1 - jitter + 2 * jitter * Math.random()),
    );
  }

  async function run(): Promise<void> {
    try {
      await round(signal);
    } catch (error) {
      if (!signal.aborted) options.onError(error);
    }
    if (!signal.aborted) timer = schedule(options.everyMs);
  }

  return {
    async stop() {
      controller.abort();
      clearTimeout(timer);
      await underWay;
    },
  };
}
