/** The files of this machine, as much of them as the command touches. */
export interface Disk {
  /** Undefined where no file is. */
  read(path: string): FoundFile | undefined;
  /** The whole file at once or not at all, through links. Returns the folders that had to be made, outermost first. */
  write(path: string, bytes: Uint8Array, mode: number): readonly string[];
  remove(path: string): void;
  /** Does nothing where something is in it. */
  removeEmptyFolder(path: string): void;
  /** Whether a program lies there that may be run. */
  isProgram(path: string): boolean;
}

export interface FoundFile {
  readonly bytes: Uint8Array;
  /** Who may read and write it, for example 0o600. */
  readonly mode: number;
}
