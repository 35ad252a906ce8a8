import type { KeysetPosition } from '@ai-bridge/db';
import { expect, test } from 'vitest';
import { type TimelineKind, timelineKindNames } from '../timeline-kind.ts';
import { type Dated, readTimelinePage, type TimelineSource } from './timeline-page.ts';

/** A source as a table is: rows by time and id, both descending. */
function sourceOf(kind: TimelineKind, rows: readonly Dated[]): TimelineSource<Dated> {
  const sorted = [...rows].sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1));
  const isOlder = (row: Dated, { at, id }: KeysetPosition) =>
    row.at.getTime() < at.getTime() || (row.at.getTime() === at.getTime() && row.id < id);
  return {
    kind,
    read: async (before, limit) => sorted.filter((row) => !before || isOlder(row, before)).slice(0, limit),
  };
}

async function walk(sources: readonly TimelineSource<Dated>[], limit: number): Promise<string[]> {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await readTimelinePage(sources, { cursor, limit });
    expect(page.entries.length).toBeLessThanOrEqual(limit);
    seen.push(...page.entries.map(({ kind, id }) => `${kind}:${id}`));
    cursor = page.nextCursor;
  } while (cursor);
  return seen;
}

test('pages of every size have everything once, newest first, however many things share a moment', async () => {
  const rows = timelineKindNames.flatMap((kind, rank) =>
    Array.from({ length: 17 }, (_, at) => ({ kind, id: `x${10 + at}`, at: new Date(1_000 + ((at * (rank + 3)) % 5)) })),
  );
  const sources = timelineKindNames.map((kind) =>
    sourceOf(
      kind,
      rows.filter((row) => row.kind === kind),
    ),
  );
  const whole = await walk(sources, rows.length);
  expect(new Set(whole).size).toBe(rows.length);
  for (const limit of [1, 2, 3, 7, 16, 50]) expect(await walk(sources, limit), String(limit)).toEqual(whole);
  const timeOf = new Map(rows.map((row) => [`${row.kind}:${row.id}`, row.at.getTime()]));
  const times = whole.map((name) => timeOf.get(name) ?? 0);
  expect(times).toEqual([...times].sort((a, b) => b - a));
});

test('a cursor that is none begins at the top', async () => {
  const source = sourceOf('note', [{ kind: 'note', id: 'a1', at: new Date(5) }]);
  for (const cursor of ['', 'x', '5.nothing.a1', '5.note.']) {
    expect((await readTimelinePage([source], { cursor, limit: 5 })).entries).toHaveLength(1);
  }
});
