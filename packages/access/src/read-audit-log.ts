import type { Sql } from '@ai-bridge/db';

/** What deeds are about, each by the nouns of its actions (see AuditEntry). */
export const auditAreas = {
  accounts: ['user', 'session', 'identity', 'member'],
  keys: ['apiKey', 'ownKey'],
  money: [
    'order',
    'refund',
    'credit',
    'redeemCode',
    'redeemBatch',
    'alarm',
    'autoTopUp',
    'balanceAlert',
    'paymentMethod',
  ],
  prices: ['price', 'plan', 'group', 'model'],
  channels: ['channel', 'proxy'],
  site: ['setting', 'announcement', 'incident', 'legalText', 'mail', 'reply'],
  customers: ['organization', 'staff', 'staffNote'],
} as const;
export type AuditArea = keyof typeof auditAreas;
export const auditAreaNames = Object.keys(auditAreas) as readonly AuditArea[];

export interface AuditSearch {
  /** Who did it (an e-mail, whole), an organization's id, or the id of what was changed, also of a person; '' does not narrow. */
  readonly text: string;
  readonly area?: AuditArea | undefined;
  /** Id of the last row of the page before. */
  readonly before?: bigint | undefined;
  /** At most 500. */
  readonly limit: number;
}

/** A deed as it was written down. Rows are only ever added. */
export interface Deed {
  readonly id: bigint;
  readonly at: Date;
  readonly action: string;
  readonly target: string;
  readonly detail: Readonly<Record<string, unknown>> | null;
  readonly actorKind: 'config' | 'console' | 'system';
  readonly actorEmail: string | null;
  readonly organizationId: string | null;
  readonly organizationName: string | null;
  readonly address: string | null;
  readonly requestId: string | null;
}

const maxRows = 500;

/** The audit log, newest first. */
export function readAuditLog(sql: Sql, { text, area, before, limit }: AuditSearch): Promise<Deed[]> {
  return sql.query<Deed>(
    `SELECT a.id, a.at, a.action, a.target, a.detail, a.actor_kind AS "actorKind", u.email AS "actorEmail",
            a.organization_id AS "organizationId", o.name AS "organizationName", a.address, a.request_id AS "requestId"
     FROM audit_log a
     LEFT JOIN "user" u ON u.id = a.actor_user_id
     LEFT JOIN organization o ON o.id = a.organization_id
     WHERE ($1::bigint IS NULL OR a.id < $1)
       AND ($2::text[] IS NULL OR split_part(a.action, '.', 1) = ANY ($2))
       AND ${conditionOf(text.trim())}
     ORDER BY a.id DESC LIMIT $4::integer`,
    [before ?? null, area ? [...auditAreas[area]] : null, text.trim(), Math.max(1, Math.min(limit, maxRows))],
  );
}

/** By what kind of thing was typed: each has an index of its own. */
function conditionOf(text: string): string {
  if (text === '') return '$3::text IS NOT NULL';
  if (text.includes('@')) return 'a.actor_user_id = (SELECT id FROM "user" WHERE lower(email) = lower($3))';
  if (text.startsWith('org_')) return '(a.organization_id = $3 OR a.target = $3)';
  return '(a.target = $3 OR a.actor_user_id = $3)';
}
