import type { Sql } from '@ai-bridge/db';

/** What requests that one channel answered cost the operator. */
export interface ChannelSpend {
  readonly channelId: string;
  readonly requests: number;
  /** Undefined where of none of them it is known. */
  readonly costNanoUsd: bigint | undefined;
}

/** By channel, of requests since a moment. Reads each of their records: ask for days, not months, and not for every look. */
export async function readChannelSpend(sql: Sql, since: Date): Promise<ChannelSpend[]> {
  const rows = await sql.query<{ channelId: string; requests: bigint; costNanoUsd: bigint | null }>(
    `SELECT channel_id AS "channelId", count(*) AS requests, sum(cost_nano_usd)::bigint AS "costNanoUsd"
     FROM usage_record WHERE created_at >= $1 AND channel_id IS NOT NULL GROUP BY channel_id ORDER BY channel_id`,
    [since],
  );
  return rows.map(({ channelId, requests, costNanoUsd }) => {
    return { channelId, requests: Number(requests), costNanoUsd: costNanoUsd ?? undefined };
  });
}

/** What a channel's requests cost in the UTC day and month that a moment lies in; nano-USD. */
export interface ChannelSpendSoFar {
  readonly channelId: string;
  readonly dayNanoUsd: bigint;
  readonly monthNanoUsd: bigint;
}

/** What channels cost so far; those that cost nothing this month may be missing. From the sums per day. */
export function readChannelSpendSoFar(
  sql: Sql,
  of: { readonly channelIds: readonly string[]; readonly now: Date },
): Promise<ChannelSpendSoFar[]> {
  return sql.query<ChannelSpendSoFar>(
    `SELECT channel_id AS "channelId",
            coalesce(sum(cost_nano_usd) FILTER (WHERE day >= $2::date), 0)::bigint AS "dayNanoUsd",
            sum(cost_nano_usd)::bigint AS "monthNanoUsd"
     FROM channel_day WHERE channel_id = ANY ($1::text[]) AND day >= date_trunc('month', $2::date)::date
     GROUP BY channel_id`,
    [of.channelIds, of.now.toISOString().slice(0, 'YYYY-MM-DD'.length)],
  );
}
