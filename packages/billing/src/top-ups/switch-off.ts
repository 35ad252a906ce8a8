import type { Sql } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { topUpFailedMail } from '@ai-bridge/mail';
import { system, writeAudit } from '../audit.ts';
import type { BillingDeps } from '../deps.ts';
import { tellOrganization } from '../mails/tell-organization.ts';
import type { AutoTopUp, TopUpOffReason } from './auto-top-up.ts';

/** It cannot buy any more without somebody: it stops, and says why. The row is locked by the caller. @returns false: nothing was begun */
export async function switchOff(sql: Sql, deps: BillingDeps, auto: AutoTopUp, reason: TopUpOffReason): Promise<false> {
  const { organizationId } = auto;
  await sql.query('UPDATE auto_top_up SET is_on = false, off_reason = $2 WHERE organization_id = $1', [
    organizationId,
    reason,
  ]);
  const audit = { action: 'autoTopUp.off', target: organizationId, organizationId, detail: { reason } };
  await writeAudit(sql, system, audit);
  await tellFailure(sql, deps, auto, { reason, nextAttemptAt: undefined });
  return false;
}

/** Tells why nothing was bought. Under the lock of what was agreed to, each time is a fact of its own. */
export function tellFailure(
  sql: Sql,
  deps: BillingDeps,
  auto: AutoTopUp,
  of: { readonly reason: TopUpOffReason; readonly nextAttemptAt: Date | undefined },
): Promise<void> {
  const price = { amountMinor: auto.agreedAmountMinor, currency: auto.agreedCurrency };
  const about = { price, failure: of.reason, nextAttemptAt: of.nextAttemptAt };
  return tellOrganization(sql, deps, {
    ...{ organizationId: auto.organizationId, fact: `top-up:${newId('top')}:failed` },
    write: (site, locale, organizationName) => topUpFailedMail(site, locale, { ...about, organizationName }),
  });
}
