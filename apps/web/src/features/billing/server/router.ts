import {
  BillingError,
  beginSetup,
  chooseSandboxCard,
  forgetPaymentMethod,
  maxAlertThresholds,
  maxThresholdNanoUsd,
  maxTopUpsPerMonth,
  readSandboxCard,
  sandboxCardKinds,
  setAlertTerms,
  setAutoTopUp,
  stopAutoTopUp,
} from '@ai-bridge/billing';
import { z } from 'zod';
import { billingActor } from '#server/billing-actor.ts';
import { refuse } from '#server/errors.ts';
import { authorized, heldInMaintenance, router } from '#server/trpc.ts';
import { readBillingPage } from './read-billing-page.ts';

const id = z.string().min(1).max(100);
const amountNanoUsd = z.bigint().min(1n).max(maxThresholdNanoUsd);
/** Far above what can be bought: what is sold decides billing. */
const maxAmountMinor = 1_000_000_000_000n;

export const billingRouter = router({
  /** Credit by where it came from, what is bought by itself, and when somebody is told. */
  read: authorized('balance.read')
    .input(z.object({ awaited: z.boolean().default(false) }))
    .query(({ ctx: { deps, organizationId }, input }) => {
      const isAwaited = input.awaited && deps.checkoutThrottle.admitLook(`${organizationId} card`);
      return readBillingPage(deps.billing, { organizationId, isAwaited });
    }),

  /** When somebody is told that the balance is low; null: as usual, empty: never. */
  setAlerts: authorized('order.create')
    .input(z.object({ thresholdsNanoUsd: z.array(amountNanoUsd).max(maxAlertThresholds).nullable() }))
    .mutation(({ ctx: { deps, organizationId, actor }, input }) => {
      const thresholdsNanoUsd = input.thresholdsNanoUsd ?? undefined;
      const change = { organizationId, thresholdsNanoUsd, actor: billingActor(actor) };
      return deps.database.transaction((sql) => setAlertTerms(sql, change));
    }),

  /** Leads to where a card is saved. */
  saveCard: authorized('order.create')
    .use(heldInMaintenance)
    .mutation(({ ctx: { deps, organizationId, session } }) => {
      const waitMs = deps.checkoutThrottle.takeOrder(organizationId);
      if (waitMs > 0) throw refuse('too_many_attempts', waitMs);
      return beginSetup(deps.billing, { organizationId, userId: session.user.id });
    }),

  forgetCard: authorized('order.create').mutation(({ ctx: { deps, organizationId, actor } }) =>
    forgetPaymentMethod(deps.billing, { organizationId, actor: billingActor(actor) }),
  ),

  /** Switches automatic top-up on, or changes it. */
  setTopUp: authorized('order.create')
    .use(heldInMaintenance)
    .input(
      z.object({
        belowNanoUsd: amountNanoUsd,
        wish: z.union([
          z.strictObject({ planId: id }),
          z.strictObject({ amountMinor: z.bigint().min(1n).max(maxAmountMinor) }),
        ]),
        maxPerMonth: z.number().int().min(1).max(maxTopUpsPerMonth),
      }),
    )
    .mutation(({ ctx: { deps, organizationId, actor, session }, input }) => {
      const by = { ...billingActor(actor), userId: session.user.id };
      const { belowNanoUsd, wish, maxPerMonth } = input;
      return setAutoTopUp(deps.billing, { organizationId, belowNanoUsd, wish, maxPerMonth, actor: by });
    }),

  stopTopUp: authorized('order.create').mutation(({ ctx: { deps, organizationId, actor } }) =>
    stopAutoTopUp(deps.billing, { organizationId, actor: billingActor(actor) }),
  ),

  /** The sandbox's page for a card. */
  sandboxCard: authorized('order.create')
    .input(z.object({ setupId: id }))
    .query(async ({ ctx: { deps, organizationId }, input }) => {
      if (deps.billing.providers.current?.name !== 'sandbox')
        throw new BillingError('payments_unavailable', 'there is no sandbox here');
      const card = await readSandboxCard(deps.database, input.setupId);
      if (card?.organizationId !== organizationId) throw refuse('not_found');
      return { kind: card.kind };
    }),

  /** A button of that page. */
  chooseSandboxCard: authorized('order.create')
    .input(z.object({ setupId: id, kind: z.enum(sandboxCardKinds) }))
    .mutation(async ({ ctx: { deps, organizationId }, input }) => {
      if (deps.billing.providers.current?.name !== 'sandbox')
        throw new BillingError('payments_unavailable', 'there is no sandbox here');
      const card = await readSandboxCard(deps.database, input.setupId);
      if (card?.organizationId !== organizationId) throw refuse('not_found');
      await chooseSandboxCard(deps.database, input.setupId, input.kind);
      await readBillingPage(deps.billing, { organizationId, isAwaited: true });
    }),
});
