import {
  type BillingDeps,
  BillingError,
  endSandboxCheckout,
  followOrder,
  PaymentProviderError,
  readOrder,
  readSandboxPayment,
  redeemCode,
} from '@ai-bridge/billing';
import { z } from 'zod';
import { billingActor } from '#server/billing-actor.ts';
import { refuse } from '#server/errors.ts';
import { authorized, heldInMaintenance, router } from '#server/trpc.ts';

const checkout = z.object({ sessionId: z.string().min(1).max(100) });

export const paymentRouter = router({
  /** What the sandbox's page asks to pay. */
  sandbox: authorized('order.create')
    .input(checkout)
    .query(async ({ ctx: { deps, organizationId }, input }) => {
      const { payment, order } = await findSandboxOrder(deps.billing, organizationId, input.sessionId);
      const { id: orderId, planId, title, tokens, bonusTokens, amountMinor, currency } = order;
      return { orderId, planId, title, tokens, bonusTokens, amountMinor, currency, status: payment.status };
    }),

  /** A button of the sandbox's page: what the order comes to is there with the answer. */
  endSandbox: authorized('order.create')
    .input(checkout.extend({ end: z.enum(['paid', 'declined', 'expired']) }))
    .mutation(async ({ ctx: { deps, organizationId }, input }) => {
      const { order } = await findSandboxOrder(deps.billing, organizationId, input.sessionId);
      await endSandboxCheckout(deps.database, input.sessionId, input.end);
      return { orderId: order.id, state: await followOrder(deps.billing, order.id) };
    }),

  /** Turns a code that somebody gave away into credit of the organization's. */
  redeem: authorized('order.create')
    .use(heldInMaintenance)
    .input(z.object({ code: z.string().min(1).max(100) }))
    .mutation(({ ctx: { deps, organizationId, actor }, input }) => {
      if (!deps.checkoutThrottle.admitCode(organizationId)) throw refuse('too_many_attempts');
      const redeem = { code: input.code, organizationId, pepper: deps.keyPepper, actor: billingActor(actor) };
      return redeemCode(deps.billing, redeem);
    }),
});

/**
 * A sandbox checkout of the organization's own. Where a real provider takes the money, nothing is paid here any more, whatever was begun
 * before. @throws BillingError payments_unavailable; not_found
 */
async function findSandboxOrder(billing: BillingDeps, organizationId: string, sessionId: string) {
  const { database, providers } = billing;
  if (providers.current?.name !== 'sandbox') throw new BillingError('payments_unavailable', 'there is no sandbox here');
  const payment = await readSandboxPayment(database, sessionId).catch((error: unknown) => {
    throw error instanceof PaymentProviderError ? refuse('not_found') : error;
  });
  return { payment, order: await readOrder(database, { orderId: payment.orderId, organizationId }) };
}
