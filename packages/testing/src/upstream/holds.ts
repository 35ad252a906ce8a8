/** Named gates: requests wait at them until a test lets them through. */
export interface Holds {
  /** Resolves once `release(name)` is called, at once if it was called before. */
  wait(name: string): Promise<void>;
  release(name: string): void;
  /** How many wait at this gate now. */
  waiting(name: string): number;
  releaseAll(): void;
}

export function createHolds(): Holds {
  const open = new Set<string>();
  const queues = new Map<string, (() => void)[]>();
  const release = (name: string) => {
    open.add(name);
    for (const resume of queues.get(name) ?? []) resume();
    queues.delete(name);
  };
  return {
    wait: (name) =>
      open.has(name)
        ? Promise.resolve()
        : new Promise((resolve) => queues.set(name, [...(queues.get(name) ?? []), resolve])),
    release,
    waiting: (name) => queues.get(name)?.length ?? 0,
    releaseAll() {
      for (const name of [...queues.keys()]) release(name);
    },
  };
}
