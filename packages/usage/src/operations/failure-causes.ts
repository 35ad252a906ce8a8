import type { Sql } from '@ai-bridge/db';

/** Requests that came to nothing for one reason. */
export interface FailureCause {
  /** The error's code, or how the request ended where it had none. */
  readonly code: string;
  /** As it was used, or asked for; empty where none was. Callers may make names up. */
  readonly model: string;
  /** The channel that failed it last; null: it came to none. */
  readonly channelId: string | null;
  readonly count: number;
  readonly organizations: number;
  readonly lastAt: Date;
  /** The last one, to look at. */
  readonly requestId: string;
}

interface Row extends Omit<FailureCause, 'count' | 'organizations'> {
  readonly count: bigint;
  readonly organizations: bigint;
}

/** Why requests failed of late, the most frequent first. What was rejected counts too; who comes without a valid key is written down nowhere. */
export async function listFailureCauses(
  sql: Sql,
  { minutes, limit }: { readonly minutes: number; readonly limit: number },
): Promise<FailureCause[]> {
  const rows = await sql.query<Row>(
    `SELECT coalesce(error_code, outcome) AS code, coalesce(model_used, model_requested) AS model,
            coalesce(channel_id, attempts -> -1 ->> 'channelId') AS "channelId",
            count(*) AS count, count(DISTINCT organization_id) AS organizations, max(created_at) AS "lastAt",
            (array_agg(id ORDER BY created_at DESC))[1] AS "requestId"
     FROM usage_record
     WHERE outcome NOT IN ('completed', 'client_left') AND created_at > now() - $1 * interval '1 minute'
     GROUP BY 1, 2, 3 ORDER BY count(*) DESC, max(created_at) DESC LIMIT $2`,
    [minutes, limit],
  );
  return rows.map((row) => ({ ...row, count: Number(row.count), organizations: Number(row.organizations) }));
}
