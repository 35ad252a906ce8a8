import { countOpenAlarms, freezeBalance, listOpenAlarms, maxReasonLength, resolveAlarm } from '@ai-bridge/billing';
import { z } from 'zod';
import { refuse } from '#server/errors.ts';
import { organizationNames } from '#server/organizations.ts';
import { router, staffOnly } from '#server/trpc.ts';

const id = z.string().min(1).max(64);

export const reconciliationRouter = router({
  /** The ledger against the balances, and whose balances are frozen. */
  books: staffOnly('reconciliation.read').query(({ ctx }) => ctx.deps.comparisons.books()),

  /** What requests were charged against what the ledger took. */
  usage: staffOnly('reconciliation.read').query(({ ctx }) => ctx.deps.comparisons.usage()),

  /** What requests of the last 30 days were charged against what they cost. */
  margins: staffOnly('reconciliation.read').query(({ ctx }) => ctx.deps.comparisons.margins()),

  /** The same per day and model, as a CSV file. */
  marginTable: staffOnly('reconciliation.read').query(({ ctx }) => ctx.deps.comparisons.marginTable()),

  /** What about payments nobody has dealt with yet. */
  payments: staffOnly('reconciliation.read').query(async ({ ctx: { deps } }) => {
    const alarms = await listOpenAlarms(deps.database);
    const nameOf = await organizationNames(
      deps,
      alarms.flatMap(({ organizationId }) => organizationId ?? []),
    );
    return {
      checkedAt: new Date(deps.clock.now()),
      alarms: alarms.map((alarm) => ({
        ...alarm,
        organization: alarm.organizationId ? nameOf(alarm.organizationId) : null,
      })),
    };
  }),

  /** How many alarms nobody has dealt with yet. */
  openAlarms: staffOnly('reconciliation.read').query(({ ctx: { deps } }) => countOpenAlarms(deps.database)),

  resolve: staffOnly('alarm.resolve')
    .input(z.object({ alarmId: z.bigint().positive() }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      if (!(await resolveAlarm(deps.database, input.alarmId, actor))) throw refuse('not_found');
    }),

  /** Stops spending of an organization's balance, or lets it go on. */
  freeze: staffOnly('balance.freeze')
    .input(z.object({ organizationId: id, frozen: z.boolean(), reason: z.string().trim().min(1).max(maxReasonLength) }))
    .mutation(({ ctx: { deps, actor }, input }) => freezeBalance(deps.database, input, actor)),
});
