import type { Sql } from '@ai-bridge/db';
import {
  type AttemptRecord,
  type Outcome,
  type OwnAttempt,
  ownAttempts,
  type Rejection,
  type Routing,
} from '@ai-bridge/domain';

/** The way that a request took: for staff alone. */
export interface RequestRoute {
  readonly id: string;
  readonly organizationId: string;
  readonly createdAt: Date;
  readonly modelRequested: string;
  readonly outcome: Outcome;
  /** What it cost the operator; null where nobody knows. */
  readonly costNanoUsd: bigint | null;
  /** In their order. */
  readonly attempts: readonly AttemptRecord[];
  /** Channels that serve a model of the request and were passed over, with the reason. */
  readonly rejected: readonly Rejection[];
  /** Staff named the channel themselves. */
  readonly isChosen: boolean;
}

interface RouteRow extends Omit<RequestRoute, 'rejected' | 'isChosen' | 'attempts'>, OwnAttempt {
  /** null: the row itself says it. */
  readonly attempts: AttemptRecord[] | null;
  readonly routing: Routing | null;
}

/** The route of a request of whatever organization; undefined where there is no such request. */
export async function readRoute(sql: Sql, requestId: string): Promise<RequestRoute | undefined> {
  const [row] = await sql.query<RouteRow>(
    `SELECT id, organization_id AS "organizationId", created_at AS "createdAt", model_requested AS "modelRequested",
            outcome, attempts, routing, channel_id AS "channelId", provider, model_used AS "modelUsed",
            upstream_model AS "upstreamModel", status, first_byte_ms AS "firstByteMs",
            cost_nano_usd AS "costNanoUsd"
     FROM usage_record WHERE id = $1`,
    [requestId],
  );
  if (!row) return undefined;
  const { id, organizationId, createdAt, modelRequested, outcome, costNanoUsd, attempts, routing } = row;
  return {
    id,
    organizationId,
    createdAt,
    modelRequested,
    outcome,
    costNanoUsd,
    attempts: attempts ?? ownAttempts(row),
    rejected: routing?.rejected ?? [],
    isChosen: routing?.isChosen === true,
  };
}
