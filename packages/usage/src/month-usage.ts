import type { Sql } from '@ai-bridge/db';
import { type Month, monthSpan } from '@ai-bridge/domain';
import { sumColumns, type UsageSums } from './daily.ts';

/** What one key used of one model in a month. */
export interface MonthUsageLine extends UsageSums {
  readonly apiKeyId: string;
  /** Empty where no known model was asked for. */
  readonly model: string;
}

/** What an organization used in a month (UTC), by key and model, the dearest first. Requests count in the month they began in. */
export function readMonthUsage(
  sql: Sql,
  of: { readonly organizationId: string; readonly month: Month },
): Promise<MonthUsageLine[]> {
  const { from, to } = monthSpan(of.month);
  return sql.query<MonthUsageLine>(
    `SELECT api_key_id AS "apiKeyId", model, ${sumColumns}
     FROM usage_daily WHERE organization_id = $1 AND day >= $2::date AND day < $3::date
     GROUP BY api_key_id, model ORDER BY "chargeNanoUsd" DESC, api_key_id, model`,
    [of.organizationId, utcDay(from), utcDay(to)],
  );
}

/** An organization's usage per month, oldest first; months without any are left out. */
export function listMonthlyUsage(sql: Sql, organizationId: string): Promise<(UsageSums & { readonly month: Month })[]> {
  return sql.query(
    `SELECT to_char(day, 'YYYY-MM') AS month, ${sumColumns}
     FROM usage_daily WHERE organization_id = $1 GROUP BY 1 ORDER BY 1`,
    [organizationId],
  );
}

function utcDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}
