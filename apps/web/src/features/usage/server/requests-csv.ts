import { formatUsd } from '@ai-bridge/domain';
import type { UsageRow } from '@ai-bridge/usage';
import type { Cell } from '#server/csv.ts';

export const requestColumns = [
  ...[
    'request_id',
    'created_at',
    'api_key_id',
    'api_key',
    'endpoint',
    'stream',
    'model_requested',
    'model_used',
    'provider',
  ],
  ...['outcome', 'status', 'error_code', 'input_tokens', 'cache_read_tokens', 'cache_write_5m_tokens'],
  ...[
    'cache_write_1h_tokens',
    'output_tokens',
    'reasoning_tokens',
    'web_searches',
    'rates',
    'usage_source',
    'price_id',
  ],
  ...['charge_usd', 'first_byte_ms', 'duration_ms'],
] as const;

/** Requests as rows, page by page as they are read. Counts are empty where they were not reported, which is not zero. */
export async function* requestRows(
  pages: AsyncIterable<readonly UsageRow[]>,
  keys: readonly { readonly id: string; readonly name: string }[],
) {
  const nameOf = new Map(keys.map(({ id, name }) => [id, name]));
  for await (const rows of pages) yield rows.map((row) => requestRow(row, nameOf.get(row.apiKeyId) ?? null));
}

function requestRow(row: UsageRow, keyName: string | null): Cell[] {
  return [
    ...[row.id, row.createdAt, row.apiKeyId, keyName, row.endpoint, row.stream, row.modelRequested, row.modelUsed],
    ...[row.provider, row.outcome, row.status, row.errorCode, row.input, row.cacheRead, row.cacheWrite5m],
    ...[row.cacheWrite1h, row.output, row.reasoning, row.webSearches, row.rates?.join(' ') ?? null, row.usageSource],
    ...[row.priceId, { exact: formatUsd(row.chargeNanoUsd) }, row.firstByteMs, row.durationMs],
  ];
}
