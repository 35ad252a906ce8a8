import { nameOfApiKey } from '@ai-bridge/access';
import { dailyUsage, listRequests, readReceipt, usageSummary } from '@ai-bridge/usage';
import { z } from 'zod';
import { refuse } from '#server/errors.ts';
import { authorized, router } from '#server/trpc.ts';
import { type DayRange, dayRanges, utcDayStart } from '../days.ts';
import { maxRequestIdLength } from '../request-id.ts';
import { receiptView } from './receipt-view.ts';

const pageSize = 50;
const maxTextLength = 200;

const days = z.literal([...dayRanges]);

export const usageRouter = router({
  /** What was spent today, in the last 7 and in the last 30 UTC days. */
  summary: authorized('usage.read').query(async ({ ctx }) => {
    const { organizationId, deps } = ctx;
    const since = (range: number) => utcDayStart(deps.clock.now(), range - 1);
    const sums = (range: number) => usageSummary(deps.database, { organizationId, since: since(range) });
    const [today, week, month] = await Promise.all([sums(1), sums(7), sums(30)]);
    return { today, week, month };
  }),

  /** Sums per UTC day and model. */
  daily: authorized('usage.read')
    .input(z.object({ days }))
    .query(({ ctx, input }) =>
      dailyUsage(ctx.deps.database, {
        organizationId: ctx.organizationId,
        from: firstDay(ctx.deps.clock.now(), input.days),
        to: new Date(ctx.deps.clock.now()),
      }),
    ),

  /** The requests themselves, newest first, a page at a time. */
  requests: authorized('usage.read')
    .input(z.object({ days, cursor: z.string().max(maxTextLength).optional() }))
    .query(({ ctx, input }) =>
      listRequests(ctx.deps.database, {
        organizationId: ctx.organizationId,
        from: firstDay(ctx.deps.clock.now(), input.days),
        cursor: input.cursor,
        limit: pageSize,
      }),
    ),

  /** One request with its receipt; another organization's is as unknown as one that was never made. */
  request: authorized('receipt.read')
    .input(z.object({ requestId: z.string().min(1).max(maxRequestIdLength) }))
    .query(async ({ ctx, input }) => {
      const { organizationId, deps } = ctx;
      const receipt = await readReceipt(deps.database, { organizationId, requestId: input.requestId });
      if (!receipt) throw refuse('not_found');
      const apiKey = await nameOfApiKey(deps.prisma, { organizationId, apiKeyId: receipt.apiKeyId });
      return receiptView(receipt, apiKey);
    }),
});

function firstDay(nowMs: number, range: DayRange): Date {
  return utcDayStart(nowMs, range - 1);
}
