import { type PrismaSession, sqlOf } from '@ai-bridge/db';
import type { Caller, MemberSpendLimits } from '../caller.ts';
import { limitsOfJson } from '../limits.ts';
import { type SealedOwnKey, sealedOwnKeys } from '../own-keys/find.ts';
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
  readonly expiresAt: Date | null;
  readonly organizationId: string;
  readonly organizationName: string;
  readonly status: string;
  readonly organizationLimits: unknown;
  readonly ownKeys: readonly SealedOwnKey[] | null;
  readonly memberId: string | null;
  readonly spendPerDayNanoUsd: bigint | null;
  readonly spendPerMonthNanoUsd: bigint | null;
}

/**
 * Who the key with this digest speaks for, in one query. Unknown, disabled, deleted and expired keys are all undefined,
 * so that their answers cannot differ; a suspended organization is found, and says so.
 */
export async function findCaller(prisma: PrismaSession, digest: Uint8Array): Promise<Caller | undefined> {
  const [row] = await sqlOf(prisma).query<Row>(
    `SELECT k.id AS "keyId", k.name AS "keyName", k.prefix, k.last4, k."group", k.models,
            k.allowed_addresses AS "allowedAddresses", k.strict, k.limits, k.expires_at AS "expiresAt",
            o.id AS "organizationId", o.name AS "organizationName", o.status, o.limits AS "organizationLimits",
            m.user_id AS "memberId", m.spend_per_day_nano_usd AS "spendPerDayNanoUsd", m.spend_per_month_nano_usd AS "spendPerMonthNanoUsd",
            (SELECT json_agg(json_build_object('id', w.id, 'name', w.name, 'preset', w.preset, 'credentialSealed', w.credential_sealed,
                                               'last4', w.last4, 'isExclusive', w.is_exclusive) ORDER BY w.created_at, w.id)
             FROM own_key w WHERE w.organization_id = o.id AND w.enabled AND w.deleted_at IS NULL) AS "ownKeys"
     FROM api_key k JOIN organization o ON o.id = k.organization_id
     LEFT JOIN member m ON m.organization_id = k.organization_id AND m.user_id = k.created_by_user_id
     WHERE k.digest = $1 AND k.disabled_at IS NULL AND k.deleted_at IS NULL
       AND (k.expires_at IS NULL OR k.expires_at > now())`,
    [digest],
  );
  if (!row) return undefined;
  const { models, limits, expiresAt, status, organizationLimits, ownKeys, ...rest } = row;
  const { memberId, spendPerDayNanoUsd, spendPerMonthNanoUsd, ...same } = rest;
  return {
    ...same,
    organizationSuspended: status !== 'active',
    models: new Set(models),
    keyLimits: limitsOfJson(limits),
    organizationLimits: limitsOfJson(organizationLimits),
    memberSpend: memberSpendOf({ memberId, spendPerDayNanoUsd, spendPerMonthNanoUsd }),
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
