import type { Sql } from '@ai-bridge/db';

/** What a key was charged in the UTC day and month that a moment lies in; nano-USD. */
export interface KeySpend {
  readonly apiKeyId: string;
  readonly dayNanoUsd: bigint;
  readonly monthNanoUsd: bigint;
}

/** What one key was charged so far; zeros where it was not used. */
export async function spendOfKey(
  sql: Sql,
  of: { readonly organizationId: string; readonly apiKeyId: string; readonly now: Date },
): Promise<KeySpend> {
  const { day, month } = starts(of.now);
  const [row] = await sql.query<Omit<KeySpend, 'apiKeyId'>>(
    `SELECT coalesce(sum(charge_nano_usd) FILTER (WHERE hour >= $3), 0)::bigint AS "dayNanoUsd",
            coalesce(sum(charge_nano_usd), 0)::bigint AS "monthNanoUsd"
     FROM usage_hourly WHERE organization_id = $1 AND api_key_id = $2 AND hour >= $4`,
    [of.organizationId, of.apiKeyId, day, month],
  );
  return { apiKeyId: of.apiKeyId, dayNanoUsd: row?.dayNanoUsd ?? 0n, monthNanoUsd: row?.monthNanoUsd ?? 0n };
}

/** The same of all of an organization's keys that were used this month. */
export function spendOfKeys(
  sql: Sql,
  of: { readonly organizationId: string; readonly now: Date },
): Promise<KeySpend[]> {
  const { day, month } = starts(of.now);
  return sql.query<KeySpend>(
    `SELECT api_key_id AS "apiKeyId",
            coalesce(sum(charge_nano_usd) FILTER (WHERE day >= $2::date), 0)::bigint AS "dayNanoUsd",
            coalesce(sum(charge_nano_usd), 0)::bigint AS "monthNanoUsd"
     FROM usage_daily WHERE organization_id = $1 AND day >= $3::date GROUP BY api_key_id`,
    [of.organizationId, day.toISOString().slice(0, 10), month.toISOString().slice(0, 10)],
  );
}

function starts(now: Date): { day: Date; month: Date } {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return { day: new Date(Date.UTC(year, month, now.getUTCDate())), month: new Date(Date.UTC(year, month, 1)) };
}
