import type { Database, Sql } from '@ai-bridge/db';
import type { RatePercents, TokenPrices } from '@ai-bridge/domain';
import { chargeLaterals } from './charge-sql.ts';

/** What a model would cost: nano-USD per million tokens, fees nano-USD each. */
export interface PreviewPrice extends TokenPrices {
  readonly modelId: string;
  readonly requestFee: bigint;
  readonly webSearch?: bigint | undefined;
  readonly ratePercents?: RatePercents | undefined;
  readonly tiers: readonly (Partial<TokenPrices> & { readonly aboveTokens: number })[];
}

/** What is to be another: the prices of models, or the multiplier of a group. */
export type PreviewChange =
  | { readonly prices: readonly PreviewPrice[] }
  | { readonly groupId: string; readonly multiplierBasisPoints: number };

/** The same usage at what it was charged and at what it would be. */
export interface ChargeComparison {
  readonly requests: bigint;
  readonly organizations: bigint;
  readonly thenNanoUsd: bigint;
  readonly nextNanoUsd: bigint;
  /** What the requests cost the house at the vendors' list prices; undefined where no price of the vendor is known. */
  readonly costNanoUsd: bigint | undefined;
}

export interface ChargePreview {
  /** By model, the largest difference first. */
  readonly models: readonly (ChargeComparison & { readonly model: string })[];
  readonly total: ChargeComparison;
  /** Batches are left out: the sizes of their requests, which prices depend on, are not kept. */
  readonly batches: { readonly requests: bigint; readonly thenNanoUsd: bigint };
}

/**
 * What usage since a moment would have cost customers after a change, exactly as `charge()` has it, request by request. What was cut off
 * when a balance ran out was charged less than it used, and counts in full at the new price. Changes nothing.
 */
export function previewCharges(database: Database, of: PreviewQuestion): Promise<ChargePreview> {
  return database.transaction(async (sql) => {
    // To compile so long an expression takes longer than to compute it for a hundred thousand requests.
    await sql.query('SET LOCAL jit = off');
    return compare(sql, of);
  });
}

export interface PreviewQuestion {
  readonly since: Date;
  readonly change: PreviewChange;
  /** What vendors ask the house, at most one for a model. */
  readonly vendorPrices: readonly PreviewPrice[];
}

async function compare(sql: Sql, of: PreviewQuestion): Promise<ChargePreview> {
  const { change, since } = of;
  const values = [since, pricesJson(of.vendorPrices), ...valuesOf(change)];
  const rows = await sql.query<ComparisonRow>(
    `SELECT u.model_used AS model, count(*) AS requests, count(DISTINCT u.organization_id) AS organizations,
       sum(u.charge_nano_usd)::bigint AS "thenNanoUsd", sum(next.charge)::bigint AS "nextNanoUsd",
       sum(CASE WHEN ${isOwnKey} THEN 0 ELSE cost.charge END)::bigint AS "costNanoUsd",
       bool_and(${isOwnKey} OR vendor.model_id IS NOT NULL) AS "isCostKnown"
     FROM usage_record u ${sourceOf(change)}
     LEFT JOIN ${priceRows('$2', 'vendor')} ON vendor.model_id = u.model_used
     ${chargeLaterals('cost', 'vendor', '10000', '0')}
     WHERE ${isCounted} AND u.endpoint <> '${batchEndpoint}' ${conditionOf(change)}
     GROUP BY GROUPING SETS ((u.model_used), ())`,
    values,
  );
  const [batches] = await sql.query<ChargePreview['batches']>(
    `SELECT count(*) AS requests, coalesce(sum(u.charge_nano_usd), 0)::bigint AS "thenNanoUsd"
     FROM usage_record u ${scopeOf(change)}
     WHERE ${isCounted} AND u.endpoint = '${batchEndpoint}' ${conditionOf(change)} AND $2::json IS NOT NULL ${useAll(change)}`,
    values,
  );
  const total = rows.find(({ model }) => model === null);
  const models = rows.flatMap(({ model, ...row }) => (model === null ? [] : [{ model, ...comparison(row) }]));
  return {
    models: models.sort((a, b) => Number(size(b) - size(a)) || (a.model < b.model ? -1 : 1)),
    total: total ? comparison(total) : nothing,
    batches: batches ?? { requests: 0n, thenNanoUsd: 0n },
  };
}

interface ComparisonRow extends Omit<ChargeComparison, 'costNanoUsd' | 'thenNanoUsd' | 'nextNanoUsd'> {
  readonly model: string | null;
  readonly thenNanoUsd: bigint | null;
  readonly nextNanoUsd: bigint | null;
  readonly costNanoUsd: bigint | null;
  readonly isCostKnown: boolean | null;
}

const nothing: ChargeComparison = {
  requests: 0n,
  organizations: 0n,
  thenNanoUsd: 0n,
  nextNanoUsd: 0n,
  costNanoUsd: undefined,
};

function comparison(row: Omit<ComparisonRow, 'model'>): ChargeComparison {
  const { requests, organizations, thenNanoUsd, nextNanoUsd, costNanoUsd, isCostKnown } = row;
  return {
    ...{ requests, organizations, thenNanoUsd: thenNanoUsd ?? 0n, nextNanoUsd: nextNanoUsd ?? 0n },
    costNanoUsd: isCostKnown ? (costNanoUsd ?? 0n) : undefined,
  };
}

function size({ thenNanoUsd, nextNanoUsd }: ChargeComparison): bigint {
  return nextNanoUsd > thenNanoUsd ? nextNanoUsd - thenNanoUsd : thenNanoUsd - nextNanoUsd;
}

const batchEndpoint = '/v1/batches';
/** Requests that something was charged for, or would be. */
const isCounted = `u.created_at >= $1::timestamptz AND u.usage_source <> 'none' AND u.price_id IS NOT NULL AND u.model_used IS NOT NULL`;
/** The provider billed the customer. What the house asks for it has terms of its own, whatever the key's group. */
const isOwnKey = `coalesce(u.attempts->-1->>'ownKey' = 'true', false)`;
const ownBasisPoints = `coalesce((u.terms->>'multiplierBasisPoints')::numeric, 10000)`;
const forgivenTokens = `coalesce((u.terms->>'forgivenTokens')::numeric, 0)`;

function valuesOf(change: PreviewChange): unknown[] {
  return 'prices' in change ? [pricesJson(change.prices)] : [change.groupId, change.multiplierBasisPoints];
}

/** Which requests are meant. */
function scopeOf(change: PreviewChange): string {
  return 'prices' in change
    ? `JOIN ${priceRows('$3', 'price')} ON price.model_id = u.model_used`
    : 'JOIN price ON price.id = u.price_id JOIN api_key ON api_key.id = u.api_key_id';
}

function sourceOf(change: PreviewChange): string {
  const basisPoints = 'prices' in change ? ownBasisPoints : '$4::numeric';
  return `${scopeOf(change)} ${chargeLaterals('next', 'price', basisPoints, forgivenTokens)}`;
}

function conditionOf(change: PreviewChange): string {
  return 'prices' in change ? '' : `AND api_key."group" = $3 AND NOT ${isOwnKey}`;
}

/** Both statements take the same parameters. */
function useAll(change: PreviewChange): string {
  return 'prices' in change ? '' : 'AND $4::numeric IS NOT NULL';
}

function priceRows(parameter: string, name: string): string {
  return `json_to_recordset(${parameter}::json) AS ${name} (model_id TEXT, input NUMERIC, output NUMERIC, cache_read NUMERIC,
    cache_write_5m NUMERIC, cache_write_1h NUMERIC, request_fee NUMERIC, web_search NUMERIC, rate_percents JSONB, tiers JSONB)`;
}

function pricesJson(prices: readonly PreviewPrice[]): string {
  return JSON.stringify(prices.map(rowOf), (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function rowOf(price: PreviewPrice) {
  return {
    model_id: price.modelId,
    ...{ input: price.input, output: price.output, cache_read: price.cacheRead },
    ...{ cache_write_5m: price.cacheWrite5m, cache_write_1h: price.cacheWrite1h },
    ...{ request_fee: price.requestFee, web_search: price.webSearch },
    ...{ rate_percents: price.ratePercents ?? {}, tiers: price.tiers },
  };
}
