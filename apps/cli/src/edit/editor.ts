export type Path = readonly string[];

/** How one file format is read and changed, everything else in the text staying as it is. Texts have "\n" between lines. */
export interface Editor {
  /** The whole text as a value. @throws UnreadableFile */
  read(text: string): Readonly<Record<string, unknown>>;
  /** A value that is no object, or an empty one, at a path; what is missing on the way is made. */
  set(text: string, path: Path, value: unknown): string;
  /** Nothing at a path; what is empty without it goes too. */
  remove(text: string, path: Path): string;
  /** One entry of a list in its place, or behind the last. Where this is missing, a list is written anew as a whole. */
  setItem?(text: string, path: Path, at: number | undefined, value: unknown): string;
  removeItem?(text: string, path: Path, at: number): string;
}
