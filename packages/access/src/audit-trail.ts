import type { KeysetPosition, Sql } from '@ai-bridge/db';

/** An audit row as staff read it. */
export interface AuditRow {
  readonly id: bigint;
  readonly at: Date;
  /** Null: a configuration file or the system itself. */
  readonly actorUserId: string | null;
  readonly action: string;
  readonly target: string;
  readonly detail: Readonly<Record<string, unknown>> | null;
  readonly address: string | null;
}

/** Parts of what was written about an organization: every row is in one of them. Each has an index of its own with these very words. */
const organizationParts = {
  keys: `action LIKE 'apiKey.%'`,
  looks: `action IN ('staff.view', 'staff.reason')`,
  changes: `action NOT LIKE 'apiKey.%' AND action NOT IN ('staff.view', 'staff.reason')`,
} as const;

/** Parts of what was written about people themselves. */
const personParts = {
  signIns: `action = 'session.open'`,
  accounts: `action <> 'session.open' AND organization_id IS NULL`,
} as const;

interface AuditPage {
  readonly before?: KeysetPosition | undefined;
  /** At most 200. */
  readonly limit: number;
}

const maxRows = 200;
const columns = `id, at, actor_user_id AS "actorUserId", action, target, detail, address`;
const older = `($2::timestamptz IS NULL OR (at, id) < ($2::timestamptz, $3::bigint)) ORDER BY at DESC, id DESC LIMIT $4::integer`;

/** What was written about an organization, newest first. */
export function listOrganizationAudit(
  sql: Sql,
  of: AuditPage & { readonly organizationId: string; readonly part: keyof typeof organizationParts },
): Promise<AuditRow[]> {
  return sql.query<AuditRow>(
    `SELECT ${columns} FROM audit_log WHERE organization_id = $1 AND ${organizationParts[of.part]} AND ${older}`,
    [of.organizationId, ...pageValues(of)],
  );
}

/** What was written about some people, newest first. */
export function listPersonAudit(
  sql: Sql,
  of: AuditPage & { readonly userIds: readonly string[]; readonly part: keyof typeof personParts },
): Promise<AuditRow[]> {
  return sql.query<AuditRow>(
    `SELECT found.* FROM unnest($1::text[]) AS person
     CROSS JOIN LATERAL (SELECT ${columns} FROM audit_log WHERE target = person AND ${personParts[of.part]} AND ${older}) AS found
     ORDER BY at DESC, id DESC LIMIT $4::integer`,
    [of.userIds, ...pageValues(of)],
  );
}

const pageValues = ({ before, limit }: AuditPage): unknown[] => [
  ...[before?.at ?? null, before?.id ?? null],
  Math.max(1, Math.min(limit, maxRows)),
];
