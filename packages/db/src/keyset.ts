/** Where a page ends: what is older comes on the next. Ids tell rows of one moment apart. */
export interface KeysetPosition {
  readonly at: Date;
  readonly id: string;
}

/** Letters that stand for themselves in LIKE. */
export function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (letter) => `\\${letter}`);
}
