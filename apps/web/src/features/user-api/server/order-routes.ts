import { listPriceTerms, orderStates } from '@ai-bridge/billing';
import { newId } from '@ai-bridge/domain';
import { z } from 'zod';
import type { OrderView, RefundView } from '#features/order/server/views.ts';
import { ApiRefusal } from './refusal.ts';
import { route } from './route.ts';
import { id, money, nextCursor, orderPageQuery, planTokens, time, typedAmount } from './shapes.ts';
import { minorOf, moneyView } from './views.ts';

const maxDescriptionLength = 200;
const maxReasonLength = 1_000;

const order = z
  .object({
    ...{ id, state: z.enum(orderStates), planId: z.string().nullable(), title: z.string() },
    ...{ description: z.string().nullable(), tokens: planTokens, bonusTokens: planTokens, price: money },
    ...{ sandbox: z.boolean(), createdAt: time, expiresAt: time, paidAt: time.nullable() },
    /** Where it is paid; null: it cannot be any more. */
    checkoutUrl: z.url().nullable(),
  })
  .meta({ id: 'Order' });
const refund = z
  .object({
    ...{ id, state: z.string(), amount: money, reason: z.string().nullable(), answer: z.string().nullable() },
    ...{ createdAt: time, endedAt: time.nullable() },
  })
  .meta({ id: 'Refund' });
const params = z.strictObject({ orderId: id });

export const orderRoutes = [
  route({
    ...{ method: 'POST', path: '/recharge', name: 'recharge', access: 'order.create', status: 201 },
    isIdempotent: true,
    input: {
      body: z.strictObject({
        amount: typedAmount.optional(),
        planId: id.optional(),
        description: z.string().trim().max(maxDescriptionLength).optional(),
      }),
    },
    output: z.object({ order, checkoutUrl: z.url() }),
    async handle({ console, context, of, body: { amount, planId, description }, idempotencyKey }) {
      const wish = wishOf(amount, planId);
      const clientKey = idempotencyKey ?? newId('ord');
      const { orderId, checkoutUrl } = await console.order.create({ ...of, clientKey, wish, description });
      const { siteUrl } = context.deps;
      const made = (await console.order.read({ ...of, orderId })).order;
      return { order: apiOrder(made, siteUrl), checkoutUrl: wholeUrl(checkoutUrl, siteUrl) };
    },
  }),

  route({
    ...{ method: 'GET', path: '/orders', name: 'listOrders', access: 'order.read' },
    input: { query: z.strictObject(orderPageQuery) },
    output: z.object({ orders: z.array(order), nextCursor }),
    async handle({ console, context, of, query }) {
      const page = await console.order.list({ ...of, ...query });
      const orders = page.orders.map((one) => apiOrder(one, context.deps.siteUrl));
      return { orders, nextCursor: page.nextCursor ?? null };
    },
  }),

  route({
    ...{ method: 'GET', path: '/orders/{orderId}', name: 'readOrder', access: 'order.read' },
    input: { params },
    output: z.object({
      order,
      refunds: z.array(refund),
      /** What of it could be paid back now; null: nothing. */
      refundable: money.nullable(),
    }),
    async handle({ console, context, of, params: { orderId } }) {
      // Like the page that waits for a payment: the provider is asked, within its bound.
      const page = await console.order.read({ ...of, orderId, awaited: true });
      const { currency } = page.order;
      return {
        order: apiOrder(page.order, context.deps.siteUrl),
        refunds: page.refunds.map(apiRefund),
        refundable: page.refundable ? moneyView({ amountMinor: page.refundable.maxAmountMinor, currency }) : null,
      };
    },
  }),

  route({
    ...{ method: 'POST', path: '/orders/{orderId}/refund-request', name: 'requestRefund', access: 'refund.request' },
    status: 201,
    isIdempotent: true,
    input: {
      params,
      body: z.strictObject({
        reason: z.string().trim().min(1).max(maxReasonLength),
        amount: typedAmount.optional(),
      }),
    },
    output: z.object({ refund }),
    async handle({ console, of, params: { orderId }, body: { reason, amount }, idempotencyKey: clientKey }) {
      const paid = amount === undefined ? undefined : (await console.order.read({ ...of, orderId })).order;
      const amountMinor = paid && minorOf(amount ?? 0, paid.currency);
      const asked = await console.order.requestRefund({ ...of, orderId, reason, amountMinor, clientKey });
      return { refund: apiRefund(asked) };
    },
  }),
];

/** A plan on sale, or an amount of the customer's own in the currency that those are sold in. */
function wishOf(amount: number | string | undefined, planId: string | undefined) {
  if ((amount === undefined) === (planId === undefined))
    throw new ApiRefusal({ status: 400, code: 'amount_or_plan', field: 'amount' });
  return planId === undefined ? { amountMinor: minorOf(amount ?? 0, listPriceTerms.currency) } : { planId };
}

/** The sandbox's page is one of ours, and named by its path. */
const wholeUrl = (url: string, siteUrl: string): string => new URL(url, siteUrl).href;

function apiOrder({ checkoutUrl, isSandbox, ...shown }: OrderView, siteUrl: string) {
  return {
    ...{ ...shown, price: moneyView(shown), sandbox: isSandbox },
    checkoutUrl: checkoutUrl && wholeUrl(checkoutUrl, siteUrl),
  };
}

function apiRefund({ answer, ...shown }: RefundView) {
  return { ...shown, amount: moneyView(shown), answer: answer ?? null };
}
