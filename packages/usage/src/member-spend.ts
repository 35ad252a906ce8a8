import type { Sql } from '@ai-bridge/db';

/** What all keys that a member made were charged in the UTC day and month that a moment lies in; nano-USD. */
export interface MemberSpend {
  readonly userId: string;
  readonly dayNanoUsd: bigint;
  readonly monthNanoUsd: bigint;
}

const dateLength = 'YYYY-MM-DD'.length;

/** What an organization's members spent: those who spent anything this month, or the one who is asked for. Keys that are gone count too. */
export function spendOfMembers(
  sql: Sql,
  of: { readonly organizationId: string; readonly userId?: string | undefined; readonly now: Date },
): Promise<MemberSpend[]> {
  const day = of.now.toISOString().slice(0, dateLength);
  return sql.query<MemberSpend>(
    `SELECT k.created_by_user_id AS "userId",
            coalesce(sum(d.charge_nano_usd) FILTER (WHERE d.day >= $2::date), 0)::bigint AS "dayNanoUsd",
            coalesce(sum(d.charge_nano_usd), 0)::bigint AS "monthNanoUsd"
     FROM usage_daily d JOIN api_key k ON k.id = d.api_key_id
     WHERE d.organization_id = $1 AND d.day >= date_trunc('month', $2::date)::date AND k.created_by_user_id IS NOT NULL
       AND ($3::text IS NULL OR k.created_by_user_id = $3)
     GROUP BY 1`,
    [of.organizationId, day, of.userId ?? null],
  );
}
