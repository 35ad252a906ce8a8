import type { Database } from '@ai-bridge/db';
import { readUsageBreakdown } from '@ai-bridge/usage';
import type { z } from 'zod';
import { maxSeries } from '../chart-data.ts';
import { spanOf } from '../usage-range.ts';
import { type breakdownInput, dimensionOf, filterOf } from './usage-question.ts';

/** The most groups that a page lists; the CSV has all of them. */
const maxGroups = 200;
const orders = { spend: 'charge', requests: 'requests', tokens: 'tokens' } as const;

/** Usage by group, the largest first, and hour by hour or day by day: the largest groups by themselves, the others together. */
export async function usageBreakdown(
  caller: { readonly database: Database; readonly organizationId: string; readonly nowMs: number },
  asked: z.output<typeof breakdownInput>,
) {
  const span = spanOf(asked.range, caller.nowMs);
  const breakdown = await readUsageBreakdown(caller.database, {
    ...{ filter: filterOf(caller.organizationId, asked.narrowing), span, by: dimensionOf[asked.by] },
    ...{ order: orders[asked.metric], maxGroups, maxSeries },
  });
  return { span, ...breakdown };
}
