import { readBalance } from '@ai-bridge/ledger';
import { expect, test } from 'vitest';
import { buy, clock, openOrder, type Shop, stateOf, tell, withShop } from './billing.fixture.ts';
import { billingJobs } from './jobs.ts';
import { reconcile } from './reconcile.ts';
import { listRefunds } from './refunds/refund-row.ts';

const minute = 60_000;
let { db, stripe, deps, organizationId } = {} as Shop;
withShop('reconcile', 20, (shop) => {
  ({ db, stripe, deps, organizationId } = shop);
});

const posted = async () => (await readBalance(db.database, organizationId)).postedNanoUsd;

test('payments, refunds and disputes that no webhook told are found, and what comes late changes nothing', async () => {
  await reconcile(deps);
  const count = stripe.events.length;
  const [paid, refunded, disputed] = [
    await openOrder(deps, organizationId),
    await buy(deps, stripe, organizationId),
    await buy(deps, stripe, organizationId),
  ];
  stripe.pay(paid.sessionId);
  stripe.refundInDashboard(refunded.sessionId);
  stripe.dispute(disputed.sessionId);
  clock.aheadMs += 10 * minute;
  expect(await reconcile(deps)).toMatchObject({ isMine: true });
  expect(await Promise.all([paid, refunded, disputed].map(({ id }) => stateOf(deps, id)))).toEqual([
    'paid',
    'refunded',
    'disputed',
  ]);
  expect(await posted()).toBe(10_000_000_000n);
  await tell(deps, ...stripe.events.slice(count).map((event) => stripe.sign(event)));
  expect(await posted()).toBe(10_000_000_000n);
  expect(await reconcile(deps)).toMatchObject({ missedEvents: 0, differingOrders: 0 });
});

test('a key that may not read events still finds what differs, by the lists of checkouts, refunds and disputes', async () => {
  const [paid, refunded] = [await openOrder(deps, organizationId), await buy(deps, stripe, organizationId)];
  stripe.pay(paid.sessionId);
  stripe.refundInDashboard(refunded.sessionId, 100);
  await db.database.query(
    `INSERT INTO payment_event (id, provider, type, object_type, object_id, livemode, occurred_at, state, reason)
     SELECT id, 'stripe', 'x', 'x', 'x', false, now(), 'set_aside', 'not_followed' FROM unnest($1::text[]) id ON CONFLICT DO NOTHING`,
    [stripe.events.map(({ id }) => id)],
  );
  clock.aheadMs += 10 * minute;
  expect(await reconcile(deps)).toMatchObject({ missedEvents: 0, differingOrders: 2 });
  expect(await stateOf(deps, paid.id)).toBe('paid');
  expect(await listRefunds(db.database, refunded.id)).toMatchObject([{ origin: 'provider', amountMinor: 100n }]);
});

test('a refund that fails days later, unheard, is found by its event', async () => {
  const order = await buy(deps, stripe, organizationId);
  const refund = stripe.refundInDashboard(order.sessionId);
  clock.aheadMs += 10 * minute;
  await reconcile(deps);
  expect(await posted()).toBe(0n);
  for (let day = 0; day < 4; day++) {
    clock.aheadMs += 24 * 60 * minute;
    await reconcile(deps);
  }
  stripe.moveRefund(refund, 'failed');
  clock.aheadMs += 10 * minute;
  expect(await reconcile(deps)).toMatchObject({ missedEvents: 1 });
  expect(await posted()).toBe(10_000_000_000n);
});

test('one process compares at a time, and one that failed is taken over', async () => {
  clock.aheadMs += 10 * minute;
  const all = await Promise.all([reconcile(deps), reconcile(deps), reconcile(deps)]);
  expect(all.filter(({ isMine }) => isMine)).toHaveLength(1);
  stripe.mishaps('GET', '/v1/events', { status: 500 }, { status: 500 }, { status: 500 });
  clock.aheadMs += 10 * minute;
  await expect(reconcile(deps)).rejects.toMatchObject({ failure: 'unavailable' });
  expect(await reconcile(deps)).toMatchObject({ isMine: false });
  clock.aheadMs += 10 * minute;
  expect(await reconcile(deps)).toMatchObject({ isMine: true });
}, 60_000);

test('the jobs apply, submit, expire and reconcile by themselves, and stop when they are told', async () => {
  const errors: unknown[] = [];
  const order = await openOrder(deps, organizationId);
  stripe.pay(order.sessionId);
  clock.aheadMs += 10 * minute;
  const jobs = billingJobs(
    { ...deps, readChargedNanoUsd: async () => 0n, readModelDays: async () => [] },
    (_job, error) => errors.push(error),
  );
  jobs.poke();
  await expect.poll(() => stateOf(deps, order.id), { timeout: 10_000 }).toBe('paid');
  await jobs.stop();
  expect(errors).toEqual([]);
});
