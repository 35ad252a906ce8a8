/** Something that is done again and again. */
export interface Job {
  /** Does not wait for its time. */
  runNow(): void;
  /** Ends once what is running has ended. */
  stop(): Promise<void>;
}

/**
 * Runs at once and then again and again, never twice at a time. @param everyMs from the end of one run to the start of the next
 */
export function startJob(
  name: string,
  everyMs: number,
  work: () => Promise<unknown>,
  onError: (job: string, error: unknown) => void,
): Job {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isStopped = false;
  let isWanted = false;

  async function run(): Promise<void> {
    do {
      isWanted = false;
      await work().catch((error) => onError(name, error));
    } while (isWanted && !isStopped);
    running = undefined;
    if (isStopped) return;
    timer = setTimeout(start, everyMs);
    timer.unref();
  }
  function start(): void {
    clearTimeout(timer);
    running = run();
  }

  start();
  return {
    runNow() {
      isWanted = true;
      if (!running && !isStopped) start();
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
