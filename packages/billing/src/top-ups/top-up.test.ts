import { captureBatch, grantCredit, readBalance, verifyBooks } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { type CardBehaviour, type FakeStripe, startFakeStripe } from '@ai-bridge/testing/stripe';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { clock, makeOrganization, makePlans, stripeDeps, tell } from '../billing.fixture.ts';
import type { BillingDeps } from '../deps.ts';
import { orderTermMs } from '../orders/create-order.ts';
import { followOrder } from '../orders/follow-order.ts';
import { lookAtOrders } from '../orders/look-at-orders.ts';
import { listOrders } from '../orders/order-row.ts';
import { findPaymentMethod } from '../payment-methods/payment-method-row.ts';
import { beginSetup, followSetup, forgetPaymentMethod } from '../payment-methods/save-payment-method.ts';
import { approveRefund } from '../refunds/approve-refund.ts';
import { requestRefund } from '../refunds/request-refund.ts';
import { submitRefund } from '../refunds/submit-refund.ts';
import { findAutoTopUp } from './auto-top-up.ts';
import { declineWaitMs } from './end-top-up.ts';
import { type AutoTopUpWish, setAutoTopUp, stopAutoTopUp } from './set-auto-top-up.ts';
import { topUp } from './top-up.ts';

const billion = 1_000_000_000n;
const minute = 60_000;
const userId = 'usr_owner';
let db: TestDatabase;
let stripe: FakeStripe;
let deps: BillingDeps;
let organizationId = '';
let counter = 0;

beforeAll(async () => {
  db = await createTestDatabase(40);
  stripe = await startFakeStripe({ nowMs: clock.now });
  deps = stripeDeps(db.database, stripe);
  await makePlans(db.database);
});
afterAll(async () => {
  expect(await verifyBooks(db.database)).toEqual([]);
  await stripe.stop();
  await db.drop();
});
beforeEach(async () => {
  organizationId = `org_top_up_${++counter}`;
  await makeOrganization(db.database, organizationId);
  // The middle of a month: tests set the clock ahead, and not by weeks.
  clock.aheadMs = Date.UTC(2027, 2, 10) - Date.now();
});
afterEach(async () => {
  stripe.behave();
  await db.database.query('UPDATE auto_top_up SET is_on = false');
  await db.database.query(
    `UPDATE top_up SET state = 'failed', ended_at = now(), next_attempt_at = NULL WHERE state = 'open'`,
  );
  clock.aheadMs = 0;
});

/** Saves a card on Stripe's page. @returns the card's id there */
async function saveCard(behaviour: CardBehaviour = 'pays'): Promise<string> {
  await beginSetup(deps, { organizationId, userId });
  const { setupId } = (await method())!;
  const card = stripe.saveCard(setupId!, behaviour);
  await followSetup(deps, organizationId);
  return card;
}
const method = () => findPaymentMethod(db.database, deps.providers.current!, organizationId);
const turnOn = (more: Partial<AutoTopUpWish> = {}) =>
  setAutoTopUp(deps, {
    ...{ organizationId, belowNanoUsd: 2n * billion, wish: { planId: 'starter' }, maxPerMonth: 3, actor: { userId } },
    ...more,
  });
const auto = () => findAutoTopUp(db.database, organizationId);
const posted = async () => (await readBalance(db.database, organizationId)).postedNanoUsd;
const orders = () => listOrders(db.database, { organizationId, limit: 100 });
const useUp = async (chargeNanoUsd?: bigint) => {
  const charge = {
    requestId: `${organizationId}_${++counter}`,
    organizationId,
    chargeNanoUsd: chargeNanoUsd ?? (await posted()),
  };
  if (charge.chargeNanoUsd > 0n) await captureBatch(db.database, { workerId: 'w', charges: [charge] });
};
const topUps = () =>
  db.database.query<{ state: string; failure: string | null }>(
    'SELECT state, failure FROM top_up WHERE organization_id = $1 ORDER BY id',
    [organizationId],
  );
const mails = async (template: string) =>
  (
    await db.database.query<{ text: string }>(
      'SELECT text FROM mail WHERE organization_id = $1 AND template = $2 ORDER BY id',
      [organizationId, template],
    )
  ).map(({ text }) => text);
/** What Stripe has taken of this organization. */
const takenByStripe = () =>
  stripe.events.filter(
    ({ type, data }) =>
      type === 'payment_intent.succeeded' &&
      (data.object.metadata as Record<string, string>).bridge_organization_id === organizationId,
  ).length;

test('a balance below what was set buys what was agreed to, once, by the very path of every order, and says so', async () => {
  await grantCredit(db.database, {
    key: organizationId,
    organizationId,
    amountNanoUsd: 3n * billion,
    reason: 'a',
    actor: 'a',
  });
  await saveCard();
  await turnOn();
  await topUp(deps);
  expect(await orders()).toEqual([]);
  await useUp(billion + 1n);
  await topUp(deps);
  await topUp(deps);
  const [order, ...more] = await orders();
  expect(more).toEqual([]);
  expect(order).toMatchObject({ state: 'paid', planId: 'starter', amountMinor: 990n, createdByUserId: userId });
  expect(order!.paymentId).toMatch(/^pi_/);
  expect(await posted()).toBe(2n * billion - 1n + 10n * billion);
  expect(await topUps()).toEqual([{ state: 'paid', failure: null }]);
  expect(await mails('order-paid')).toEqual([expect.stringContaining('Automatic top-up bought them')]);
});

test('twenty runs at once make one order and one charge', async () => {
  await saveCard();
  await turnOn();
  await Promise.all(Array.from({ length: 20 }, () => topUp(deps)));
  await topUp(deps);
  expect(await orders()).toHaveLength(1);
  expect(takenByStripe()).toBe(1);
  expect(await posted()).toBe(10n * billion);
});

test('the month’s cap holds to the last purchase, and the next month begins anew', async () => {
  await saveCard();
  await turnOn({ maxPerMonth: 2 });
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 4 }, () => topUp(deps)));
    await useUp();
    clock.aheadMs += minute;
  }
  expect(takenByStripe()).toBe(2);
  clock.aheadMs = Date.UTC(2027, 3, 1) - 1_000 - Date.now();
  await topUp(deps);
  expect(takenByStripe()).toBe(2);
  clock.aheadMs += 2_000;
  await topUp(deps);
  expect(takenByStripe()).toBe(3);
  expect(await orders()).toHaveLength(3);
});

test('whichever replies are lost, and however often it is tried again: one order, one charge, credited once', async () => {
  const lost = (times: number) => Array.from({ length: times }, () => 'lose reply' as const);
  // The library tries three times by itself.
  const paths = ['/v1/payment_intents', /^\/v1\/payment_intents\/\w+\/confirm$/] as const;
  for (const path of paths) {
    organizationId = `org_top_up_${++counter}`;
    await makeOrganization(db.database, organizationId);
    await saveCard();
    await turnOn();
    stripe.mishaps('POST', path, ...lost(5));
    await topUp(deps);
    expect(await topUps()).toMatchObject([{ state: 'open' }]);
    stripe.forgetKeys();
    for (let round = 0; round < 6; round++) {
      clock.aheadMs += 5 * minute;
      await topUp(deps);
    }
    expect(await orders()).toMatchObject([{ state: 'paid' }]);
    expect(takenByStripe()).toBe(1);
    expect(await posted()).toBe(10n * billion);
  }
}, 60_000);

test('a charge whose reply was lost is credited by its webhook too, and then not charged again', async () => {
  await saveCard();
  await turnOn();
  stripe.mishaps('POST', /\/confirm$/, ...Array.from({ length: 3 }, () => 'lose reply' as const));
  await topUp(deps);
  expect(await posted()).toBe(0n);
  const paid = stripe.events.findLast(({ type }) => type === 'payment_intent.succeeded')!;
  await tell(deps, stripe.sign(paid));
  expect(await posted()).toBe(10n * billion);
  clock.aheadMs += 10 * minute;
  await topUp(deps);
  expect(await topUps()).toEqual([{ state: 'paid', failure: null }]);
  expect(takenByStripe()).toBe(1);
}, 60_000);

test('while the provider is away nothing is bought twice, and a new order is tried after the first one’s term', async () => {
  await saveCard();
  await turnOn();
  stripe.mishaps('POST', '/v1/payment_intents', ...Array.from({ length: 12 }, () => ({ status: 503 })));
  await topUp(deps);
  clock.aheadMs += orderTermMs + minute;
  await lookAtOrders(deps);
  await topUp(deps);
  expect(await topUps()).toEqual([{ state: 'failed', failure: 'unavailable' }]);
  expect((await auto())?.isOn).toBe(true);
  stripe.behave();
  clock.aheadMs += 11 * minute;
  await topUp(deps);
  expect((await orders()).map(({ state }) => state)).toEqual(['paid', 'expired']);
  expect(takenByStripe()).toBe(1);
  expect(await mails('top-up-failed')).toEqual([]);
}, 60_000);

test('a bank that declines is asked three times, hours apart, then it is switched off; each time is told', async () => {
  await saveCard('declines');
  await turnOn();
  for (let round = 1; round <= 3; round++) {
    await topUp(deps);
    clock.aheadMs += 30 * minute;
    await topUp(deps);
    expect(await topUps()).toHaveLength(round);
    expect(await mails('top-up-failed')).toHaveLength(round);
    clock.aheadMs += declineWaitMs;
  }
  await topUp(deps);
  expect(await topUps()).toEqual(Array.from({ length: 3 }, () => ({ state: 'failed', failure: 'declined' })));
  expect(await auto()).toMatchObject({ isOn: false, offReason: 'declined' });
  const told = await mails('top-up-failed');
  expect(told[0]).toContain('It is tried again after');
  expect(told[2]).toContain('stays off');
  expect((await orders()).every(({ state }) => state === 'canceled')).toBe(true);
  expect(takenByStripe()).toBe(0);
  expect(await posted()).toBe(0n);
});

test('a payment after declines begins the count anew, and declined ones do not use up the month', async () => {
  const card = await saveCard('declines');
  await turnOn({ maxPerMonth: 1 });
  for (let round = 0; round < 2; round++) {
    await topUp(deps);
    clock.aheadMs += declineWaitMs + minute;
  }
  stripe.cardBecomes(card, 'pays');
  await topUp(deps);
  expect(takenByStripe()).toBe(1);
  expect(await auto()).toMatchObject({ isOn: true, declines: 0 });
});

test('a bank that wants the owner switches it off at once; so does a card that is gone', async () => {
  await saveCard('wants its owner');
  await turnOn();
  await topUp(deps);
  expect(await auto()).toMatchObject({ isOn: false, offReason: 'authentication_required' });
  expect(await mails('top-up-failed')).toEqual([expect.stringContaining('confirm the payment yourself')]);
  const card = await saveCard();
  await turnOn();
  stripe.cardBecomes(card, 'pays');
  Object.assign(stripe.get(card), { customer: null });
  await topUp(deps);
  expect(await auto()).toMatchObject({ isOn: false, offReason: 'method_missing' });
  expect((await orders()).map(({ state }) => state)).toEqual(['canceled', 'canceled']);
  expect(takenByStripe()).toBe(0);
});

test('a payment that takes its time holds up the next one, and is credited when it arrives', async () => {
  await saveCard('pays later');
  await turnOn();
  for (let round = 0; round < 4; round++) {
    await topUp(deps);
    clock.aheadMs += 90 * minute;
    await lookAtOrders(deps);
  }
  const [order, ...more] = await orders();
  expect(more).toEqual([]);
  expect(order).toMatchObject({ state: 'pending' });
  stripe.chargeArrives(order!.sessionId!);
  clock.aheadMs += 90 * minute;
  await topUp(deps);
  expect(await topUps()).toEqual([{ state: 'paid', failure: null }]);
  expect(await posted()).toBe(10n * billion);
}, 60_000);

test('nothing is bought at another price than was agreed to: dearer or gone, it switches off and asks', async () => {
  await db.database.query(`INSERT INTO plan (id, tokens, amount_minor, currency) VALUES ($1, 10000000, 500, 'usd')`, [
    `plan_${organizationId}`,
  ]);
  await saveCard();
  await turnOn({ wish: { planId: `plan_${organizationId}` } });
  await db.database.query('UPDATE plan SET amount_minor = 501 WHERE id = $1', [`plan_${organizationId}`]);
  await topUp(deps);
  expect(await auto()).toMatchObject({ isOn: false, offReason: 'offer_changed' });
  await turnOn({ wish: { planId: `plan_${organizationId}` } });
  await db.database.query('UPDATE plan SET amount_minor = 499 WHERE id = $1', [`plan_${organizationId}`]);
  await topUp(deps);
  expect(await orders()).toMatchObject([{ state: 'paid', amountMinor: 499n }]);
  expect(await mails('top-up-failed')).toHaveLength(1);
});

test('what was switched off, or whose balance is frozen or organization suspended, buys nothing', async () => {
  await saveCard();
  await turnOn();
  await grantCredit(db.database, {
    key: organizationId,
    organizationId,
    amountNanoUsd: billion,
    reason: 'a',
    actor: 'a',
  });
  await db.database.query('UPDATE balance SET frozen_at = now() WHERE organization_id = $1', [organizationId]);
  await topUp(deps);
  await db.database.query('UPDATE balance SET frozen_at = NULL WHERE organization_id = $1', [organizationId]);
  await db.database.query(`UPDATE organization SET status = 'suspended' WHERE id = $1`, [organizationId]);
  await topUp(deps);
  await db.database.query(`UPDATE organization SET status = 'active' WHERE id = $1`, [organizationId]);
  await stopAutoTopUp(deps, { organizationId, actor: { userId } });
  await topUp(deps);
  expect(await orders()).toEqual([]);
  await turnOn();
  stripe.mishaps('POST', '/v1/payment_intents', ...Array.from({ length: 3 }, () => ({ status: 503 })));
  await topUp(deps);
  await stopAutoTopUp(deps, { organizationId, actor: { userId } });
  clock.aheadMs += 5 * minute;
  await topUp(deps);
  expect(await topUps()).toEqual([{ state: 'failed', failure: 'switched_off' }]);
  expect(takenByStripe()).toBe(0);
}, 60_000);

test('what cannot be right is refused: no card, a threshold that one purchase does not lift, more than a month has days', async () => {
  await expect(turnOn()).rejects.toMatchObject({ code: 'payment_method_needed' });
  await saveCard();
  for (const wrong of [
    { belowNanoUsd: 0n },
    { belowNanoUsd: 10n * billion + 1n },
    { maxPerMonth: 0 },
    { maxPerMonth: 32 },
    { maxPerMonth: 1.5 },
  ])
    await expect(turnOn(wrong)).rejects.toMatchObject({ code: 'top_up_invalid' });
  await expect(turnOn({ wish: { planId: 'hidden' } })).rejects.toMatchObject({ code: 'plan_not_on_sale' });
  await expect(turnOn({ wish: { amountMinor: 1n } })).rejects.toMatchObject({ code: 'amount_invalid' });
  expect(await auto()).toBeUndefined();
});

test('a card is saved by what Stripe says, told or asked for; a new one takes the old one’s place, and one can be forgotten', async () => {
  await beginSetup(deps, { organizationId, userId });
  expect(await followSetup(deps, organizationId)).toMatchObject({ methodId: null });
  const { setupId, customerId } = (await method())!;
  expect(stripe.get(customerId)).toMatchObject({ email: 'owner@example.com' });
  const first = stripe.saveCard(setupId!);
  await tell(deps, stripe.sign(stripe.events.at(-1)));
  expect(await method()).toMatchObject({ methodId: first, brand: 'visa', last4: '4242', setupId: null });
  const second = await saveCard();
  expect(await method()).toMatchObject({ methodId: second, customerId });
  expect(stripe.get(first).customer).toBeNull();
  await turnOn();
  await forgetPaymentMethod(deps, { organizationId, actor: { userId } });
  expect(await method()).toMatchObject({ methodId: null, brand: null });
  expect(stripe.get(second).customer).toBeNull();
  expect((await auto())?.isOn).toBe(false);
});

test('what was bought by itself can be refunded and disputed like any order', async () => {
  await saveCard();
  await turnOn();
  await topUp(deps);
  const [order] = await orders();
  await stopAutoTopUp(deps, { organizationId, actor: { userId } });
  const refund = await requestRefund(deps, {
    orderId: order!.id,
    organizationId,
    amountMinor: 495n,
    actor: { userId },
  });
  await approveRefund(deps, { refundId: refund.id, reason: 'unused', actor: { userId: 'usr_support' } });
  expect(await submitRefund(deps, refund.id)).toMatchObject({ state: 'succeeded' });
  stripe.dispute(order!.sessionId!);
  await tell(deps, ...stripe.events.slice(-1).map((event) => stripe.sign(event)));
  expect(await followOrder(deps, order!.id)).toBe('disputed');
  expect(await posted()).toBe(0n);
  expect(await mails('refund-requested')).toHaveLength(1);
  expect(await mails('refund-succeeded')).toHaveLength(1);
  expect(await mails('dispute-opened')).toHaveLength(1);
});

const step = fc.oneof(
  fc.record({ does: fc.constant('use' as const), share: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ does: fc.constant('run' as const), share: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ does: fc.constant('wait' as const), share: fc.integer({ min: 1, max: 400 }) }),
  fc.record({ does: fc.constant('card' as const), share: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ does: fc.constant('lose' as const), share: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ does: fc.constant('switch' as const), share: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ does: fc.constant('look' as const), share: fc.constant(0) }),
);
const behaviours = ['pays', 'declines', 'wants its owner', 'pays later'] as const;

test('whatever cards, replies, spending and people do: the cap holds, one is open at a time, and what Stripe took is what was credited', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 25 }),
      fc.integer({ min: 1, max: 3 }),
      async (steps, cap) => {
        organizationId = `org_top_up_${++counter}`;
        await makeOrganization(db.database, organizationId);
        clock.aheadMs = Date.UTC(2027, 2, 10) - Date.now();
        const card = await saveCard();
        await turnOn({ maxPerMonth: cap });
        for (const { does, share } of steps) {
          if (does === 'use') await useUp(((await posted()) * BigInt(share)) / 100n);
          if (does === 'run') await Promise.all(Array.from({ length: share }, () => topUp(deps)));
          if (does === 'wait') clock.aheadMs += share * minute;
          if (does === 'card') stripe.cardBecomes(card, behaviours[share]!);
          if (does === 'lose')
            stripe.mishaps(
              'POST',
              [/\/confirm$/, /\/cancel$/, '/v1/payment_intents'][share]!,
              'lose reply',
              'lose reply',
              'lose reply',
            );
          if (does === 'switch')
            await (share === 0 ? stopAutoTopUp(deps, { organizationId, actor: {} }) : turnOn({ maxPerMonth: cap }));
          if (does === 'look') await lookAtOrders(deps);
          const open = (await topUps()).filter(({ state }) => state === 'open');
          expect(open.length).toBeLessThanOrEqual(1);
        }
        stripe.behave();
        for (const { sessionId } of await orders())
          if (sessionId && stripe.get(sessionId).status === 'processing') stripe.chargeArrives(sessionId);
        await stopAutoTopUp(deps, { organizationId, actor: {} });
        for (let round = 0; round < 4; round++) {
          clock.aheadMs += 2 * 60 * minute;
          await lookAtOrders(deps);
          await topUp(deps);
        }
        const credited = (await orders()).filter(({ state }) => state === 'paid');
        expect(takenByStripe()).toBe(credited.length);
        expect(credited.length).toBeLessThanOrEqual(cap);
        expect((await topUps()).map(({ state }) => state)).not.toContain('open');
        expect((await topUps()).filter(({ state }) => state === 'paid')).toHaveLength(credited.length);
        expect(await verifyBooks(db.database)).toEqual([]);
      },
    ),
    { numRuns: 20, endOnFailure: true },
  );
}, 240_000);
