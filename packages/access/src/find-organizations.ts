import { escapeLike, type KeysetPosition, type Sql } from '@ai-bridge/db';

/** An organization in the staff's list. */
export interface ListedOrganization {
  readonly id: string;
  readonly name: string;
  readonly isSuspended: boolean;
  readonly createdAt: Date;
  /** Of whoever owns it longest. */
  readonly ownerEmail: string | null;
}

export interface OrganizationSearch {
  /** How its name or a member's e-mail begins; '' does not narrow. */
  readonly beginning: string;
  readonly isSuspended?: boolean | undefined;
  readonly createdSince?: Date | undefined;
  readonly before?: KeysetPosition | undefined;
  /** At most 500. */
  readonly limit: number;
}

const maxListed = 500;

/** Organizations, newest first. */
export function findOrganizations(sql: Sql, search: OrganizationSearch): Promise<ListedOrganization[]> {
  const { isSuspended } = search;
  const beginning = search.beginning.trim().toLowerCase();
  const conditions = ['($2::timestamptz IS NULL OR (o.created_at, o.id) < ($2::timestamptz, $3::text))'];
  if (beginning !== '') conditions.push(`o.id IN (${meantBy})`);
  if (isSuspended !== undefined) conditions.push(`o.status ${isSuspended ? '<>' : '='} 'active'`);
  return sql.query<ListedOrganization>(
    `SELECT o.id, o.name, o.status <> 'active' AS "isSuspended", o.created_at AS "createdAt",
            (SELECT u.email FROM member m JOIN "user" u ON u.id = m.user_id
             WHERE m.organization_id = o.id AND m.role = 'owner' ORDER BY m.created_at, u.id LIMIT 1) AS "ownerEmail"
     FROM organization o
     WHERE ${conditions.join(' AND ')} AND ($4::timestamptz IS NULL OR o.created_at >= $4::timestamptz) AND $1::text IS NOT NULL
     ORDER BY o.created_at DESC, o.id DESC LIMIT $5::integer`,
    [
      ...[`${escapeLike(beginning)}%`, search.before?.at ?? null, search.before?.id ?? null],
      ...[search.createdSince ?? null, Math.max(1, Math.min(search.limit, maxListed))],
    ],
  );
}

/** Each half by its own index. */
const meantBy = `
  SELECT id FROM organization WHERE lower(name) LIKE $1
  UNION SELECT m.organization_id FROM "user" u JOIN member m ON m.user_id = u.id WHERE lower(u.email) LIKE $1`;
