import type { ApiOutput } from '#components/api.ts';

export type ImportPlanView = ApiOutput['modelDesk']['planImport'];
export type ImportRow = ImportPlanView['rows'][number];

/** Whether an entry can be written at all. */
export function isWritable({ status }: ImportRow): boolean {
  return status === 'new_model' || status === 'new_price' || status === 'changed';
}

/** What is ticked when a list is first shown: all that can be written, but for jumps. */
export function firstTicks(rows: readonly ImportRow[]): ReadonlySet<string> {
  return new Set(rows.filter((row) => isWritable(row) && !row.isJump).map(({ id }) => id));
}

/** Ticks as the server is told of them. A ticked jump is a jump that is meant. */
export function choiceOf(rows: readonly ImportRow[], ticked: ReadonlySet<string>) {
  const writable = rows.filter(isWritable);
  return {
    skip: writable.filter(({ id }) => !ticked.has(id)).map(({ id }) => id),
    acceptJumps: writable.filter(({ id, isJump }) => isJump && ticked.has(id)).map(({ id }) => id),
  };
}
