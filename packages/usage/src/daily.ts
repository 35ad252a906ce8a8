import type { Sql } from '@ai-bridge/db';

/** Sums over requests. Input is the uncached input; output includes reasoning. */
export interface UsageSums {
  readonly requests: bigint;
  /** Requests that ended neither completed nor by the client's leaving. */
  readonly errors: bigint;
  readonly input: bigint;
  readonly cacheRead: bigint;
  readonly cacheWrite: bigint;
  readonly output: bigint;
  readonly chargeNanoUsd: bigint;
}

export interface DailyUsage extends UsageSums {
  /** YYYY-MM-DD, UTC */
  readonly day: string;
  /** Empty where no known model was asked for. */
  readonly model: string;
}

export const sumColumns = `
  coalesce(sum(requests), 0)::bigint AS requests, coalesce(sum(errors), 0)::bigint AS errors,
  coalesce(sum(input), 0)::bigint AS input, coalesce(sum(cache_read), 0)::bigint AS "cacheRead",
  coalesce(sum(cache_write), 0)::bigint AS "cacheWrite", coalesce(sum(output), 0)::bigint AS output,
  coalesce(sum(charge_nano_usd), 0)::bigint AS "chargeNanoUsd"`;

/**
 * Usage per UTC day and model, over all keys or one, days ascending.
 * @param of.from first day, @param of.to last day: both inclusive, by the UTC day they lie in
 */
export function dailyUsage(
  sql: Sql,
  of: { organizationId: string; apiKeyId?: string | undefined; from: Date; to: Date },
): Promise<DailyUsage[]> {
  const key = of.apiKeyId === undefined ? '' : 'AND api_key_id = $4';
  return sql.query<DailyUsage>(
    `SELECT to_char(day, 'YYYY-MM-DD') AS day, model, ${sumColumns}
     FROM usage_daily WHERE organization_id = $1 AND day BETWEEN $2::date AND $3::date ${key}
     GROUP BY usage_daily.day, model ORDER BY usage_daily.day, model`,
    [of.organizationId, utcDay(of.from), utcDay(of.to), ...(of.apiKeyId === undefined ? [] : [of.apiKeyId])],
  );
}

/** Everything an organization used since the start of the UTC day that `since` lies in. */
export async function usageSummary(sql: Sql, of: { organizationId: string; since: Date }): Promise<UsageSums> {
  const [sums] = await sql.query<UsageSums>(
    `SELECT ${sumColumns} FROM usage_daily WHERE organization_id = $1 AND day >= $2::date`,
    [of.organizationId, utcDay(of.since)],
  );
  return sums as UsageSums;
}

function utcDay(time: Date): string {
  return time.toISOString().slice(0, 10);
}
