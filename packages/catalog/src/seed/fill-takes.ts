import type { PrismaSession } from '@ai-bridge/db';
import { modelInputs } from '@ai-bridge/domain';
import { writeAudit } from '../audit.ts';
import { type TakesColumns, takesColumns } from '../models/takes.ts';
import type { ListedModel } from './price-list.ts';

type Column = keyof TakesColumns;
type Row = TakesColumns & { readonly id: string; readonly fileFields: readonly string[] };

/**
 * What the list knows of the models that are there already, where nobody else does: not where the configuration file speaks of it, and not
 * where staff have said something once, be it that it is not known.
 * @returns of how many models something was filled in
 */
export async function fillTakes(
  session: PrismaSession,
  list: readonly ListedModel[],
  rows: readonly Row[],
): Promise<number> {
  const listed = new Map(list.map((model) => [model.model, model]));
  const gaps = rows.flatMap((row) => gapsOf(row, listed.get(row.id)));
  if (gaps.length === 0) return 0;
  const said = await saidByStaff(session, [...new Set(gaps.map(({ id }) => id))]);
  const free = gaps.filter(({ id, column }) => !said.has(`${id} ${column}`));
  for (const { id, column, takes } of free) await session.model.update({ where: { id }, data: { [column]: takes } });
  const filled = new Set(free.map(({ id }) => id)).size;
  if (filled > 0) await writeAudit(session, { kind: 'system' }, 'catalog.seed', 'catalog', { capabilities: filled });
  return filled;
}

/** What the list knows and the row does not. */
function gapsOf(row: Row, listed: ListedModel | undefined) {
  return modelInputs.flatMap((input) => {
    const column = takesColumns[input];
    const takes = listed?.capabilities?.[input];
    if (takes === undefined || row[column] !== null || row.fileFields.includes(column)) return [];
    return [{ id: row.id, column, takes }];
  });
}

/** `<model> <column>` of all that staff have ever changed. */
async function saidByStaff(session: PrismaSession, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const changes = await session.auditLog.findMany({
    where: { action: 'model.update', actorKind: 'console', target: { in: [...ids] } },
    select: { target: true, detail: true },
  });
  const columns: readonly Column[] = Object.values(takesColumns);
  return new Set(
    changes.flatMap(({ target, detail }) => {
      const to = (detail as { readonly to?: Readonly<Record<string, unknown>> } | null)?.to ?? {};
      return columns.filter((column) => column in to).map((column) => `${target} ${column}`);
    }),
  );
}
