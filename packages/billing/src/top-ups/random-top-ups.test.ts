import { verifyBooks } from '@ai-bridge/ledger';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { clock, makeOrganization, type Shop, withShop } from '../billing.fixture.ts';
import { lookAtOrders } from '../orders/look-at-orders.ts';
import { stopAutoTopUp } from './set-auto-top-up.ts';
import { topUp } from './top-up.ts';
import { midMonthMs, topUpActs } from './top-up-acts.fixture.ts';

const minute = 60_000;
let shop = {} as Shop;
let histories = 0;
withShop('random_top_ups', 40, (opened) => {
  shop = opened;
});
afterEach(() => {
  clock.aheadMs = 0;
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
        const { db, stripe, deps } = shop;
        const organizationId = `org_random_top_up_${++histories}`;
        await makeOrganization(db.database, organizationId);
        const { saveCard, turnOn, posted, orders, useUp, topUps, takenByStripe } = topUpActs({
          ...shop,
          organizationId,
        });
        clock.aheadMs = midMonthMs - Date.now();
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
