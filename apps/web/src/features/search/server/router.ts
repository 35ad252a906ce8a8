import { listApiKeys } from '@ai-bridge/access';
import { listOrders } from '@ai-bridge/billing';
import { z } from 'zod';
import { refuse } from '#server/errors.ts';
import { authorized, publicProcedure, router } from '#server/trpc.ts';
import { bestMatches, maxTextLength } from '../matches.ts';

const input = z.object({ text: z.string().trim().min(1).max(maxTextLength) });
/** Older ones are found on the page of all orders. */
const ordersLookedAt = 100;

/** What the command palette finds by a few typed letters, beside the pages that it knows itself. */
export const searchRouter = router({
  /** Models and plans on offer, for anyone. */
  offer: publicProcedure.input(input).query(async ({ ctx, input: { text } }) => {
    if (!ctx.deps.publicReads.admit(ctx.address)) throw refuse('too_many_attempts');
    const { models, plans } = await ctx.deps.offer.read();
    return {
      models: bestMatches(models, text, ({ id, displayName }) => [id, displayName]).map(({ id, displayName }) => {
        return { id, displayName };
      }),
      plans: bestMatches(plans, text, ({ id, displayName }) => [id, displayName ?? '']).map(({ id, displayName }) => {
        return { id, displayName: displayName ?? id };
      }),
    };
  }),

  /** The organization's keys by name, and by how they begin or end. */
  keys: authorized('apiKey.read')
    .input(input)
    .query(async ({ ctx: { deps, organizationId }, input: { text } }) => {
      const keys = await listApiKeys(deps.prisma, { organizationId });
      return bestMatches(keys, text, ({ name, last4 }) => [name, last4]).map(({ id, name, last4 }) => {
        return { id, name, last4 };
      });
    }),

  /** The organization's orders by number and title. */
  orders: authorized('order.read')
    .input(input)
    .query(async ({ ctx: { deps, organizationId }, input: { text } }) => {
      const orders = await listOrders(deps.database, { organizationId, limit: ordersLookedAt });
      return bestMatches(orders, text, ({ id, title }) => [id, title]).map(({ id, title }) => ({ id, title }));
    }),
});
