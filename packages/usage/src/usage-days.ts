import type { Sql } from '@ai-bridge/db';
import { sumColumns, type UsageSums } from './daily.ts';

export interface UsageDay extends UsageSums {
  /** YYYY-MM-DD, UTC */
  readonly day: string;
}

const maxDays = 200;

/**
 * What an organization used by UTC day, newest first, days without requests left out.
 * @param of.before YYYY-MM-DD: days before it
 * @param of.limit at most 200
 */
export function listUsageDays(
  sql: Sql,
  of: { readonly organizationId: string; readonly before?: string | undefined; readonly limit: number },
): Promise<UsageDay[]> {
  return sql.query<UsageDay>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, ${sumColumns}
     FROM usage_daily WHERE organization_id = $1 AND ($2::date IS NULL OR day < $2::date)
     GROUP BY usage_daily.day ORDER BY usage_daily.day DESC LIMIT $3::integer`,
    [of.organizationId, of.before ?? null, Math.max(1, Math.min(of.limit, maxDays))],
  );
}
