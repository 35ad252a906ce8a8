import { type Child, type ChildExit, type ChildSpec, startChild } from './child.ts';
import { openProcessRegistry } from './registry.ts';

export interface Supervisor {
  /** Starts a process that is recorded on disk until it ends. */
  run(spec: ChildSpec): Child;
  /** Resolves when one of these ends: they are meant to run for as long as the start command does. */
  firstExit(children: readonly Child[]): Promise<{ child: Child; exit: ChildExit }>;
  /** Kills everything that still runs. */
  killAll(): void;
  /** After this nothing more is started. */
  close(): void;
}

/** Starts processes, remembers them on disk, and can end all of them. */
export function createSupervisor(registryFile: string): Supervisor {
  const registry = openProcessRegistry(registryFile);
  const running = new Set<Child>();
  let isClosed = false;
  return {
    run(spec) {
      if (isClosed) throw new Error(`The ${spec.name} is not started any more: everything stops.`);
      const child = startChild(spec);
      running.add(child);
      const { identity } = child;
      if (identity) registry.add(spec.name, identity);
      void child.exited.then(() => {
        running.delete(child);
        if (identity) registry.remove(identity);
      });
      return child;
    },
    firstExit: (children) => Promise.race(children.map(async (child) => ({ child, exit: await child.exited }))),
    killAll() {
      for (const child of running) child.kill();
    },
    close() {
      isClosed = true;
    },
  };
}
