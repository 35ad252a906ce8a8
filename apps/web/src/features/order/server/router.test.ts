import { newId } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codesPerOrganization, ordersPerOrganization } from '#server/checkout-throttle.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;
let owner: ReturnType<typeof createCaller>;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  owner = createCaller(await world.personWith({ organizationRole: 'owner' }));
  await db.database.query(
    `INSERT INTO plan (id, display_name, tokens, bonus_tokens, amount_minor, currency)
     VALUES ('starter', 'Starter', 10000000, 500000, 990, 'usd')`,
  );
});
afterAll(() => db.drop());

const sessionOf = (checkoutUrl: string) => checkoutUrl.split('/').at(-1) ?? '';
const wish = { planId: 'starter' };

test('a plan is bought in the sandbox: the same key is one order, and the balance rises by tokens and bonus', async () => {
  const onSale = await owner.plan.onSale({});
  expect(onSale).toMatchObject({ isOpen: true, isSandbox: true, isTest: true, plans: [{ id: 'starter' }] });
  const clientKey = newId('ord');
  const [first, second] = await Promise.all([
    owner.order.create({ clientKey, wish }),
    owner.order.create({ clientKey, wish }),
  ]);
  expect(second).toEqual(first);
  const { orderId, checkoutUrl } = first;
  expect(checkoutUrl).toMatch(/^\/console\/checkout\/sandbox_/);
  const sessionId = sessionOf(checkoutUrl);
  expect(await owner.payment.sandbox({ sessionId })).toMatchObject({ orderId, amountMinor: 990n, status: 'open' });
  const before = (await owner.balance.read({})).availableNanoUsd;
  expect(await owner.payment.endSandbox({ sessionId, end: 'paid' })).toEqual({ orderId, state: 'paid' });
  expect(await owner.payment.endSandbox({ sessionId, end: 'paid' })).toEqual({ orderId, state: 'paid' });
  expect((await owner.balance.read({})).availableNanoUsd - before).toBe(10_500_000_000n);
  await expect(owner.order.create({ clientKey, wish })).rejects.toMatchObject({ message: 'order_closed' });
});

test('a declined and an expired payment credit nothing, and the order says which it was', async () => {
  const before = (await owner.balance.read({})).availableNanoUsd;
  for (const [end, state] of [
    ['declined', 'canceled'],
    ['expired', 'expired'],
  ] as const) {
    const { orderId, checkoutUrl } = await owner.order.create({ clientKey: newId('ord'), wish });
    expect(await owner.payment.endSandbox({ sessionId: sessionOf(checkoutUrl), end })).toEqual({ orderId, state });
    // What has ended stays as it ended.
    await owner.payment.endSandbox({ sessionId: sessionOf(checkoutUrl), end: 'paid' });
    const page = await owner.order.read({ orderId, awaited: true });
    expect(page).toMatchObject({ order: { state, checkoutUrl: null }, refundable: undefined });
  }
  expect((await owner.balance.read({})).availableNanoUsd).toBe(before);
});

test('an order, its refunds and its checkout are unknown to every other organization', async () => {
  const theirs = await world.newOrder(world.foreign.organizationId, false);
  const paid = await world.newOrder(world.foreign.organizationId);
  const refusals = [
    () => owner.order.read({ orderId: paid.orderId }),
    () => owner.order.receipt({ orderId: paid.orderId }),
    () => owner.order.requestRefund({ orderId: paid.orderId, reason: 'mine' }),
    () => owner.payment.sandbox({ sessionId: theirs.sessionId }),
    () => owner.payment.endSandbox({ sessionId: theirs.sessionId, end: 'paid' }),
    () => owner.payment.sandbox({ sessionId: 'sandbox_none' }),
    () => owner.order.read({ orderId: 'ord_none' }),
    () => owner.order.cancelRefund({ refundId: 'rfd_none' }),
  ];
  for (const refusal of refusals)
    await expect(refusal()).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'not_found' });
  const [untouched] = await db.database.query<{ status: string }>(
    'SELECT status FROM sandbox_payment WHERE session_id = $1',
    [theirs.sessionId],
  );
  expect(untouched?.status).toBe('open');
  expect((await owner.order.list({})).orders.map(({ id }) => id)).not.toContain(paid.orderId);
});

test('a refund is asked for with a reason, once at a time, and taken back while nobody has begun it', async () => {
  const { orderId } = await world.newOrder(world.own.organizationId);
  const { refundable } = await owner.order.read({ orderId });
  expect(refundable).toMatchObject({ maxAmountMinor: 500n });
  for (const wrong of [{ reason: ' ' }, { reason: 'x'.repeat(1_001) }, { reason: 'x', amountMinor: 0n }])
    await expect(owner.order.requestRefund({ orderId, ...wrong })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(owner.order.requestRefund({ orderId, reason: 'x', amountMinor: 501n })).rejects.toMatchObject({
    message: 'amount_too_high',
  });
  const refund = await owner.order.requestRefund({ orderId, amountMinor: 200n, reason: 'too many' });
  expect(refund).toMatchObject({ state: 'requested', amountMinor: 200n, isOpen: true, isCancellable: true });
  await expect(owner.order.requestRefund({ orderId, reason: 'again' })).rejects.toMatchObject({
    message: 'refund_open',
  });
  expect(await owner.order.cancelRefund({ refundId: refund.id })).toMatchObject({ state: 'cancelled', answer: null });
  await expect(owner.order.cancelRefund({ refundId: refund.id })).rejects.toMatchObject({ message: 'refund_closed' });
  expect(await owner.order.requestRefund({ orderId, reason: 'after all' })).toMatchObject({ amountMinor: 500n });
});

test('orders come a page at a time, newest first, without what only the provider and we call them', async () => {
  const person = await world.personWith({ staffRole: 'support' });
  const { organizationId } = world.foreign;
  const made: string[] = [];
  for (let count = 0; count < 27; count++) made.unshift((await world.newOrder(organizationId, false)).orderId);
  const staff = createCaller(person);
  const first = await staff.order.list({ organizationId });
  expect(first.orders.map(({ id }) => id)).toEqual(made.slice(0, 25));
  const second = await staff.order.list({ organizationId, cursor: first.nextCursor });
  expect(second.orders.map(({ id }) => id).slice(0, 2)).toEqual(made.slice(25));
  expect(Object.keys(first.orders[0] ?? {})).not.toEqual(expect.arrayContaining(['sessionId']));
  expect(Object.keys(first.orders[0] ?? {})).not.toEqual(expect.arrayContaining(['clientKey']));
});

test('an organization begins only so many orders in a while', async () => {
  const person = await world.personWith({ organizationRole: 'billing' });
  const caller = createCaller(person);
  const before = await db.prisma.order.count();
  const outcomes: string[] = [];
  for (let count = 0; count <= ordersPerOrganization.maxMarks; count++) {
    const order = { clientKey: newId('ord'), wish: { amountMinor: 1n } };
    await caller.order.create(order).catch(({ message }: Error) => outcomes.push(message));
  }
  expect(new Set(outcomes)).toEqual(new Set(['amount_invalid', 'too_many_attempts']));
  expect(await db.prisma.order.count()).toBe(before);
});

test('a code becomes granted credit once, and guesses are bounded', async () => {
  const code = await world.newCode(7_000_000n);
  const before = (await owner.balance.read({})).availableNanoUsd;
  expect(await owner.payment.redeem({ code: code.toLowerCase() })).toEqual({ amountNanoUsd: 7_000_000_000n });
  await expect(owner.payment.redeem({ code })).rejects.toMatchObject({ code: 'CONFLICT', message: 'code_used' });
  expect((await owner.balance.read({})).availableNanoUsd - before).toBe(7_000_000_000n);
  const outcomes: string[] = [];
  for (let count = 0; count < codesPerOrganization.maxMarks; count++)
    await owner.payment.redeem({ code: 'AAAA-AAAA-AAAA-AAAA' }).catch(({ message }: Error) => outcomes.push(message));
  expect(new Set(outcomes)).toEqual(new Set(['code_unknown', 'too_many_attempts']));
});
