import { nameOfApiKey } from '@ai-bridge/access';
import { listRequests, maxOffset, readAnyReceipt, readReceipt, readRoute, usageSummary } from '@ai-bridge/usage';
import { z } from 'zod';
import { refuse } from '#server/errors.ts';
import { needLookReason, writeLook } from '#server/staff-look.ts';
import { authorized, router, staffOnly } from '#server/trpc.ts';
import { utcDayStart } from '../days.ts';
import { maxRequestIdLength } from '../request-id.ts';
import { usageBreakdown } from './breakdown.ts';
import { receiptView } from './receipt-view.ts';
import { organizationName, routeView } from './route-view.ts';
import { usageChoices } from './usage-choices.ts';
import { breakdownInput, requestFilterOf, requestsInput } from './usage-question.ts';

const pageSize = 50;
const maxPageSize = 200;
const maxCursorLength = 200;

const requestId = z.object({ requestId: z.string().min(1).max(maxRequestIdLength) });

export const usageRouter = router({
  /** What was spent today, in the last 7 and in the last 30 UTC days. */
  summary: authorized('usage.read').query(async ({ ctx }) => {
    const { organizationId, deps } = ctx;
    const since = (range: number) => utcDayStart(deps.clock.now(), range - 1);
    const sums = (range: number) => usageSummary(deps.database, { organizationId, since: since(range) });
    const [today, week, month] = await Promise.all([sums(1), sums(7), sums(30)]);
    return { today, week, month };
  }),

  /** Sums of a range by group, and over time. */
  breakdown: authorized('usage.read')
    .input(breakdownInput)
    .query(({ ctx: { deps, organizationId }, input }) =>
      usageBreakdown({ database: deps.database, organizationId, nowMs: deps.clock.now() }, input),
    ),

  /** What usage can be narrowed to: all models, providers, keys and members that there ever was any of. */
  choices: authorized('usage.read').query(({ ctx: { deps, organizationId } }) =>
    usageChoices(deps, { organizationId }),
  ),

  /** The requests themselves, newest first, a page at a time; without a range all that there ever were. */
  requests: authorized('usage.read')
    .input(
      requestsInput.partial({ range: true }).extend({
        cursor: z.string().max(maxCursorLength).optional(),
        limit: z.int().min(1).max(maxPageSize).default(pageSize),
        offset: z.int().min(0).max(maxOffset).default(0),
      }),
    )
    .query(({ ctx: { deps, organizationId }, input: { cursor, limit, offset, ...asked } }) =>
      listRequests(deps.database, {
        ...requestFilterOf(organizationId, asked, deps.clock.now()),
        ...{ cursor, limit, offset },
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
