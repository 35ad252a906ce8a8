/** The list that somebody came from, as it was shown, and the record that they opened last. */
export interface Trail {
  /** Its address with its filters, without the language. */
  readonly list: string;
  /** The pages of its records, in order. */
  readonly hrefs: readonly string[];
  readonly at?: string | undefined;
}

/** Where a record stands in a trail. */
export interface Place {
  readonly index: number;
  readonly count: number;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** @returns undefined where the record is not in it */
export function placeIn({ hrefs }: Trail, href: string): Place | undefined {
  const index = hrefs.indexOf(href);
  if (index < 0) return undefined;
  return { index, count: hrefs.length, previous: hrefs[index - 1], next: hrefs[index + 1] };
}

/** The row to go on with: the record's, else the one that came into its place, as after a decision. Undefined in a list without rows. */
export function rowInPlace(now: readonly string[], before: readonly string[], href: string): number | undefined {
  const row = now.indexOf(href);
  if (row >= 0) return row;
  const last = now.length - 1;
  return last < 0 ? undefined : Math.min(Math.max(before.indexOf(href), 0), last);
}

/** A kept trail; undefined where the text is none. */
export function readTrail(text: string | null): Trail | undefined {
  const { list, hrefs, at } = parsed(text);
  if (!isPage(list) || !Array.isArray(hrefs) || !hrefs.every(isPage)) return undefined;
  return { list, hrefs, at: isPage(at) ? at : undefined };
}

/** Only the staff's own pages are ever gone to. */
const isPage = (value: unknown): value is string => typeof value === 'string' && value.startsWith('/admin/');

function parsed(text: string | null): Partial<Record<keyof Trail, unknown>> {
  try {
    return (JSON.parse(text ?? '') as object | null) ?? {};
  } catch {
    return {};
  }
}
