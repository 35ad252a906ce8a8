import type { KeysetPosition, Sql } from '@ai-bridge/db';
import { headColumns, type MailHead } from './mailbox.ts';

const maxMailsListed = 200;

/**
 * Mails about an organization's affairs, and its members' own, newest first.
 * @param of.addresses of its members
 * @param of.limit at most 200
 */
export function listMailsBefore(
  sql: Sql,
  of: {
    readonly organizationId: string;
    readonly addresses: readonly string[];
    readonly before?: KeysetPosition | undefined;
    readonly limit: number;
  },
): Promise<MailHead[]> {
  const older = `($3::timestamptz IS NULL OR (created_at, id) < ($3::timestamptz, $4::text))
    ORDER BY created_at DESC, id DESC LIMIT $5::integer`;
  return sql.query<MailHead>(
    `SELECT ${headColumns} FROM (
       (SELECT * FROM mail WHERE organization_id = $1 AND ${older})
       UNION ALL
       (SELECT m.* FROM unnest($2::text[]) AS address
        CROSS JOIN LATERAL (SELECT * FROM mail WHERE to_address = address AND organization_id IS NULL AND ${older}) AS m)
     ) AS mail ORDER BY created_at DESC, id DESC LIMIT $5::integer`,
    [
      ...[of.organizationId, of.addresses, of.before?.at ?? null, of.before?.id ?? null],
      Math.max(1, Math.min(of.limit, maxMailsListed)),
    ],
  );
}
