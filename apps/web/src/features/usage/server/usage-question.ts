import type { Dimension, RequestFilter, UsageFilter } from '@ai-bridge/usage';
import { z } from 'zod';
import { maxRangeLength, readRange, spanOf, type UsageRange } from '../usage-range.ts';
import {
  type Grouping,
  groupings,
  maxValueLength,
  metrics,
  outcomesOf,
  statuses,
  type UsageNarrowing,
} from '../usage-view.ts';

const value = z.string().max(maxValueLength).optional();
const range = z.string().max(maxRangeLength).transform(readRange);
const narrowing = z.object({
  ...{ model: value, key: value, member: value, provider: value },
  status: z.enum(statuses).optional(),
});

/** Which requests are meant. */
export const requestsInput = z.object({ range, narrowing });
/** And how they are grouped. */
export const breakdownInput = z.object({ range, narrowing, by: z.enum(groupings), metric: z.enum(metrics) });

/** What groupings are called where the sums are. */
export const dimensionOf: Readonly<Record<Grouping, Dimension>> = {
  model: 'model',
  key: 'apiKey',
  member: 'member',
  provider: 'provider',
  status: 'outcome',
};

/** A narrowing as what is asked of an organization's usage. */
export function filterOf(
  organizationId: string,
  { model, key, member, provider, status }: UsageNarrowing,
): UsageFilter {
  return {
    ...{ organizationId, model, provider, apiKeyId: key, memberId: member },
    outcomes: status && outcomesOf(status),
  };
}

/** The same within a range, or of all times. */
export function requestFilterOf(
  organizationId: string,
  asked: { readonly range?: UsageRange | undefined; readonly narrowing: UsageNarrowing },
  nowMs: number,
): RequestFilter {
  const filter = filterOf(organizationId, asked.narrowing);
  if (asked.range === undefined) return filter;
  const { from, to } = spanOf(asked.range, nowMs);
  return { ...filter, from, to };
}
