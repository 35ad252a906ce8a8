import { type PrismaSession, sqlOf } from '@ai-bridge/db';
import type { Caller } from '../caller.ts';
import { limitsOfJson } from '../limits.ts';
import { type SealedOwnKey, sealedOwnKeys } from '../own-keys/find.ts';

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
            (SELECT json_agg(json_build_object('id', w.id, 'name', w.name, 'preset', w.preset, 'credentialSealed', w.credential_sealed,
                                               'last4', w.last4, 'isExclusive', w.is_exclusive) ORDER BY w.created_at, w.id)
             FROM own_key w WHERE w.organization_id = o.id AND w.enabled AND w.deleted_at IS NULL) AS "ownKeys"
     FROM api_key k JOIN organization o ON o.id = k.organization_id
     WHERE k.digest = $1 AND k.disabled_at IS NULL AND k.deleted_at IS NULL
       AND (k.expires_at IS NULL OR k.expires_at > now())`,
    [digest],
  );
  if (!row) return undefined;
  const { models, limits, expiresAt, status, organizationLimits, ownKeys, ...same } = row;
  return {
    ...same,
    organizationSuspended: status !== 'active',
    models: new Set(models),
    keyLimits: limitsOfJson(limits),
    organizationLimits: limitsOfJson(organizationLimits),
    expiresAt: expiresAt ?? undefined,
    ownKeys: sealedOwnKeys(ownKeys ?? []),
  };
}
