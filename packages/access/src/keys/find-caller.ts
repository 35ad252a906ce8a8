import { type PrismaSession, sqlOf } from '@ai-bridge/db';
import type { Caller, KeyStaff, MemberSpendLimits } from '../caller.ts';
import { limitsOfJson } from '../limits.ts';
import { type SealedOwnKey, sealedOwnKeys } from '../own-keys/find.ts';
import { readStaffRole } from '../permissions.ts';
import { spendLimitsOf } from '../team/spend-limits.ts';

interface Row {
  readonly keyId: string;
  readonly keyName: string;
  readonly prefix: string;
  readonly last4: string;
  readonly group: string;
  readonly models: string[];
  readonly allowedAddresses: string[];
  readonly strict: boolean;
  readonly limits: unknown;
  readonly perDayNanoUsd: bigint | null;
  readonly perMonthNanoUsd: bigint | null;
  readonly expiresAt: Date | null;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly status: string;
  readonly organizationLimits: unknown;
  readonly ownKeys: readonly SealedOwnKey[] | null;
  readonly memberId: string | null;
  readonly staffRole: string | null;
  readonly hasTwoFactor: boolean;
  readonly spendPerDayNanoUsd: bigint | null;
  readonly spendPerMonthNanoUsd: bigint | null;
}

/**
 * Who the key with this digest speaks for, in one query. Unknown, disabled, deleted and expired keys are all undefined,
 * so that their answers cannot differ. A key is also found by an earlier secret within its grace, and by a playground's; a suspended organization is found, and says so.
 */
export async function findCaller(prisma: PrismaSession, digest: Uint8Array): Promise<Caller | undefined> {
  const [row] = await sqlOf(prisma).query<Row>(
    `WITH presented AS (
       SELECT id AS key_id, prefix, last4, NULL::timestamptz AS works_until FROM api_key WHERE digest = $1
       UNION ALL
       SELECT s.api_key_id, s.prefix, s.last4, s.works_until FROM api_key_secret s JOIN api_key of ON of.id = s.api_key_id
       WHERE s.digest = $1 AND s.works_until > now() AND (s.purpose = 'rotated' OR EXISTS (
         SELECT 1 FROM member m JOIN "user" u ON u.id = m.user_id
         WHERE m.organization_id = of.organization_id AND u.id = s.user_id AND u.status = 'active'))
     )
     SELECT k.id AS "keyId", k.name AS "keyName", p.prefix, p.last4, k."group", k.models,
            k.allowed_addresses AS "allowedAddresses", k.strict, k.limits,
            k.spend_per_day_nano_usd AS "perDayNanoUsd", k.spend_per_month_nano_usd AS "perMonthNanoUsd",
            least(k.expires_at, p.works_until) AS "expiresAt",
            o.id AS "organizationId", o.name AS "organizationName", o.status, o.limits AS "organizationLimits",
            u.staff_role AS "staffRole",
            EXISTS (SELECT FROM two_factor f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL) AS "hasTwoFactor",
            m.user_id AS "memberId", m.spend_per_day_nano_usd AS "spendPerDayNanoUsd", m.spend_per_month_nano_usd AS "spendPerMonthNanoUsd",
            (SELECT json_agg(json_build_object('id', w.id, 'name', w.name, 'preset', w.preset, 'credentialSealed', w.credential_sealed,
                                               'last4', w.last4, 'isExclusive', w.is_exclusive) ORDER BY w.created_at, w.id)
             FROM own_key w WHERE w.organization_id = o.id AND w.enabled AND w.deleted_at IS NULL) AS "ownKeys"
     FROM presented p JOIN api_key k ON k.id = p.key_id JOIN organization o ON o.id = k.organization_id
     LEFT JOIN member m ON m.organization_id = k.organization_id AND m.user_id = k.created_by_user_id
     LEFT JOIN "user" u ON u.id = m.user_id AND u.status = 'active'
     WHERE k.disabled_at IS NULL AND k.deleted_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
     ORDER BY p.works_until NULLS FIRST LIMIT 1`,
    [digest],
  );
  if (!row) return undefined;
  const { models, limits, expiresAt, status, organizationLimits, ownKeys, ...rest } = row;
  const { perDayNanoUsd, perMonthNanoUsd, memberId, spendPerDayNanoUsd, spendPerMonthNanoUsd, ...others } = rest;
  const { staffRole, hasTwoFactor, ...same } = others;
  const isSpendLimited = perDayNanoUsd !== null || perMonthNanoUsd !== null;
  return {
    ...same,
    organizationSuspended: status !== 'active',
    models: new Set(models),
    keyLimits: limitsOfJson(limits),
    organizationLimits: limitsOfJson(organizationLimits),
    spendLimits: isSpendLimited
      ? { perDayNanoUsd: perDayNanoUsd ?? undefined, perMonthNanoUsd: perMonthNanoUsd ?? undefined }
      : undefined,
    memberSpend: memberSpendOf({ memberId, spendPerDayNanoUsd, spendPerMonthNanoUsd }),
    staff: staffOf({ staffRole, hasTwoFactor }),
    expiresAt: expiresAt ?? undefined,
    ownKeys: sealedOwnKeys(ownKeys ?? []),
  };
}

function memberSpendOf(
  row: Pick<Row, 'memberId' | 'spendPerDayNanoUsd' | 'spendPerMonthNanoUsd'>,
): MemberSpendLimits | undefined {
  const limits = spendLimitsOf(row);
  const isCapped = limits.perDayNanoUsd !== undefined || limits.perMonthNanoUsd !== undefined;
  return row.memberId !== null && isCapped ? { userId: row.memberId, limits } : undefined;
}

function staffOf({ staffRole, hasTwoFactor }: Pick<Row, 'staffRole' | 'hasTwoFactor'>): KeyStaff | undefined {
  const role = readStaffRole(staffRole);
  return role && { role, hasTwoFactor };
}
