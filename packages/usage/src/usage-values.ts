import type { Sql } from '@ai-bridge/db';

/** What an organization's usage can be narrowed to, each in the order of its name. */
export interface UsageValues {
  readonly models: readonly string[];
  readonly providers: readonly string[];
  readonly apiKeyIds: readonly string[];
}

/** The models, providers and keys that an organization ever used. */
export async function readUsageValues(sql: Sql, organizationId: string): Promise<UsageValues> {
  const [values] = await sql.query<UsageValues>(
    `SELECT ${distinct('model')} AS models, ${distinct('provider')} AS providers, ${distinct('api_key_id')} AS "apiKeyIds"`,
    [organizationId],
  );
  return values as UsageValues;
}

/** Goes from one value to the next by the column's index: it reads as many entries as there are values, however many sums there are. */
function distinct(column: string): string {
  const next = (than: string) =>
    `SELECT s.${column} AS value FROM usage_hourly s WHERE s.organization_id = $1 ${than} ORDER BY s.${column} LIMIT 1`;
  return `ARRAY(
    WITH RECURSIVE one AS (
      (${next('')}) UNION ALL
      SELECT (${next(`AND s.${column} > one.value`)}) FROM one WHERE one.value IS NOT NULL
    )
    SELECT value FROM one WHERE value IS NOT NULL
  )`;
}
