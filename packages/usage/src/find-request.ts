import type { Sql } from '@ai-bridge/db';

/** Whose request an id means; undefined where none was recorded under it. */
export async function findRequestOwner(sql: Sql, requestId: string): Promise<string | undefined> {
  const [row] = await sql.query<{ organizationId: string }>(
    'SELECT organization_id AS "organizationId" FROM usage_record WHERE id = $1',
    [requestId],
  );
  return row?.organizationId;
}
