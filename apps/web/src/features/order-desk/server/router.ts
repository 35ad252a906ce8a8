import { findOrder, findOrders } from '@ai-bridge/billing';
import { z } from 'zod';
import { refuse } from '#server/errors.ts';
import { organizationNames, organizationsMeant } from '#server/organizations.ts';
import { writeLook } from '#server/staff-look.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { maxOrderSearchLength, orderStates } from '../order-filter.ts';
import { orderView } from './order-view.ts';

const pageSize = 50;
const id = z.string().min(1).max(64);

export const orderDeskRouter = router({
  /** All organizations' orders, newest first, by an id, an organization or an e-mail. */
  list: staffOnly('order.read')
    .input(
      z.object({
        search: z.string().trim().max(maxOrderSearchLength).default(''),
        state: z.enum(orderStates).optional(),
        cursor: id.optional(),
      }),
    )
    .query(async ({ ctx: { deps }, input: { search, state, cursor } }) => {
      const meant = search === '' ? {} : { id: search, organizationIds: await organizationsMeant(deps, search) };
      const orders = await findOrders(deps.database, { ...meant, state, before: cursor, limit: pageSize });
      const nameOf = await organizationNames(
        deps,
        orders.map(({ organizationId }) => organizationId),
      );
      return {
        orders: orders.map(({ clientKey: _, checkoutUrl: __, ...order }) => ({
          ...order,
          organization: nameOf(order.organizationId),
        })),
        nextCursor: orders.length === pageSize ? orders.at(-1)?.id : undefined,
      };
    }),

  /** One order with all that came of it. Looking is written to the audit log. */
  read: staffOnly('order.read')
    .input(z.object({ orderId: id }))
    .query(async ({ ctx: { deps, actor }, input }) => {
      const order = await findOrder(deps.database, input.orderId);
      if (!order) throw refuse('not_found');
      const { organizationId } = order;
      await writeLook({ deps, actor }, { target: order.id, organizationId });
      return orderView(deps, order);
    }),
});
