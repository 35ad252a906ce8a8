import { nameOfApiKey } from '@ai-bridge/access';
import { dailyUsage, listRequests, readAnyReceipt, readReceipt, readRoute, usageSummary } from '@ai-bridge/usage';
import { z } from 'zod';
import { refuse } from '#server/errors.ts';
import { needLookReason, writeLook } from '#server/staff-look.ts';
import { authorized, router, staffOnly } from '#server/trpc.ts';
import { type DayRange, dayRanges, utcDayStart } from '../days.ts';
import { maxRequestIdLength } from '../request-id.ts';
import { receiptView } from './receipt-view.ts';
import { organizationName, routeView } from './route-view.ts';

const pageSize = 50;
const maxTextLength = 200;

const requestId = z.object({ requestId: z.string().min(1).max(maxRequestIdLength) });
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
    .input(requestId)
    .query(async ({ ctx, input }) => {
      const { organizationId, deps } = ctx;
      const receipt = await readReceipt(deps.database, { organizationId, requestId: input.requestId });
      if (!receipt) throw refuse('not_found');
      const apiKey = await nameOfApiKey(deps.prisma, { organizationId, apiKeyId: receipt.apiKeyId });
      return receiptView(receipt, apiKey);
    }),

  /** A request of whatever organization as its customer sees it, for staff with a stated reason. Looking is written to the audit log. */
  anyRequest: staffOnly('receipt.read')
    .input(requestId)
    .query(async ({ ctx: { deps, session, actor }, input }) => {
      const receipt = await readAnyReceipt(deps.database, input.requestId);
      if (!receipt) throw refuse('not_found');
      const { id, organizationId, apiKeyId } = receipt;
      await needLookReason({ deps, session, actor }, organizationId);
      await writeLook({ deps, actor }, { target: id, organizationId });
      const apiKey = await nameOfApiKey(deps.prisma, { organizationId, apiKeyId });
      return { organization: await organizationName(deps, organizationId), request: receiptView(receipt, apiKey) };
    }),

  /** The way that a request of whatever organization took: the channels tried and those passed over, for staff. */
  route: staffOnly('channel.read')
    .input(requestId)
    .query(async ({ ctx: { deps, actor }, input }) => {
      const route = await readRoute(deps.database, input.requestId);
      if (!route) throw refuse('not_found');
      const { id, organizationId } = route;
      await writeLook({ deps, actor }, { target: id, organizationId });
      return routeView(deps, route);
    }),
});

function firstDay(nowMs: number, range: DayRange): Date {
  return utcDayStart(nowMs, range - 1);
}
