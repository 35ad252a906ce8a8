import type { Sql } from '@ai-bridge/db';
import {
  type AttemptRecord,
  type Loss,
  listTerms,
  type Outcome,
  ownAttempts,
  type Protocol,
  type Rate,
  type RatePercents,
  type Terms,
  type UsageSource,
} from '@ai-bridge/domain';

/** One request as it was recorded. Counts are null where the upstream did not report them, which is not zero. */
export interface UsageRow {
  readonly id: string;
  readonly organizationId: string;
  readonly apiKeyId: string;
  readonly createdAt: Date;
  readonly outcome: Outcome;
  readonly endpoint: string;
  readonly clientProtocol: Protocol;
  readonly upstreamProtocol: Protocol | null;
  readonly stream: boolean;
  readonly modelRequested: string;
  readonly modelUsed: string | null;
  readonly provider: string | null;
  readonly priceId: string | null;
  readonly input: bigint | null;
  readonly cacheRead: bigint | null;
  readonly cacheWrite5m: bigint | null;
  readonly cacheWrite1h: bigint | null;
  readonly output: bigint | null;
  readonly reasoning: bigint | null;
  /** Searches billed beside the tokens. */
  readonly webSearches: bigint | null;
  /** What the upstream answered at; null where that was its standard. */
  readonly rates: readonly Rate[] | null;
  readonly usageSource: UsageSource;
  readonly chargeNanoUsd: bigint;
  readonly status: number | null;
  readonly errorCode: string | null;
  readonly firstByteMs: number | null;
  readonly durationMs: number;
}

/** The price row that a request was charged by. Amounts are nano-USD per million tokens, the fees nano-USD per request and per search. */
export interface ReceiptPrice {
  readonly id: string;
  readonly modelId: string;
  readonly version: number;
  readonly validFrom: Date;
  readonly input: bigint;
  readonly output: bigint;
  readonly cacheRead: bigint | null;
  readonly cacheWrite5m: bigint | null;
  readonly cacheWrite1h: bigint | null;
  readonly requestFee: bigint;
  readonly webSearch: bigint | null;
  /** As stored: whole percents by rate, those that are not the default. */
  readonly ratePercents: RatePercents;
  /** As stored: [{ aboveTokens, input?, output?, ... }] with amounts as decimal strings. */
  readonly tiers: unknown;
}

/** All that a customer needs to recompute what one request cost. */
export interface Receipt extends UsageRow {
  readonly attempts: readonly AttemptRecord[];
  readonly losses: readonly Loss[];
  /** What the charge took into account besides usage and price. */
  readonly terms: Terms;
  readonly price: ReceiptPrice | undefined;
}

interface ReceiptRow extends UsageRow {
  readonly channelId: string | null;
  readonly upstreamModel: string | null;
  /** null: the row itself says it. */
  readonly attempts: AttemptRecord[] | null;
  readonly losses: Loss[] | null;
  readonly terms: Terms | null;
}

export const usageColumns = `
  u.id, u.organization_id AS "organizationId", u.api_key_id AS "apiKeyId", u.created_at AS "createdAt", u.outcome,
  u.endpoint, u.client_protocol AS "clientProtocol", u.upstream_protocol AS "upstreamProtocol", u.stream,
  u.model_requested AS "modelRequested", u.model_used AS "modelUsed", u.provider, u.price_id AS "priceId", u.input,
  u.cache_read AS "cacheRead", u.cache_write_5m AS "cacheWrite5m", u.cache_write_1h AS "cacheWrite1h", u.output,
  u.reasoning, u.web_searches AS "webSearches", u.rates, u.usage_source AS "usageSource",
  u.charge_nano_usd AS "chargeNanoUsd", u.status, u.error_code AS "errorCode", u.first_byte_ms AS "firstByteMs", u.duration_ms AS "durationMs"`;

/**
 * The receipt of one request, or undefined where this organization made no such request (another's request looks the
 * same as none).
 */
export function readReceipt(sql: Sql, of: { organizationId: string; requestId: string }): Promise<Receipt | undefined> {
  return findReceipt(sql, 'u.id = $1 AND u.organization_id = $2', [of.requestId, of.organizationId]);
}

/** The receipt of a request of whatever organization: for staff alone. */
export function readAnyReceipt(sql: Sql, requestId: string): Promise<Receipt | undefined> {
  return findReceipt(sql, 'u.id = $1', [requestId]);
}

async function findReceipt(sql: Sql, condition: string, values: readonly string[]): Promise<Receipt | undefined> {
  const [row] = await sql.query<ReceiptRow>(
    `SELECT ${usageColumns}, u.channel_id AS "channelId", u.upstream_model AS "upstreamModel", u.attempts, u.losses, u.terms
     FROM usage_record u WHERE ${condition}`,
    values,
  );
  if (!row) return undefined;
  const { channelId, upstreamModel, attempts, losses, terms, ...usage } = row;
  return {
    ...usage,
    attempts: attempts ?? ownAttempts(row),
    losses: losses ?? [],
    terms: terms ?? listTerms,
    price: await readPrice(sql, row.priceId),
  };
}

async function readPrice(sql: Sql, priceId: string | null): Promise<ReceiptPrice | undefined> {
  if (priceId === null) return undefined;
  const [price] = await sql.query<ReceiptPrice>(
    `SELECT id, model_id AS "modelId", version, valid_from AS "validFrom", input, output, cache_read AS "cacheRead",
            cache_write_5m AS "cacheWrite5m", cache_write_1h AS "cacheWrite1h", request_fee AS "requestFee", web_search AS "webSearch",
            rate_percents AS "ratePercents", tiers
     FROM price WHERE id = $1`,
    [priceId],
  );
  return price;
}
