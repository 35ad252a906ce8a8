import type { Database } from '@ai-bridge/db';
import { formatUsd } from '@ai-bridge/domain';
import { readUsageCells, type UsageGroup, type UsagePoint, type UsageQuestion, type UsageSpan } from '@ai-bridge/usage';
import type { Cell, Exact } from '#server/csv.ts';
import { averageMs, cacheHitRate } from '../totals.ts';

export const summaryColumns = [
  ...['from', 'grouped_by', 'group', 'name', 'requests', 'errors', 'input_tokens', 'cache_read_tokens'],
  ...['cache_write_5m_tokens', 'cache_write_1h_tokens', 'output_tokens', 'reasoning_tokens', 'web_searches'],
  ...['charge_usd', 'cache_hit_rate', 'average_first_byte_ms', 'average_duration_ms'],
] as const;

/** Hours or days that are read at a time. */
const bucketsAtOnce = 24;
const bucketMs = { hour: 60 * 60_000, day: 24 * 60 * 60_000 } as const;

/**
 * Usage by hour or day and group as rows, oldest first, read a piece of the span at a time.
 * @param of.nameOf what a group is called; null: it has no name of its own
 */
export async function* summaryRows(
  database: Database,
  of: UsageQuestion & { readonly groupedBy: string; readonly nameOf: (value: string) => string | null },
) {
  for (const span of piecesOf(of.span)) {
    const points = await readUsageCells(database, { ...of, span });
    if (points.length > 0) yield points.map((point) => summaryRow(point, of.groupedBy, of.nameOf));
  }
}

function* piecesOf({ bucket, from, to }: UsageSpan): Generator<UsageSpan> {
  const pieceMs = bucketsAtOnce * bucketMs[bucket];
  for (let startMs = from.getTime(); startMs < to.getTime(); startMs += pieceMs)
    yield { bucket, from: new Date(startMs), to: new Date(Math.min(to.getTime(), startMs + pieceMs)) };
}

function summaryRow(
  point: UsagePoint & UsageGroup,
  groupedBy: string,
  nameOf: (value: string) => string | null,
): Cell[] {
  const { value } = point;
  return [
    ...[point.start, groupedBy, value, nameOf(value), point.requests, point.errors, point.input, point.cacheRead],
    ...[point.cacheWrite - point.cacheWrite1h, point.cacheWrite1h, point.output, point.reasoning, point.webSearches],
    ...[
      exact(formatUsd(point.chargeNanoUsd)),
      optional(cacheHitRate(point)),
      optional(averageMs(point.firstByteMsSum, point.firstByteCount)),
    ],
    optional(averageMs(point.durationMsSum, point.requests)),
  ];
}

function exact(text: string): Exact {
  return { exact: text };
}

/** Six digits behind the point at most: an average, not an amount. */
function optional(number: number | undefined): Exact | null {
  return number === undefined ? null : exact(String(Math.round(number * 1e6) / 1e6));
}
