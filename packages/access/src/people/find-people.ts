import { escapeLike, type KeysetPosition, type Sql } from '@ai-bridge/db';
import { readStaffRole, type StaffRole } from '../permissions.ts';

/** Somebody with an account, as staff see them in lists. */
export interface ListedPerson {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isSuspended: boolean;
  readonly staffRole: StaffRole | undefined;
  readonly isEmailVerified: boolean;
  readonly hasTwoFactor: boolean;
  readonly createdAt: Date;
  readonly organizations: readonly { readonly id: string; readonly name: string; readonly role: string }[];
}

export interface PeopleSearch {
  /** An id, or how an e-mail begins; '' does not narrow. */
  readonly text: string;
  readonly part?: 'staff' | 'suspended' | undefined;
  readonly before?: KeysetPosition | undefined;
  /** At most 200. */
  readonly limit: number;
}

const maxPeopleListed = 200;
const partConditions = { staff: 'u.staff_role IS NOT NULL', suspended: `u.status <> 'active'` } as const;

type Row = Omit<ListedPerson, 'staffRole'> & { readonly staffRole: string | null };

/** People, the newest account first. */
export async function findPeopleWithAccounts(sql: Sql, search: PeopleSearch): Promise<ListedPerson[]> {
  const text = search.text.trim();
  const isId = text.startsWith('usr_');
  const conditions = ['($2::timestamptz IS NULL OR (u.created_at, u.id) < ($2::timestamptz, $3::text))'];
  conditions.push(isId ? 'u.id = $1' : text === '' ? '$1::text IS NOT NULL' : 'lower(u.email) LIKE $1');
  if (search.part) conditions.push(partConditions[search.part]);
  const rows = await sql.query<Row>(
    `SELECT u.id, u.email, u.name, u.status <> 'active' AS "isSuspended", u.staff_role AS "staffRole",
            u.email_verified_at IS NOT NULL AS "isEmailVerified", u.created_at AS "createdAt",
            EXISTS (SELECT FROM two_factor f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS "hasTwoFactor",
            coalesce((SELECT json_agg(json_build_object('id', o.id, 'name', o.name, 'role', m.role) ORDER BY m.created_at, o.id)
                      FROM member m JOIN organization o ON o.id = m.organization_id WHERE m.user_id = u.id), '[]') AS organizations
     FROM "user" u WHERE ${conditions.join(' AND ')}
     ORDER BY u.created_at DESC, u.id DESC LIMIT $4::integer`,
    [
      ...[isId ? text : `${escapeLike(text.toLowerCase())}%`, search.before?.at ?? null, search.before?.id ?? null],
      Math.max(1, Math.min(search.limit, maxPeopleListed)),
    ],
  );
  return rows.map(({ staffRole, ...row }) => ({ ...row, staffRole: readStaffRole(staffRole) }));
}
