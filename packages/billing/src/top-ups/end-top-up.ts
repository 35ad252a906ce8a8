import type { Sql } from '@ai-bridge/db';
import type { BillingDeps } from '../deps.ts';
import type { ChargeRefusal } from '../payments/saved-payments.ts';
import { lockAutoTopUp } from './auto-top-up.ts';
import { switchOff, tellFailure } from './switch-off.ts';

/** unavailable: the provider did not answer in its order's term; switched_off: its owner no longer wants it. Both are nobody's refusal. */
export type TopUpEnd = 'paid' | ChargeRefusal | 'unavailable' | 'switched_off';

/** Refusals in a row after which it stops. One that only the card's owner can mend stops it at once. */
export const maxDeclines = 3;
/** After a refusal of the bank's, and after a provider that was away. */
export const declineWaitMs = 6 * 60 * 60_000;
const unavailableWaitMs = 10 * 60_000;

export interface OpenTopUp {
  readonly id: string;
  readonly organizationId: string;
  readonly orderId: string;
  readonly methodId: string;
  readonly attempts: number;
}

/** Ends a top-up, once, with what follows from it for the next one. */
export async function endTopUp(deps: BillingDeps, topUp: OpenTopUp, end: TopUpEnd): Promise<void> {
  await deps.database.transaction(async (sql) => {
    const auto = await lockAutoTopUp(sql, topUp.organizationId);
    if (!(await close(sql, deps, topUp, end)) || !auto) return;
    const now = deps.clock.now();
    if (end === 'paid') return change(sql, topUp, { declines: 0, nextAttemptAt: new Date(now) });
    if (end === 'switched_off') return;
    if (end === 'unavailable') {
      return change(sql, topUp, { declines: auto.declines, nextAttemptAt: new Date(now + unavailableWaitMs) });
    }
    const declines = auto.declines + 1;
    const nextAttemptAt = new Date(now + declineWaitMs);
    await change(sql, topUp, { declines, nextAttemptAt });
    if (!auto.isOn) return;
    if (end !== 'declined' || declines >= maxDeclines) await switchOff(sql, deps, auto, end);
    else await tellFailure(sql, deps, auto, { reason: end, nextAttemptAt });
  });
}

/** @returns false where it had ended before */
async function close(sql: Sql, { clock }: BillingDeps, { id }: OpenTopUp, end: TopUpEnd): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE top_up SET state = $2, failure = $3, ended_at = $4, next_attempt_at = NULL WHERE id = $1 AND state = 'open' RETURNING id`,
    [id, end === 'paid' ? 'paid' : 'failed', end === 'paid' ? null : end, new Date(clock.now())],
  );
  return rows.length > 0;
}

async function change(
  sql: Sql,
  { organizationId }: OpenTopUp,
  to: { readonly declines: number; readonly nextAttemptAt: Date },
): Promise<void> {
  await sql.query('UPDATE auto_top_up SET declines = $2, next_attempt_at = $3 WHERE organization_id = $1', [
    organizationId,
    to.declines,
    to.nextAttemptAt,
  ]);
}
