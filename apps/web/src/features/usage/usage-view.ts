import { type Outcome, outcomes } from '@ai-bridge/domain';
import { defaultRange, readRange, type UsageRange } from './usage-range.ts';

/** What usage is grouped by, as addresses name it. */
export const groupings = ['model', 'key', 'member', 'provider', 'status'] as const;
export type Grouping = (typeof groupings)[number];
/** What the chart draws, and groups are ordered by. */
export const metrics = ['spend', 'requests', 'tokens'] as const;
export type Metric = (typeof metrics)[number];
/** How requests ended: one way, or any that is an error. */
export const statuses = [...outcomes, 'errors'] as const;
export type UsageStatus = (typeof statuses)[number];

/** The outcomes that are no errors. */
const errorFree: readonly Outcome[] = ['completed', 'client_left'];

/** What the requests are narrowed to; the values are those that the sums have, '' where a request has none. */
export interface UsageNarrowing {
  readonly model?: string | undefined;
  readonly key?: string | undefined;
  readonly member?: string | undefined;
  readonly provider?: string | undefined;
  readonly status?: UsageStatus | undefined;
}

/** What a usage page shows, as its address says it. */
export interface UsageView {
  readonly range: UsageRange;
  readonly by: Grouping;
  readonly metric: Metric;
  readonly narrowing: UsageNarrowing;
}

/** Stands in an address for the empty value. */
const none = '-';
export const maxValueLength = 200;
const defaultGrouping: Grouping = 'model';
const defaultMetric: Metric = 'spend';

/** A view from an address, where anyone may have typed anything. */
export function readUsageView(query: { get(name: string): string | null }): UsageView {
  const value = (name: string) => {
    const text = query.get(name);
    if (!text || text.length > maxValueLength) return undefined;
    return text === none ? '' : text;
  };
  return {
    range: readRange(query.get('range')),
    by: groupings.find((one) => one === query.get('by')) ?? defaultGrouping,
    metric: metrics.find((one) => one === query.get('metric')) ?? defaultMetric,
    narrowing: {
      model: value('model'),
      key: value('key') || undefined,
      member: value('member'),
      provider: value('provider'),
      status: statuses.find((one) => one === query.get('status')),
    },
  };
}

/** The query of an address that shows this; what is as usual is left out. */
export function usageViewQuery({ range, by, metric, narrowing }: UsageView): URLSearchParams {
  const query = new URLSearchParams();
  if (range !== defaultRange) query.set('range', range);
  if (by !== defaultGrouping) query.set('by', by);
  if (metric !== defaultMetric) query.set('metric', metric);
  for (const name of groupings) {
    const value = narrowing[name];
    if (value !== undefined) query.set(name, value || none);
  }
  return query;
}

/** The ways to end that a status means. */
export function outcomesOf(status: UsageStatus): readonly Outcome[] {
  return status === 'errors' ? outcomes.filter((outcome) => !errorFree.includes(outcome)) : [status];
}
