import { readBalance } from '@ai-bridge/ledger';
import type { FakeEvent } from '@ai-bridge/testing/stripe';
import { expect, test } from 'vitest';
import { alarmKinds, clock, openOrder, type Shop, site, stateOf, tell, withShop } from '../billing.fixture.ts';
import { chooseProviders } from '../payments/choose-providers.ts';
import { listRefunds } from '../refunds/refund-row.ts';
import { applyEvents } from './apply-events.ts';
import { receiveEvent } from './receive-event.ts';

let { db, stripe, deps, organizationId } = {} as Shop;
withShop('events', 30, (shop) => {
  ({ db, stripe, deps, organizationId } = shop);
  clock.aheadMs = 0;
});

const posted = async (id = organizationId) => (await readBalance(db.database, id)).postedNanoUsd;
const receive = (rawBody: Buffer, signature: string | undefined) =>
  receiveEvent(deps, { provider: 'stripe', rawBody, signature });
/** Events since that many were there. */
const since = (count: number): FakeEvent[] => stripe.events.slice(count);
const inbox = (id: string) =>
  db.database.query('SELECT state, reason, attempts FROM payment_event WHERE id = $1', [id]).then(([row]) => row);

test('an event tells of a payment, and what it says is looked up: one credit', async () => {
  const count = stripe.events.length;
  const order = await openOrder(deps, organizationId);
  stripe.pay(order.sessionId);
  const [first] = since(count);
  await tell(deps, stripe.sign(first));
  expect(await posted()).toBe(10_000_000_000n);
  expect(await inbox(first!.id)).toMatchObject({ state: 'applied' });
});

test('the same event a hundred times at once, and applied by eight at once, credits once', async () => {
  const count = stripe.events.length;
  const order = await openOrder(deps, organizationId);
  stripe.pay(order.sessionId);
  const completed = since(count).find(({ type }) => type === 'checkout.session.completed');
  const received = await Promise.all(
    Array.from({ length: 100 }, () => {
      const { rawBody, signature } = stripe.sign(completed);
      return receive(rawBody, signature);
    }),
  );
  expect(received.filter(({ isNew }) => isNew)).toHaveLength(1);
  await Promise.all(Array.from({ length: 8 }, () => applyEvents(deps)));
  expect(await posted()).toBe(10_000_000_000n);
  expect(await stateOf(deps, order.id)).toBe('paid');
});

test('forged, unsigned, altered, old and future events are refused, and leave nothing', async () => {
  const order = await openOrder(deps, organizationId);
  const event = { ...stripe.events.at(-1), object: 'event', id: 'evt_forged', type: 'checkout.session.completed' };
  event.data = { object: { ...stripe.get(order.sessionId), payment_status: 'paid', status: 'complete' } };
  const good = stripe.sign(event);
  const bodies: [Buffer, string | undefined][] = [
    [good.rawBody, undefined],
    [good.rawBody, ''],
    [good.rawBody, good.signature.replace('v1=', 'v0=')],
    [good.rawBody, stripe.sign(event, { secret: '' }).signature],
    [good.rawBody, stripe.sign(event, { secret: ' ' }).signature],
    [good.rawBody, stripe.sign(event, { secret: 'whsec_somebody_elses_secret' }).signature],
    [good.rawBody, stripe.sign(event, { atMs: clock.now() - 302_000 }).signature],
    [good.rawBody, stripe.sign(event, { atMs: clock.now() + 302_000 }).signature],
    [Buffer.from(good.rawBody.toString().replace('"livemode": false', '"livemode": true')), good.signature],
    [Buffer.from(JSON.stringify(JSON.parse(good.rawBody.toString()))), good.signature],
    [Buffer.alloc(600_000, 'a'), good.signature],
  ];
  for (const [body, signature] of bodies) {
    await expect(receive(body, signature)).rejects.toMatchObject({ code: 'event_invalid' });
  }
  expect(await inbox('evt_forged')).toBeUndefined();
});

test('an event that lies, though it is signed, credits nothing: only what its provider says now counts', async () => {
  const order = await openOrder(deps, organizationId);
  const session = { ...stripe.get(order.sessionId), payment_status: 'paid', status: 'complete', amount_total: 990 };
  const lie = { id: 'evt_lie', object: 'event', type: 'checkout.session.completed', created: 1, livemode: false };
  await tell(deps, stripe.sign({ ...lie, data: { object: session } }));
  expect(await posted()).toBe(0n);
  expect(await stateOf(deps, order.id)).toBe('pending');
});

test('credit follows the checkout that we opened, not what its metadata or reference name', async () => {
  const victim = `${organizationId}_victim`;
  const [mine, theirs] = [await openOrder(deps, organizationId), await openOrder(deps, victim)];
  const session = stripe.get(mine.sessionId);
  session.client_reference_id = theirs.id;
  session.metadata = { bridge_order_id: theirs.id, bridge_organization_id: victim };
  const count = stripe.events.length;
  stripe.pay(mine.sessionId);
  await tell(deps, ...since(count).map((event) => stripe.sign(event)));
  expect([await posted(), await posted(victim)]).toEqual([10_000_000_000n, 0n]);
});

test('events of another mode or another account are set aside with an alarm, of other things without', async () => {
  const order = await openOrder(deps, organizationId);
  const count = stripe.events.length;
  stripe.pay(order.sessionId);
  const [event] = since(count);
  await tell(deps, stripe.sign({ ...event, id: 'evt_live', livemode: true }));
  await tell(deps, stripe.sign({ ...event, id: 'evt_connect', account: 'acct_1' }));
  const customer = { ...event, id: 'evt_customer', type: 'customer.created' };
  await tell(deps, stripe.sign({ ...customer, data: { object: { id: 'cus_1', object: 'customer' } } }));
  await tell(
    deps,
    stripe.sign({ ...event, id: 'evt_strange', data: { object: { id: 'ch_nobody', object: 'charge' } } }),
  );
  const thin = { id: 'evt_thin', object: 'v2.core.event', type: 'v1.billing.meter', created: '2026-01-01' };
  expect(await receive(...(Object.values(stripe.sign(thin)) as [Buffer, string]))).toEqual({ isNew: false });
  expect(await inbox('evt_live')).toMatchObject({ state: 'set_aside', reason: 'wrong_mode' });
  expect(await inbox('evt_connect')).toMatchObject({ state: 'set_aside', reason: 'other_account' });
  expect(await inbox('evt_customer')).toMatchObject({ state: 'set_aside', reason: 'not_followed' });
  expect(await inbox('evt_strange')).toMatchObject({ state: 'set_aside', reason: 'no_order_of_ours' });
  expect(await alarmKinds(db.database, 'evt_live')).toEqual(['wrong_mode']);
  expect(await alarmKinds(db.database, 'evt_connect')).toEqual(['other_account']);
  expect(await alarmKinds(db.database, 'evt_customer')).toEqual([]);
  expect(await posted()).toBe(0n);
});

/** Every order that a few things can come in. */
function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, place) => permutations(items.toSpliced(place, 1)).map((rest) => [item, ...rest]));
}

test('all orders of the events of a payment, a refund in the Dashboard and a lost dispute end the same', async () => {
  const count = stripe.events.length;
  const orders = await Promise.all(
    Array.from({ length: 24 }, (_, place) => openOrder(deps, `${organizationId}_${place}`)),
  );
  for (const { sessionId } of orders) {
    stripe.pay(sessionId);
    stripe.refundInDashboard(sessionId, 495);
    const dispute = stripe.dispute(sessionId);
    stripe.moveDispute(dispute, 'lost');
  }
  const told = since(count);
  const kinds = ['checkout.session.completed', 'refund.created', 'charge.refunded', 'charge.dispute.closed'];
  const ways = permutations(kinds);
  for (const [place, order] of orders.entries()) {
    const intent = stripe.get(order.sessionId).payment_intent;
    const isOf = ({ data: { object } }: FakeEvent) =>
      [object.id, object.payment_intent].includes(order.sessionId) || object.payment_intent === intent;
    for (const kind of ways[place]!) {
      const event = told.find((one) => one.type === kind && isOf(one));
      await tell(deps, stripe.sign(event));
    }
  }
  for (const [place, order] of orders.entries()) {
    expect(await stateOf(deps, order.id)).toBe('disputed');
    expect(await posted(`${organizationId}_${place}`)).toBe(0n);
    const [refund, ...others] = await listRefunds(db.database, order.id);
    expect(others).toEqual([]);
    expect(refund).toMatchObject({
      origin: 'provider',
      state: 'succeeded',
      amountMinor: 495n,
      takenNanoUsd: 5_000_000_000n,
    });
  }
}, 60_000);

test('an event that cannot be applied now is applied later, and one that never can calls a person', async () => {
  const order = await openOrder(deps, organizationId);
  const count = stripe.events.length;
  stripe.pay(order.sessionId);
  const completed = since(count).find(({ type }) => type === 'checkout.session.completed')!;
  const path = `/v1/checkout/sessions/${order.sessionId}`;
  const away = () => stripe.mishaps('GET', path, ...Array.from({ length: 3 }, () => ({ status: 500 })));
  away();
  await tell(deps, stripe.sign(completed));
  expect(await inbox(completed.id)).toMatchObject({ state: 'received', attempts: 1 });
  expect(await posted()).toBe(0n);
  await db.database.query(
    `UPDATE payment_event SET attempts = 19, next_attempt_at = now() - interval '1 s' WHERE id = $1`,
    [completed.id],
  );
  away();
  await applyEvents(deps);
  expect(await inbox(completed.id)).toMatchObject({ state: 'failed' });
  expect(await alarmKinds(db.database, completed.id)).toEqual(['event_failed']);
  await db.database.query(
    `UPDATE payment_event SET state = 'received', next_attempt_at = now() - interval '1 s' WHERE id = $1`,
    [completed.id],
  );
  await applyEvents(deps);
  expect(await posted()).toBe(10_000_000_000n);
}, 60_000);

test('a process that dies between the inbox and the credit leaves the event to the next one', async () => {
  const order = await openOrder(deps, organizationId);
  const count = stripe.events.length;
  stripe.pay(order.sessionId);
  const { rawBody, signature } = stripe.sign(since(count)[0]);
  await receive(rawBody, signature);
  await db.database.query(
    `UPDATE payment_event SET attempts = 1, next_attempt_at = now() + interval '2 min' WHERE state = 'received'`,
  );
  expect(await applyEvents(deps)).toBe(0);
  clock.aheadMs = 121_000;
  await applyEvents(deps);
  expect(await posted()).toBe(10_000_000_000n);
});

test('payments do not start with a key and no webhook secret, or with anything that is no key', async () => {
  const choose = (env: Record<string, string>) => () =>
    chooseProviders({ database: db.database, clock, env, siteUrl: site, isSandboxAllowed: true });
  const key = { STRIPE_SECRET_KEY: 'sk_test_abc' };
  expect(choose(key)).toThrow('STRIPE_WEBHOOK_SECRET');
  for (const secret of ['', ' ', 'whsec_', 'secret', `${stripe.webhookSecret},`]) {
    expect(choose({ ...key, STRIPE_WEBHOOK_SECRET: secret })).toThrow('STRIPE_WEBHOOK_SECRET');
  }
  expect(choose({ STRIPE_SECRET_KEY: 'pk_test_abc', STRIPE_WEBHOOK_SECRET: stripe.webhookSecret })).toThrow(
    'STRIPE_SECRET_KEY',
  );
  const { current } = choose({ ...key, STRIPE_WEBHOOK_SECRET: `${stripe.webhookSecret},whsec_0123456789abcdefnext` })();
  expect(current?.name).toBe('stripe');
  const signed = stripe.sign({ id: 'x', object: 'other' }, { secret: 'whsec_0123456789abcdefnext' });
  expect(current?.readEvent(signed.rawBody, signed.signature)).toBeUndefined();
  expect(choose({})().current?.name).toBe('sandbox');
});
