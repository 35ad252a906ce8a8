/** More work than this waiting means that somebody floods us: it is refused. */
const maxPending = 200;

export interface Afterwards {
  /** Begins work that no answer waits for, so that how long it takes tells nobody anything. @returns false where too much is under way */
  run(work: () => Promise<void>): boolean;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** @param onError told of work that failed: nobody else is */
export function createAfterwards(onError: (error: unknown) => void): Afterwards {
  const pending = new Set<Promise<void>>();
  return {
    run(work) {
      if (pending.size >= maxPending) return false;
      const running: Promise<void> = Promise.resolve()
        .then(work)
        .catch(onError)
        .finally(() => pending.delete(running));
      pending.add(running);
      return true;
    },
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}
