/** A file that is not what its name promises: nothing in it can be changed safely. */
export class UnreadableFile extends Error {
  readonly line: number;
  constructor(line: number) {
    super(`unreadable at line ${line}`);
    this.line = line;
  }
}

/** The line of a position, counted from 1. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
