import type { Caller } from '@ai-bridge/access/callers';
import type { Sql } from '@ai-bridge/db';
import { allRatePercents, formatPlanTokens, RelayError } from '@ai-bridge/domain';
import { findOpenBatch, type OpenBatch, type Receipt, readReceipt } from '@ai-bridge/usage';

/**
 * GET /v1/generation?id=: one request's receipt, for any key of the organization that made it. Amounts are decimal strings, prices
 * nano-USD per million tokens, fees nano-USD each. A batch that is under way has none yet: it is told how it stands.
 * @throws RelayError not_found for an unknown id and for another organization's
 */
export async function receipt(caller: Caller, requestId: string | null, sql: Sql): Promise<object> {
  if (!requestId || requestId.length > 64) throw new RelayError('not_found');
  const { organizationId } = caller;
  const row = await readReceipt(sql, { organizationId, requestId });
  if (row) return finished(row);
  const batch = await findOpenBatch(sql, { organizationId, id: requestId });
  if (batch) return underWay(batch);
  // A batch may have been settled between the two questions.
  const late = await readReceipt(sql, { organizationId, requestId });
  if (!late) throw new RelayError('not_found');
  return finished(late);
}

function finished(row: Receipt) {
  return {
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    outcome: row.outcome,
    endpoint: row.endpoint,
    model: { requested: row.modelRequested, used: row.modelUsed },
    provider: row.provider,
    protocol: { client: row.clientProtocol, upstream: row.upstreamProtocol },
    stream: row.stream,
    status: row.status,
    error: row.errorCode,
    firstByteMs: row.firstByteMs,
    durationMs: row.durationMs,
    usage: usageOf(row),
    price: row.price ? priceOf(row.price) : null,
    terms: row.terms,
    chargeNanoUsd: row.chargeNanoUsd.toString(),
    chargeTokens: formatPlanTokens(row.chargeNanoUsd),
    attempts: row.attempts.map(({ provider, model, status, firstByteMs, error, paidBy, ownKey, repair }) => ({
      provider,
      model,
      status: status ?? null,
      firstByteMs: firstByteMs ?? null,
      error: error ?? null,
      paidBy,
      ownKey: ownKey ?? false,
      repair: repair ?? [],
    })),
    losses: row.losses,
  };
}

/** The receipt of a batch before its end: the same fields as far as there is something to say, and no outcome. */
function underWay(batch: OpenBatch) {
  return {
    id: batch.id,
    createdAt: batch.createdAt.toISOString(),
    outcome: null,
    endpoint: '/v1/batches',
    model: { requested: batch.model, used: batch.model },
    provider: batch.provider,
    protocol: { client: batch.protocol, upstream: batch.protocol },
    stream: false,
    usage: { ...unknownUsage, source: 'none' },
    chargeNanoUsd: '0',
    chargeTokens: '0',
    attempts: [],
    losses: [],
    batch: {
      id: batch.upstreamId,
      status: batch.status,
      requests: { total: batch.lineCount, completed: batch.completedLines },
      boundNanoUsd: batch.holdNanoUsd.toString(),
    },
  };
}

const unknownUsage = {
  input: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: null,
  reasoning: null,
};

function usageOf(row: Receipt) {
  return {
    input: count(row.input),
    cacheRead: count(row.cacheRead),
    cacheWrite5m: count(row.cacheWrite5m),
    cacheWrite1h: count(row.cacheWrite1h),
    output: count(row.output),
    reasoning: count(row.reasoning),
    webSearches: count(row.webSearches),
    rates: row.rates ?? [],
    source: row.usageSource,
  };
}

/** Counts are far below 2^53 (domain maxTokensOfAKind), so they are plain JSON numbers; null = not reported. */
function count(tokens: bigint | null): number | null {
  return tokens === null ? null : Number(tokens);
}

function priceOf(price: NonNullable<Receipt['price']>) {
  return {
    id: price.id,
    model: price.modelId,
    version: price.version,
    validFrom: price.validFrom.toISOString(),
    unit: 'nano-USD per million tokens',
    input: price.input.toString(),
    output: price.output.toString(),
    cacheRead: price.cacheRead?.toString() ?? null,
    cacheWrite5m: price.cacheWrite5m?.toString() ?? null,
    cacheWrite1h: price.cacheWrite1h?.toString() ?? null,
    requestFee: price.requestFee.toString(),
    webSearch: price.webSearch?.toString() ?? null,
    ratePercents: allRatePercents(price.ratePercents),
    tiers: price.tiers,
  };
}
