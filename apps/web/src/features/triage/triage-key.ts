/** What a single key does where staff go through a list. */
export type Deed = 'next' | 'previous' | 'decide' | 'back' | 'search' | 'help';

/** The keys, in the order that they are explained. Enter is the browser's own: it follows the link that has the focus. */
export const keyOf: Readonly<Record<Deed, string>> = {
  next: 'j',
  previous: 'k',
  decide: 'r',
  back: 'u',
  search: '/',
  help: '?',
};

export const deeds = Object.keys(keyOf) as Deed[];

/** A press, as far as it matters here. */
export interface Press {
  readonly key: string;
  /** With Control, Meta or Alt it is the browser's or somebody else's. Shift is needed for some signs. */
  readonly hasModifier: boolean;
  /** Into a field, where it is a letter. */
  readonly isTyped: boolean;
  /** A dialog or a menu is open, which has its own keys. */
  readonly isCovered: boolean;
  /** Something else on the page took it. */
  readonly isTaken: boolean;
}

/** @returns what a press asks for; undefined where it asks for nothing */
export function deedOf({ key, hasModifier, isTyped, isCovered, isTaken }: Press): Deed | undefined {
  if (hasModifier || isTyped || isCovered || isTaken) return undefined;
  return deeds.find((deed) => keyOf[deed] === key);
}

/** The row that a step leads to from where one is, or from no row; undefined beyond either end. */
export function rowAfter(at: number | undefined, step: 1 | -1, count: number): number | undefined {
  const row = at === undefined ? 0 : at + step;
  return row >= 0 && row < count ? row : undefined;
}
