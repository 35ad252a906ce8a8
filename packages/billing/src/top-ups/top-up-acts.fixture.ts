import { captureBatch, readBalance } from '@ai-bridge/ledger';
import type { CardBehaviour } from '@ai-bridge/testing/stripe';
import type { Shop } from '../billing.fixture.ts';
import { listOrders } from '../orders/order-row.ts';
import { findPaymentMethod } from '../payment-methods/payment-method-row.ts';
import { beginSetup, followSetup } from '../payment-methods/save-payment-method.ts';
import { findAutoTopUp } from './auto-top-up.ts';
import { type AutoTopUpWish, setAutoTopUp } from './set-auto-top-up.ts';

export const userId = 'usr_owner';
/** The middle of a month: tests set the clock ahead, and not by weeks. */
export const midMonthMs = Date.UTC(2027, 2, 10);
const twoBillion = 2_000_000_000n;

export type TopUpActs = ReturnType<typeof topUpActs>;

/** What an owner, requests and Stripe do around automatic top-up, for one organization of a shop; and what came of it. */
export function topUpActs({ db, stripe, deps, organizationId }: Shop) {
  let spent = 0;
  const provider = deps.providers.current;
  if (!provider) throw new Error('the shop has no payment provider');
  const method = () => findPaymentMethod(db.database, provider, organizationId);
  /** Saves a card on Stripe's page. @returns the card's id there */
  const saveCard = async (behaviour: CardBehaviour = 'pays') => {
    await beginSetup(deps, { organizationId, userId });
    const setupId = (await method())?.setupId;
    if (!setupId) throw new Error('no page was opened to save a card');
    const card = stripe.saveCard(setupId, behaviour);
    await followSetup(deps, organizationId);
    return card;
  };
  const turnOn = (more: Partial<AutoTopUpWish> = {}) =>
    setAutoTopUp(deps, {
      ...{ organizationId, belowNanoUsd: twoBillion, wish: { planId: 'starter' }, maxPerMonth: 3, actor: { userId } },
      ...more,
    });
  const auto = () => findAutoTopUp(db.database, organizationId);
  const posted = async () => (await readBalance(db.database, organizationId)).postedNanoUsd;
  const orders = () => listOrders(db.database, { organizationId, limit: 100 });
  /** Requests that cost so much, or all that is there. */
  const useUp = async (amountNanoUsd?: bigint) => {
    const chargeNanoUsd = amountNanoUsd ?? (await posted());
    if (chargeNanoUsd === 0n) return;
    const requestId = `${organizationId}_${++spent}`;
    await captureBatch(db.database, { workerId: 'w', charges: [{ requestId, organizationId, chargeNanoUsd }] });
  };
  const topUps = () =>
    db.database.query<{ state: string; failure: string | null }>(
      'SELECT state, failure FROM top_up WHERE organization_id = $1 ORDER BY id',
      [organizationId],
    );
  const mails = async (template: string) => {
    const rows = await db.database.query<{ text: string }>(
      'SELECT text FROM mail WHERE organization_id = $1 AND template = $2 ORDER BY id',
      [organizationId, template],
    );
    return rows.map(({ text }) => text);
  };
  /** How often Stripe has taken money of this organization. */
  const takenByStripe = () =>
    stripe.events.filter(
      ({ type, data }) =>
        type === 'payment_intent.succeeded' &&
        (data.object.metadata as Record<string, string>).bridge_organization_id === organizationId,
    ).length;
  return { method, saveCard, turnOn, auto, posted, orders, useUp, topUps, mails, takenByStripe };
}
