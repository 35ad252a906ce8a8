import type { Sql } from '@ai-bridge/db';
import { type Month, monthSpan } from '@ai-bridge/domain';
import { type UsageRow, usageColumns } from './receipt.ts';

/** Rows read at a time: a few hundred kilobytes. */
const pageRows = 1_000;

export interface MonthRequests {
  readonly organizationId: string;
  readonly month: Month;
  /** Only those made with one of these keys; undefined: all. */
  readonly apiKeyIds?: readonly string[] | undefined;
}

/**
 * The requests that began in a month (UTC), oldest first, a page at a time: each page is asked for when the one before was taken, so a month
 * of any size costs the memory of one page.
 */
export async function* monthRequests(sql: Sql, of: MonthRequests, rowsAtOnce = pageRows): AsyncGenerator<UsageRow[]> {
  const { from, to } = monthSpan(of.month);
  let after: Pick<UsageRow, 'createdAt' | 'id'> | undefined = { createdAt: from, id: '' };
  while (after) {
    const rows: UsageRow[] = await sql.query<UsageRow>(
      `SELECT ${usageColumns} FROM usage_record u
       WHERE u.organization_id = $1 AND u.created_at >= $2::timestamptz AND u.created_at < $3::timestamptz
         AND (u.created_at, u.id) > ($2::timestamptz, $4::text)
         AND ($5::text[] IS NULL OR u.api_key_id = ANY ($5::text[]))
       ORDER BY u.created_at, u.id LIMIT ${rowsAtOnce}`,
      [of.organizationId, after.createdAt, to, after.id, of.apiKeyIds ?? null],
    );
    if (rows.length > 0) yield rows;
    after = rows.length === rowsAtOnce ? rows.at(-1) : undefined;
  }
}
