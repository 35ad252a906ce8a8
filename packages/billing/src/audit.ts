import type { Sql } from '@ai-bridge/db';

/** Who acts: a member, somebody of the staff, or (without a user) the system itself. */
export interface BillingActor {
  readonly userId?: string | undefined;
  readonly address?: string | undefined;
  readonly requestId?: string | undefined;
}

/** Several values at once, such as those before a change. */
type AuditValues = Readonly<Record<string, string | null>>;

export interface BillingAudit {
  /** noun.verb, for example refund.approve */
  readonly action: string;
  readonly target: string;
  readonly organizationId?: string | undefined;
  /** What changed; never a secret. Amounts as decimal strings. */
  readonly detail?: Readonly<Record<string, string | null | AuditValues>> | undefined;
}

/** Writes who changed what, in the transaction of the change. */
export async function writeAudit(sql: Sql, actor: BillingActor, entry: BillingAudit): Promise<void> {
  await sql.query(
    `INSERT INTO audit_log (actor_kind, actor_user_id, address, request_id, action, target, organization_id, detail)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb)`,
    [
      actor.userId === undefined ? 'system' : 'console',
      actor.userId ?? null,
      actor.address ?? null,
      actor.requestId ?? null,
      entry.action,
      entry.target,
      entry.organizationId ?? null,
      JSON.stringify(entry.detail ?? {}),
    ],
  );
}

/** The actor as the ledger writes it. */
export const actorName = (actor: BillingActor): string => actor.userId ?? 'system';

export const system: BillingActor = {};
