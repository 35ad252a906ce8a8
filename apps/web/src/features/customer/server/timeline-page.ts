import type { KeysetPosition } from '@ai-bridge/db';
import { type TimelineKind, timelineKindNames } from '../timeline-kind.ts';

/** Something in a timeline: when it was, and what tells it from others of its kind at that moment. */
export interface Dated {
  readonly kind: TimelineKind;
  readonly at: Date;
  readonly id: string;
}

/** Where things of one kind come from, newest first. */
export interface TimelineSource<Entry extends Dated> {
  readonly kind: Entry['kind'];
  /** At most `limit` that are older. Whatever has an id sorts above the position's `noId`. */
  read(before: KeysetPosition | undefined, limit: number): Promise<readonly Entry[]>;
}

/** Below every id there is, text or number: a position with it stands before all of its moment. */
const noId = '0';

/**
 * A page out of several sources, newest first: each is asked for as much as a page holds, so that none can be missed.
 * @param cursor `nextCursor` of the page before; anything else begins at the top
 */
export async function readTimelinePage<Entry extends Dated>(
  sources: readonly TimelineSource<Entry>[],
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
): Promise<{ readonly entries: readonly Entry[]; readonly nextCursor: string | undefined }> {
  const end = cursor === undefined ? undefined : readCursor(cursor);
  const read = await Promise.all(sources.map((source) => source.read(end && positionFor(source.kind, end), limit + 1)));
  // Sources are in the order of their ids already, which sorting keeps.
  const all = read.flat().sort((a, b) => b.at.getTime() - a.at.getTime() || rankOf(a.kind) - rankOf(b.kind));
  const entries = all.slice(0, limit);
  const last = entries.at(-1);
  return { entries, nextCursor: all.length > limit && last ? writeCursor(last) : undefined };
}

/** Where a source goes on behind the last thing shown: kinds before it have shown all of that moment, kinds behind it nothing yet. */
function positionFor(kind: TimelineKind, end: Dated): KeysetPosition {
  if (kind === end.kind) return end;
  const isDone = rankOf(kind) < rankOf(end.kind);
  return { at: isDone ? end.at : new Date(end.at.getTime() + 1), id: noId };
}

const rankOf = (kind: TimelineKind): number => timelineKindNames.indexOf(kind);

const writeCursor = ({ at, kind, id }: Dated): string => `${at.getTime()}.${kind}.${id}`;

function readCursor(cursor: string): Dated | undefined {
  const [, at, name, id] = /^(\d{1,15})\.(\w{1,16})\.([\w-]{1,128})$/.exec(cursor) ?? [];
  const kind = timelineKindNames.find((known) => known === name);
  return at && kind && id ? { at: new Date(Number(at)), kind, id } : undefined;
}
