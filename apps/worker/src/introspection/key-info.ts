import type { Caller } from '@ai-bridge/access/callers';
import type { Sql } from '@ai-bridge/db';
import { formatPlanTokens } from '@ai-bridge/domain';
import { readBalance } from '@ai-bridge/ledger';
import { spendOfKey } from '@ai-bridge/usage';

/** GET /v1/key: what the key is, what its organization has left, and what limits it. Amounts are decimal strings. */
export async function keyInfo(caller: Caller, sql: Sql, now: Date): Promise<object> {
  const { organizationId, keyId: apiKeyId, spendLimits } = caller;
  const balance = await readBalance(sql, organizationId);
  const spent = await spendOfKey(sql, { organizationId, apiKeyId, now });
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
    // Of the UTC day and month; null = as much as there is.
    spend: {
      day: { spentNanoUsd: spent.dayNanoUsd.toString(), limitNanoUsd: spendLimits?.perDayNanoUsd?.toString() ?? null },
      month: {
        spentNanoUsd: spent.monthNanoUsd.toString(),
        limitNanoUsd: spendLimits?.perMonthNanoUsd?.toString() ?? null,
      },
    },
  };
}

function tighter(a: number | undefined, b: number | undefined): number | null {
  if (a === undefined) return b ?? null;
  return b === undefined ? a : Math.min(a, b);
}
