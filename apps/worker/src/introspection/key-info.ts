import type { Caller } from '@ai-bridge/access/callers';
import type { Sql } from '@ai-bridge/db';
import { formatPlanTokens } from '@ai-bridge/domain';
import { readBalance } from '@ai-bridge/ledger';

/** GET /v1/key: what the key is, what its organization has left, and what limits it. Amounts are decimal strings. */
export async function keyInfo(caller: Caller, sql: Sql): Promise<object> {
  const balance = await readBalance(sql, caller.organizationId);
  const limits = caller.keyLimits;
  const own = caller.organizationLimits;
  return {
    key: {
      id: caller.keyId,
      name: caller.keyName,
      prefix: caller.prefix,
      last4: caller.last4,
      group: caller.group,
      strict: caller.strict,
      expiresAt: caller.expiresAt?.toISOString() ?? null,
    },
    organization: { id: caller.organizationId, name: caller.organizationName },
    balance: {
      postedNanoUsd: balance.postedNanoUsd.toString(),
      heldNanoUsd: balance.heldNanoUsd.toString(),
      availableNanoUsd: balance.availableNanoUsd.toString(),
      availableTokens: formatPlanTokens(balance.availableNanoUsd),
    },
    limits: {
      rpm: tighter(limits.rpm, own.rpm),
      itpm: tighter(limits.itpm, own.itpm),
      otpm: tighter(limits.otpm, own.otpm),
      concurrency: tighter(limits.concurrency, own.concurrency),
      models: caller.models.size === 0 ? null : [...caller.models],
    },
  };
}

function tighter(a: number | undefined, b: number | undefined): number | null {
  if (a === undefined) return b ?? null;
  return b === undefined ? a : Math.min(a, b);
}
