import { type Dimension, isOfOutcome } from './usage-dimension.ts';
import { type Bind, filterConditions, sumsColumns, type UsageFilter } from './usage-filter.ts';

/** A piece of time that sums are kept of, by UTC. */
export type Bucket = 'hour' | 'day';

/** Whole hours or days, one after the other. */
export interface UsageSpan {
  readonly bucket: Bucket;
  /** Start of the first. */
  readonly from: Date;
  /** End of the last, exclusive. */
  readonly to: Date;
}

/** Some of an organization's usage in a span, by the values of a dimension. */
export interface UsageQuestion {
  readonly filter: UsageFilter;
  readonly span: UsageSpan;
  readonly by: Dimension;
}

/** The column that says which bucket sums are of, and how such a time is told: `2026-11-21`, or `2026-11-21T10:00Z`. */
export const timeOf = {
  hour: {
    ...{ column: 's.hour', type: 'timestamptz' },
    told: (at: string) => `to_char(${at} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24":00Z"')`,
  },
  day: { column: 's.day', type: 'date', told: (at: string) => `to_char(${at}, 'YYYY-MM-DD')` },
} as const satisfies Record<Bucket, object>;

/** The smallest table with what a question is about. */
export function tableFor({ filter, span, by }: UsageQuestion): string {
  if (span.bucket === 'hour') return 'usage_hourly';
  const isAbout = isOfOutcome[by] || filter.provider !== undefined || filter.outcomes !== undefined;
  return isAbout ? 'usage_daily_outcome' : 'usage_daily';
}

/** A filter within a span as the condition on the sums `s`. */
export function sumsWithin({ bucket, from, to }: UsageSpan, filter: UsageFilter, bind: Bind): string {
  const { column, type } = timeOf[bucket];
  const at = (time: Date) => `${bind(bucket === 'day' ? time.toISOString().slice(0, 10) : time)}::${type}`;
  const conditions = filterConditions(filter, sumsColumns, bind);
  return [...conditions, `${column} >= ${at(from)}`, `${column} < ${at(to)}`].join(' AND ');
}
