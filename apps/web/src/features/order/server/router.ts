import {
  cancelOrder,
  cancelRefund,
  clientKeyPattern,
  createOrder,
  listOrders,
  listPriceTerms,
  maxDescriptionLength,
  maxReasonLength,
  readOrder,
  readReceiptUrl,
  readRefund,
  requestRefund,
} from '@ai-bridge/billing';
import { readSettings } from '@ai-bridge/catalog';
import { z } from 'zod';
import { billingActor } from '#server/billing-actor.ts';
import { refuse } from '#server/errors.ts';
import { authorized, heldInMaintenance, router } from '#server/trpc.ts';
import { readOrderPage } from './read-order-page.ts';
import { orderView, refundView } from './views.ts';

const pageSize = 25;
const maxPageSize = 50;
/** Far above what can be bought: what is sold decides billing. */
const maxAmountMinor = 1_000_000_000_000n;

const id = z.string().min(1).max(64);
const orderId = z.object({ orderId: id });
const clientKey = z.string().regex(clientKeyPattern);
const amountMinor = z.bigint().min(1n).max(maxAmountMinor);

export const orderRouter = router({
  /** Begins an order, or finds the one that this very key began, and says where it is paid. */
  create: authorized('order.create')
    .use(heldInMaintenance)
    .input(
      z.object({
        clientKey,
        wish: z.union([z.strictObject({ planId: id }), z.strictObject({ amountMinor })]),
        description: z.string().trim().max(maxDescriptionLength).optional(),
      }),
    )
    .mutation(({ ctx, input }) => {
      const { deps, organizationId, session } = ctx;
      const waitMs = deps.checkoutThrottle.takeOrder(organizationId);
      if (waitMs > 0) throw refuse('too_many_attempts', waitMs);
      const { clientKey: key, description } = input;
      const wish = 'planId' in input.wish ? input.wish : { ...input.wish, terms: listPriceTerms };
      const order = { organizationId, userId: session.user.id, clientKey: key, wish, description };
      return createOrder(deps.billing, order);
    }),

  /** Calls an order off before it is paid; one that was paid meanwhile stays paid. */
  cancel: authorized('order.create')
    .input(orderId)
    .mutation(async ({ ctx: { deps, organizationId, actor }, input }) => {
      const order = { orderId: input.orderId, organizationId, actor: billingActor(actor) };
      return { state: await cancelOrder(deps.billing, order) };
    }),

  /** The organization's orders, newest first, a page at a time. */
  list: authorized('order.read')
    .input(z.object({ cursor: id.optional(), limit: z.int().min(1).max(maxPageSize).default(pageSize) }))
    .query(async ({ ctx: { deps, organizationId }, input: { cursor, limit } }) => {
      const found = await listOrders(deps.database, { organizationId, limit: limit + 1, before: cursor });
      const orders = found.slice(0, limit);
      return { orders: orders.map(orderView), nextCursor: found.length > limit ? orders.at(-1)?.id : undefined };
    }),

  /** One order with its refunds, its disputes, and what of it is unused. */
  read: authorized('order.read')
    .input(z.object({ orderId: id, awaited: z.boolean().default(false) }))
    .query(async ({ ctx: { deps, organizationId }, input }) => {
      const isAwaited = input.awaited && deps.checkoutThrottle.admitLook(`${organizationId} ${input.orderId}`);
      const [page, { refundAnswerDays }] = await Promise.all([
        readOrderPage(deps.billing, { orderId: input.orderId, organizationId, isAwaited }),
        readSettings(deps.prisma),
      ]);
      return { ...page, refundAnswerDays };
    }),

  /** The payment provider's own receipt. */
  receipt: authorized('order.read')
    .input(orderId)
    .query(async ({ ctx: { deps, organizationId }, input }) => {
      const order = await readOrder(deps.database, { orderId: input.orderId, organizationId });
      return { url: (await readReceiptUrl(deps.billing, order)) ?? null };
    }),

  /** Asks for money back for unused tokens; without an amount for all of them. */
  requestRefund: authorized('refund.request')
    .use(heldInMaintenance)
    .input(
      z.object({
        orderId: id,
        amountMinor: amountMinor.optional(),
        reason: z.string().trim().min(1).max(maxReasonLength),
        clientKey: clientKey.optional(),
      }),
    )
    .mutation(async ({ ctx: { deps, organizationId, actor }, input }) => {
      const refund = { orderId: input.orderId, amountMinor: input.amountMinor, reason: input.reason };
      const by = { organizationId, clientKey: input.clientKey, actor: billingActor(actor) };
      return refundView(await requestRefund(deps.billing, { ...refund, ...by }));
    }),

  /** Takes back a refund that was asked for, while nobody has begun to pay it. */
  cancelRefund: authorized('refund.request')
    .input(z.object({ refundId: id }))
    .mutation(async ({ ctx: { deps, organizationId, actor }, input }) => {
      const refund = await readRefund(deps.database, input.refundId);
      if (refund.organizationId !== organizationId) throw refuse('not_found');
      const cancel = { refundId: refund.id, reason: '', actor: billingActor(actor) };
      return refundView(await cancelRefund(deps.billing, cancel));
    }),
});
