import type { Database } from '@ai-bridge/db';
import { recallLeases, setBalanceFrozen } from '@ai-bridge/ledger';
import { type BillingActor, writeAudit } from './audit.ts';
import { BillingError } from './billing-error.ts';
import { maxReasonLength } from './refunds/request-refund.ts';

/**
 * Stops all spending of an organization's balance while its books are looked into, or lets it go on. Workers are asked for what they hold.
 * @returns false where it was so before
 * @throws BillingError reason_needed
 */
export async function freezeBalance(
  database: Database,
  of: { readonly organizationId: string; readonly frozen: boolean; readonly reason: string },
  actor: BillingActor,
): Promise<boolean> {
  const { organizationId, frozen } = of;
  const reason = of.reason.trim().slice(0, maxReasonLength);
  if (reason === '') throw new BillingError('reason_needed', 'expected a reason');
  const isChanged = await database.transaction(async (sql) => {
    if (!(await setBalanceFrozen(sql, of))) return false;
    const action = frozen ? 'balance.freeze' : 'balance.unfreeze';
    await writeAudit(sql, actor, { action, target: organizationId, organizationId, detail: { reason } });
    return true;
  });
  if (isChanged && frozen) await recallLeases(database, organizationId);
  return isChanged;
}
