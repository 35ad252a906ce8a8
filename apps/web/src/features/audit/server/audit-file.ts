import { type AuditSearch, type Deed, readAuditLog } from '@ai-bridge/access';
import type { Sql } from '@ai-bridge/db';
import { createContext } from '#server/context.ts';
import { type Cell, csvStream } from '#server/csv.ts';
import { admitDownload, fileOrRefusal, savedFile } from '#server/file-answer.ts';
import { createCaller } from '#server/root.ts';
import { readAuditFilter } from '../audit-filter.ts';

const rowsPerPage = 500;
const columns = [
  ...['id', 'at', 'by', 'email', 'address', 'action', 'target', 'organization_id', 'organization', 'detail'],
  'request_id',
];

/** The audit log that a page with this address shows, all of it, as CSV. */
export function auditFile(request: Request): Promise<Response> {
  return fileOrRefusal(async () => {
    const context = await createContext(request.headers);
    admitDownload(context);
    const { search, part } = readAuditFilter(new URL(request.url).searchParams);
    // Who may have it, the procedure decides.
    await createCaller(context).audit.list({ search, part });
    return savedFile(
      csvStream(columns, auditPages(context.deps.database, { text: search, area: part })),
      'audit-log',
      'csv',
    );
  });
}

/** Page by page, so that a log of any length takes no more memory than one. */
export async function* auditPages(
  sql: Sql,
  search: Pick<AuditSearch, 'text' | 'area'>,
): AsyncGenerator<readonly (readonly Cell[])[]> {
  let before: bigint | undefined;
  for (;;) {
    const rows = await readAuditLog(sql, { ...search, before, limit: rowsPerPage });
    if (rows.length > 0) yield rows.map(cellsOf);
    before = rows.at(-1)?.id;
    if (rows.length < rowsPerPage) return;
  }
}

function cellsOf(row: Deed): readonly Cell[] {
  const { id, at, actorKind, actorEmail, address, action, target, organizationId, organizationName, requestId } = row;
  const detail = row.detail === null ? null : JSON.stringify(row.detail);
  return [id, at, actorKind, actorEmail, address, action, target, organizationId, organizationName, detail, requestId];
}
