import { type Month, readMonth } from '@ai-bridge/domain';
import { maxMonthEntries } from '@ai-bridge/ledger';
import { z } from 'zod';
import { authorized, router } from '#server/trpc.ts';
import { readStatement, readUsageStatement } from './read-statement.ts';
import { listAccountMonths, listUsageMonths } from './statement-months.ts';

/** How many movements a page lists; files have them all. */
const movementsOnPage = 200;

const month = z.custom<Month>((value) => typeof value === 'string' && readMonth(value) !== undefined);

export const statementRouter = router({
  /** What was used in each month since the organization began, the latest first. */
  months: authorized('usage.read').query(({ ctx }) => listUsageMonths(ctx.deps, ctx.organizationId)),

  /** The balance through each month since the organization began, the latest first. */
  balances: authorized('ledger.read').query(({ ctx }) => listAccountMonths(ctx.deps, ctx.organizationId)),

  /** A month's usage, by key and model. */
  usage: authorized('usage.read')
    .input(z.object({ month }))
    .query(({ ctx, input }) => readUsageStatement(ctx.deps, { ...input, organizationId: ctx.organizationId })),

  /** A month's usage, the balance through it, and all that changed it. */
  read: authorized('ledger.read')
    .input(z.object({ month, movements: z.number().int().min(1).max(maxMonthEntries).default(movementsOnPage) }))
    .query(({ ctx, input }) => readStatement(ctx.deps, { ...input, organizationId: ctx.organizationId })),
});
