import type { Disk } from '../disk/disk.ts';
import { parseState, type State } from './state.ts';

/** The command's own folder: its state and the copies that it keeps. */
export interface Store {
  readonly folder: string;
  readonly stateFile: string;
  load(): State;
  save(state: State): void;
  /** Keeps a copy of a file; returns where. */
  backUp(path: string, bytes: Uint8Array): string;
  /** A copy's bytes; undefined where somebody has deleted it. */
  readBackup(path: string): Uint8Array | undefined;
}

export interface StoreInput {
  readonly folder: string;
  readonly disk: Disk;
  readonly join: (...parts: string[]) => string;
  readonly now: () => Date;
}

const ownFileMode = 0o600;

/** What is at `stateFile` is not what this command wrote. */
export class BrokenState extends Error {
  readonly path: string;
  constructor(path: string) {
    super(`${path} is broken`);
    this.path = path;
  }
}

export function openStore({ folder, disk, join, now }: StoreInput): Store {
  const stateFile = join(folder, 'state.json');
  return {
    folder,
    stateFile,
    load() {
      const found = disk.read(stateFile);
      try {
        return parseState(found && Buffer.from(found.bytes).toString());
      } catch {
        throw new BrokenState(stateFile);
      }
    },
    save: (state) => void disk.write(stateFile, Buffer.from(`${JSON.stringify(state, null, 2)}\n`), ownFileMode),
    backUp(path, bytes) {
      const stamp = now().toISOString().replaceAll(/[:.]/g, '-');
      const name = path.replaceAll(/[\\/:]+/g, '_').replace(/^_/, '');
      const copy = freeName(join(folder, 'backups', `${stamp}_${name}`), disk);
      disk.write(copy, bytes, ownFileMode);
      return copy;
    },
    readBackup: (path) => disk.read(path)?.bytes,
  };
}

function freeName(path: string, disk: Disk): string {
  for (let at = 1; ; at++) {
    const name = at === 1 ? path : `${path}.${at}`;
    if (disk.read(name) === undefined) return name;
  }
}
