import { readBalance } from '@ai-bridge/ledger';
import { expect, test } from 'vitest';
import { alarmKinds, clock, newClientKey, openOrder, type Shop, stateOf, withShop } from '../billing.fixture.ts';
import { listPlansOnSale } from '../plans/plans-on-sale.ts';
import { cancelOrder } from './cancel-order.ts';
import { type CreateOrderInput, createOrder, orderTermMs } from './create-order.ts';
import { listPriceTerms } from './custom-amount.ts';
import { followOrder } from './follow-order.ts';
import { lookAtOrders } from './look-at-orders.ts';
import { listOrders, readOrder } from './order-row.ts';
import { readReceiptUrl } from './receipt-url.ts';

let { db, stripe, deps, organizationId } = {} as Shop;
withShop('orders', 20, (shop) => {
  ({ db, stripe, deps, organizationId } = shop);
  clock.aheadMs = 0;
});

const input = (more: Partial<CreateOrderInput> = {}): CreateOrderInput => ({
  ...{ organizationId, userId: 'usr_1', clientKey: newClientKey(), wish: { planId: 'starter' } },
  ...more,
});
const posted = async () => (await readBalance(db.database, organizationId)).postedNanoUsd;

test('plans on sale are those of today that cost something, in the order of display', async () => {
  expect((await listPlansOnSale(db.database, new Date())).map(({ id }) => id)).toEqual(['big', 'starter']);
});

test('an order says what was sold, asks exactly its price, and is credited once it is paid', async () => {
  const order = await openOrder(deps, organizationId, 'big');
  expect(order).toMatchObject({ tokens: 30_000_000n, bonusTokens: 3_000_000n, amountMinor: 2_500n, currency: 'eur' });
  expect(stripe.get(order.sessionId)).toMatchObject({
    amount_total: 2_500,
    currency: 'eur',
    client_reference_id: order.id,
  });
  expect(await followOrder(deps, order.id)).toBe('pending');
  stripe.pay(order.sessionId);
  expect(await followOrder(deps, order.id)).toBe('paid');
  expect(await followOrder(deps, order.id)).toBe('paid');
  expect(await posted()).toBe(33_000_000_000n);
  expect(stripe.calls.every(({ apiVersion }) => apiVersion === '2026-10-28.endive')).toBe(true);
});

test('what is sold comes from our own tables: what is not on sale, and amounts beside the terms, are refused', async () => {
  for (const planId of ['over', 'gift', 'hidden', 'nowhere']) {
    await expect(createOrder(deps, input({ wish: { planId } }))).rejects.toMatchObject({ code: 'plan_not_on_sale' });
  }
  for (const amountMinor of [-1n, 0n, 499n, 100_001n]) {
    const wish = { amountMinor, terms: listPriceTerms };
    await expect(createOrder(deps, input({ wish }))).rejects.toMatchObject({ code: 'amount_invalid' });
  }
  await expect(createOrder(deps, input({ clientKey: 'a b' }))).rejects.toMatchObject({ code: 'client_key_invalid' });
  const wish = { amountMinor: 1_234n, terms: listPriceTerms };
  const { orderId } = await createOrder(deps, input({ wish }));
  expect(await readOrder(db.database, { orderId, organizationId })).toMatchObject({
    tokens: 12_340_000n,
    planId: null,
  });
  await expect(readOrder(db.database, { orderId, organizationId: 'org_other' })).rejects.toMatchObject({
    code: 'not_found',
  });
});

test('twenty clicks with one key are one order and one checkout', async () => {
  const click = input();
  const opened = await Promise.all(Array.from({ length: 20 }, () => createOrder(deps, click).catch(() => undefined)));
  const again = await createOrder(deps, click);
  expect(new Set(opened.filter(Boolean).map((one) => one?.checkoutUrl))).toEqual(new Set([again.checkoutUrl]));
  expect(await listOrders(db.database, { organizationId, limit: 10 })).toHaveLength(1);
  const sessions = stripe.calls.filter(({ idempotencyKey }) => idempotencyKey === `order:${again.orderId}`);
  expect(sessions.length).toBeGreaterThan(0);
  expect((await readOrder(db.database, { orderId: again.orderId, organizationId })).checkoutUrl).toBe(
    again.checkoutUrl,
  );
});

test('a key that began another order begins no second one, and says so', async () => {
  const click = input();
  await createOrder(deps, click);
  const amount = { amountMinor: 990n, terms: listPriceTerms };
  for (const wish of [{ planId: 'big' }, amount])
    await expect(createOrder(deps, { ...click, wish })).rejects.toMatchObject({ code: 'client_key_reused' });
  const own = input({ wish: amount });
  await createOrder(deps, own);
  const other = { ...amount, amountMinor: 991n };
  await expect(createOrder(deps, { ...own, wish: other })).rejects.toMatchObject({ code: 'client_key_reused' });
  expect(await listOrders(db.database, { organizationId, limit: 10 })).toHaveLength(2);
});

test('what a customer writes beside an order is kept with it, and nothing of it is sold', async () => {
  const { orderId } = await createOrder(deps, input({ description: 'for the tests' }));
  const order = await readOrder(db.database, { orderId, organizationId });
  expect(order).toMatchObject({ description: 'for the tests', title: 'Starter', tokens: 10_000_000n });
  const { orderId: long } = await createOrder(deps, input({ description: 'x'.repeat(300) }));
  expect((await readOrder(db.database, { orderId: long, organizationId })).description).toHaveLength(200);
});

test('a checkout whose reply was lost is found again by the same click, one that is refused closes its order', async () => {
  const click = input();
  stripe.mishaps('POST', '/v1/checkout/sessions', ...Array.from({ length: 3 }, () => 'lose reply' as const));
  await expect(createOrder(deps, click)).rejects.toMatchObject({ code: 'payment_provider_unavailable' });
  await createOrder(deps, click);
  const wish = { amountMinor: 1n, terms: { ...listPriceTerms, minMinor: 1n } };
  const tiny = input({ wish });
  await expect(createOrder(deps, tiny)).rejects.toMatchObject({ code: 'payment_provider_refused' });
  await expect(createOrder(deps, tiny)).rejects.toMatchObject({ code: 'order_closed' });
}, 60_000);

test('money that is not exactly what the order asks for credits nothing and calls a person', async () => {
  const wrongAmount = await openOrder(deps, organizationId);
  stripe.pay(wrongAmount.sessionId, { amount: 989 });
  const wrongCurrency = await openOrder(deps, organizationId);
  stripe.pay(wrongCurrency.sessionId, { currency: 'jpy' });
  for (const { id } of [wrongAmount, wrongCurrency]) {
    expect(await followOrder(deps, id)).toBe('pending');
    expect(await alarmKinds(db.database, id)).toEqual(['payment_mismatch']);
  }
  expect(await posted()).toBe(0n);
});

test('a method that pays later credits when the money arrives, and closes the order when it does not', async () => {
  const [comes, bounces] = [await openOrder(deps, organizationId), await openOrder(deps, organizationId)];
  for (const { id, sessionId } of [comes, bounces]) {
    stripe.payLater(sessionId);
    expect(await followOrder(deps, id)).toBe('pending');
  }
  clock.aheadMs = orderTermMs + 60_000;
  expect(await followOrder(deps, comes.id)).toBe('pending');
  expect(await posted()).toBe(0n);
  stripe.arrive(comes.sessionId);
  stripe.bounce(bounces.sessionId);
  expect(await followOrder(deps, comes.id)).toBe('paid');
  expect(await followOrder(deps, bounces.id)).toBe('canceled');
  expect(await posted()).toBe(10_000_000_000n);
});

test('an order that nobody pays expires, one that was paid unheard is credited, and nobody can pay an expired one', async () => {
  const left = await openOrder(deps, organizationId);
  const paid = await openOrder(deps, organizationId);
  stripe.pay(paid.sessionId);
  clock.aheadMs = orderTermMs - 5_000;
  await lookAtOrders(deps);
  expect(await stateOf(deps, left.id)).toBe('pending');
  clock.aheadMs = orderTermMs + 1_000;
  while ((await lookAtOrders(deps)) > 0);
  expect(await stateOf(deps, left.id)).toBe('expired');
  expect(await stateOf(deps, paid.id)).toBe('paid');
  expect(() => stripe.pay(left.sessionId)).toThrow('expired');
  expect(await posted()).toBe(10_000_000_000n);
});

test('a checkout that is still open when its order’s term is over is closed before the order is', async () => {
  const order = await openOrder(deps, organizationId);
  await db.database.query(`UPDATE "order" SET expires_at = now() - interval '1 s' WHERE id = $1`, [order.id]);
  expect(await followOrder(deps, order.id)).toBe('expired');
  expect(stripe.get(order.sessionId)).toMatchObject({ status: 'expired' });
});

test('money that arrives after its order was closed is still the customer’s', async () => {
  const order = await openOrder(deps, organizationId);
  stripe.pay(order.sessionId);
  await db.database.query(`UPDATE "order" SET state = 'expired' WHERE id = $1`, [order.id]);
  expect(await followOrder(deps, order.id)).toBe('paid');
  expect(await posted()).toBe(10_000_000_000n);
});

test('what an order sold cannot be changed afterwards, by anybody', async () => {
  const { id } = await openOrder(deps, organizationId);
  for (const change of [
    `tokens = 1, credit_nano_usd = 1000`,
    `amount_minor = 1`,
    `organization_id = 'org_x'`,
    `session_id = 'cs_x'`,
  ]) {
    await expect(db.database.query(`UPDATE "order" SET ${change} WHERE id = $1`, [id])).rejects.toThrow(
      'cannot change',
    );
  }
});

test('while the provider is away, an order waits longer each time and somebody is told', async () => {
  const order = await openOrder(deps, organizationId);
  clock.aheadMs = orderTermMs + 1_000;
  const path = `/v1/checkout/sessions/${order.sessionId}`;
  stripe.mishaps('GET', path, ...Array.from({ length: 3 }, () => ({ status: 503 })));
  await lookAtOrders(deps);
  const [row] = await db.database.query<{ failures: number; error: string; next: Date }>(
    'SELECT failures, last_error AS error, next_look_at AS next FROM "order" WHERE id = $1',
    [order.id],
  );
  expect(row).toMatchObject({ failures: 1, error: expect.stringContaining('StripeAPIError') });
  expect(row!.next.getTime()).toBeGreaterThan(clock.now());
  await db.database.query(`UPDATE "order" SET failures = 9, next_look_at = now() - interval '1 s' WHERE id = $1`, [
    order.id,
  ]);
  stripe.mishaps('GET', path, ...Array.from({ length: 3 }, () => ({ status: 503 })));
  await lookAtOrders(deps);
  expect(await alarmKinds(db.database, order.id)).toEqual(['order_stuck']);
  await db.database.query(`UPDATE "order" SET next_look_at = now() - interval '1 s' WHERE id = $1`, [order.id]);
  await lookAtOrders(deps);
  expect(await stateOf(deps, order.id)).toBe('expired');
}, 60_000);

test('a receipt is Stripe’s own, asked for anew; an order without a payment has none', async () => {
  const { id: orderId, sessionId } = await openOrder(deps, organizationId);
  const receipt = async () => readReceiptUrl(deps, await readOrder(db.database, { orderId, organizationId }));
  expect(await receipt()).toBeUndefined();
  stripe.pay(sessionId);
  await followOrder(deps, orderId);
  const { paymentId } = await readOrder(db.database, { orderId, organizationId });
  expect(await receipt()).toBe(`https://pay.stripe.example/receipts/${paymentId}`);
  stripe.mishaps('GET', `/v1/payment_intents/${paymentId}`, ...Array.from({ length: 5 }, () => ({ status: 500 })));
  await expect(receipt()).rejects.toMatchObject({ code: 'payment_provider_unavailable' });
});

const callOff = (orderId: string) => cancelOrder(deps, { orderId, organizationId, actor: { userId: 'usr_1' } });

test('an order that its customer calls off cannot be paid any more, and calling it off again changes nothing', async () => {
  const click = input();
  const { orderId } = await createOrder(deps, click);
  const { sessionId } = await readOrder(db.database, { orderId, organizationId });
  expect(await Promise.all([callOff(orderId), callOff(orderId)])).toEqual(['canceled', 'canceled']);
  expect(stripe.get(sessionId ?? '')).toMatchObject({ status: 'expired' });
  expect(() => stripe.pay(sessionId ?? '')).toThrow('expired');
  await expect(createOrder(deps, click)).rejects.toMatchObject({ code: 'order_closed' });
  expect(await callOff(orderId)).toBe('canceled');
  const audit = await db.database.query(
    `SELECT actor_user_id AS by FROM audit_log WHERE action = 'order.cancel' AND target = $1`,
    [orderId],
  );
  expect(audit).toEqual([{ by: 'usr_1' }]);
  const other = { orderId, organizationId: 'org_other', actor: {} };
  await expect(cancelOrder(deps, other)).rejects.toMatchObject({ code: 'not_found' });
});

test('an order that was paid before it is called off stays paid and is credited', async () => {
  const order = await openOrder(deps, organizationId);
  stripe.pay(order.sessionId);
  await expect(callOff(order.id)).rejects.toMatchObject({ code: 'order_closed' });
  expect(await stateOf(deps, order.id)).toBe('paid');
  expect(await posted()).toBe(10_000_000_000n);
});

test('money that is under way when its order is called off is waited for, and credited when it comes', async () => {
  const order = await openOrder(deps, organizationId);
  stripe.payLater(order.sessionId);
  expect(await callOff(order.id)).toBe('pending');
  stripe.arrive(order.sessionId);
  expect(await followOrder(deps, order.id)).toBe('paid');
  expect(await posted()).toBe(10_000_000_000n);
});

test('an order that is called off while its provider is away is closed there later', async () => {
  const order = await openOrder(deps, organizationId);
  const path = `/v1/checkout/sessions/${order.sessionId}`;
  stripe.mishaps('GET', path, ...Array.from({ length: 3 }, () => ({ status: 503 })));
  await expect(callOff(order.id)).rejects.toMatchObject({ code: 'payment_provider_unavailable' });
  expect(stripe.get(order.sessionId)).toMatchObject({ status: 'open' });
  clock.aheadMs = 60_000;
  while ((await lookAtOrders(deps)) > 0);
  expect(await stateOf(deps, order.id)).toBe('canceled');
  expect(stripe.get(order.sessionId)).toMatchObject({ status: 'expired' });
}, 60_000);
