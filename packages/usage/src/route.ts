import type { Sql } from '@ai-bridge/db';
import type { AttemptRecord, Outcome, Rejection, Routing } from '@ai-bridge/domain';

/** The way that a request took: for staff alone. */
export interface RequestRoute {
  readonly id: string;
  readonly organizationId: string;
  readonly createdAt: Date;
  readonly modelRequested: string;
  readonly outcome: Outcome;
  /** In their order. */
  readonly attempts: readonly AttemptRecord[];
  /** Channels that serve a model of the request and were passed over, with the reason. */
  readonly rejected: readonly Rejection[];
}

/** The route of a request of whatever organization; undefined where there is no such request. */
export async function readRoute(sql: Sql, requestId: string): Promise<RequestRoute | undefined> {
  const [row] = await sql.query<Omit<RequestRoute, 'rejected'> & { routing: Routing | null }>(
    `SELECT id, organization_id AS "organizationId", created_at AS "createdAt", model_requested AS "modelRequested",
            outcome, attempts, routing
     FROM usage_record WHERE id = $1`,
    [requestId],
  );
  if (!row) return undefined;
  const { routing, ...route } = row;
  return { ...route, rejected: routing?.rejected ?? [] };
}
