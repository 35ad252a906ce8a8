import type { Database } from '@ai-bridge/db';
import { listBasisPoints, type SettlementRecord, type Terms, timestamp } from '@ai-bridge/domain';
import { captureHold } from '@ai-bridge/ledger';
import { closeBatch, type OpenBatch, recordBatch } from '@ai-bridge/usage';
import type { BatchSettlement } from './batch-settlement.ts';

/** The largest duration that a record can hold, about 24 days. */
const maxDurationMs = 2 ** 31 - 1;

/**
 * Ends a batch, once: its charge out of its hold, the rest of the hold back, its usage record, all in one transaction. Whoever comes second,
 * or again after a crash, changes nothing.
 * @returns false where it had ended before
 */
export function settleOnce(
  database: Database,
  batch: OpenBatch,
  status: string,
  settlement: BatchSettlement,
  nowMs: number,
): Promise<boolean> {
  return database.transaction(async (sql) => {
    if (!(await closeBatch(sql, { id: batch.id, status }))) return false;
    const { id, organizationId } = batch;
    // In this order everywhere: sums first, then balances, so that nobody waits for anybody crosswise.
    await recordBatch(sql, [recordOf(batch, settlement, nowMs)]);
    await captureHold(sql, { key: id, organizationId, requestId: id, chargeNanoUsd: settlement.chargeNanoUsd });
    return true;
  });
}

function recordOf(batch: OpenBatch, settlement: BatchSettlement, nowMs: number): SettlementRecord {
  const { channelId, provider, model } = batch;
  const wasMade = batch.upstreamId !== null;
  const status = wasMade ? 200 : undefined;
  return {
    requestId: batch.id,
    organizationId: batch.organizationId,
    apiKeyId: batch.apiKeyId,
    createdAt: timestamp(batch.createdAt.getTime()),
    outcome: settlement.outcome,
    endpoint: '/v1/batches',
    clientProtocol: batch.protocol,
    upstreamProtocol: batch.protocol,
    stream: false,
    modelRequested: model,
    modelUsed: wasMade ? model : undefined,
    provider,
    channelId,
    priceId: batch.priceId,
    usage: settlement.usage,
    usageSource: settlement.usageSource,
    chargeNanoUsd: settlement.chargeNanoUsd.toString(),
    costNanoUsd: settlement.costNanoUsd?.toString(),
    status,
    errorCode: settlement.errorCode,
    durationMs: Math.min(maxDurationMs, Math.max(0, nowMs - batch.createdAt.getTime())),
    terms: termsOf(batch),
    attempts: [{ channelId, provider, model, status, paidBy: wasMade ? 'customer' : 'house' }],
  };
}

/** Undefined where a receipt need not show them. */
function termsOf({ multiplierBasisPoints, groupId, multiplierVersion }: OpenBatch): Terms | undefined {
  if (multiplierBasisPoints === listBasisPoints) return undefined;
  const multiplier =
    groupId === null || multiplierVersion === null ? undefined : { group: groupId, version: multiplierVersion };
  return { multiplierBasisPoints, forgivenTokens: 0, multiplier };
}
