import { createPlan, listPlans, setPlanEnabled, updatePlan } from '@ai-bridge/billing';
import { z } from 'zod';
import { isCurrency } from '#components/currency.ts';
import { router, staffOnly } from '#server/trpc.ts';

const maxPlanTokens = 1_000_000_000_000n;
const maxAmountMinor = 10n ** 12n;
const maxDisplayOrder = 10_000;

const settings = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/),
  displayName: z.string().trim().min(1).max(64).nullable(),
  tokens: z.bigint().min(1n).max(maxPlanTokens),
  bonusTokens: z.bigint().min(0n).max(maxPlanTokens),
  amountMinor: z.bigint().min(1n).max(maxAmountMinor),
  currency: z.string().refine(isCurrency),
  activeFrom: z.date().nullable(),
  activeUntil: z.date().nullable(),
  displayOrder: z.int().min(-maxDisplayOrder).max(maxDisplayOrder),
});

export const planDeskRouter = router({
  /** Every plan, on sale or not. */
  list: staffOnly('plan.read').query(({ ctx }) => listPlans(ctx.deps.database)),

  create: staffOnly('plan.manage')
    .input(settings)
    .mutation(({ ctx, input }) => createPlan(ctx.deps.database, input, ctx.actor)),

  update: staffOnly('plan.manage')
    .input(settings)
    .mutation(({ ctx, input }) => updatePlan(ctx.deps.database, input, ctx.actor)),

  setEnabled: staffOnly('plan.manage')
    .input(z.object({ id: z.string().min(1).max(64), enabled: z.boolean() }))
    .mutation(({ ctx, input }) => setPlanEnabled(ctx.deps.database, input, ctx.actor)),
});
