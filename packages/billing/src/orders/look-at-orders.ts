import { raiseAlarm } from '../alarms.ts';
import type { BillingDeps } from '../deps.ts';
import { followOrder } from './follow-order.ts';

/** Orders looked at in one run; whoever takes one has it for so long. */
const maxOrdersPerRun = 50;
const claimMs = 2 * 60_000;
/** After a look that failed: so long, twice as long each time, up to an hour. From the tenth on somebody is told. */
const firstWaitMs = 30_000;
const maxWaitMs = 60 * 60_000;
const alarmAfterFailures = 10;

/**
 * Looks at the orders that are due: those whose term has run out (paid after all, or expired), payments that are under way, tokens that are
 * being waited for. Several processes may do so at once: each order goes to one. @returns how many were looked at
 */
export async function lookAtOrders(deps: BillingDeps): Promise<number> {
  const now = deps.clock.now();
  const due = await deps.database.query<{ id: string; failures: number; organizationId: string }>(
    `WITH due AS MATERIALIZED (
       SELECT id AS due_id FROM "order" WHERE next_look_at <= $1 ORDER BY next_look_at LIMIT $3::integer FOR UPDATE SKIP LOCKED)
     UPDATE "order" SET next_look_at = $2 FROM due WHERE id = due_id
     RETURNING id, failures, organization_id AS "organizationId"`,
    [new Date(now), new Date(now + claimMs), maxOrdersPerRun],
  );
  for (const order of due) {
    try {
      await followOrder(deps, order.id);
    } catch (error) {
      await noteFailure(deps, order, error);
    }
  }
  return due.length;
}

async function noteFailure(
  { database, clock }: BillingDeps,
  order: { readonly id: string; readonly failures: number; readonly organizationId: string },
  error: unknown,
): Promise<void> {
  const waitMs = Math.min(maxWaitMs, firstWaitMs * 2 ** Math.min(order.failures, 20));
  const message = error instanceof Error ? error.message : 'unknown';
  await database.query('UPDATE "order" SET failures = failures + 1, last_error = $2, next_look_at = $3 WHERE id = $1', [
    order.id,
    message,
    new Date(clock.now() + waitMs),
  ]);
  if (order.failures + 1 < alarmAfterFailures) return;
  const { id: subject, organizationId } = order;
  await raiseAlarm(database, { kind: 'order_stuck', subject, organizationId, detail: { error: message } });
}
