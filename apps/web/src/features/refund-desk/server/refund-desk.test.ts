import { PaymentProviderError } from '@ai-bridge/billing';
import { changeSettings } from '@ai-bridge/catalog';
import { readBalance } from '@ai-bridge/ledger';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '#server/context.ts';
import type { Deps } from '#server/deps.ts';
import { createCaller } from '#server/root.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;
const reason = 'the customer does not need them';

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
});
afterAll(() => db.drop());

const support = () => world.personWith({ staffRole: 'support' });
const posted = async () => (await readBalance(db.database, world.foreign.organizationId)).postedNanoUsd;
const withBilling = (context: Context, billing: Partial<Deps['billing']>): Context => ({
  ...context,
  deps: { ...context.deps, billing: { ...context.deps.billing, ...billing } },
});

/** The sandbox, but for how it answers to refunds. */
function withRefunds(context: Context, failure: 'refused' | 'unavailable'): Context {
  const { providers } = context.deps.billing;
  const createRefund = () => Promise.reject(new PaymentProviderError(failure, 'the card is closed'));
  const find: typeof providers.find = (name) => {
    const provider = providers.find(name);
    return provider && { ...provider, createRefund };
  };
  return withBilling(context, { providers: { ...providers, find } });
}

test('a refund that one of the staff approves is paid back at once, and its tokens are gone', async () => {
  const refundId = await world.askedRefund(world.foreign.organizationId);
  const before = await posted();
  const caller = createCaller(await support());
  const page = await caller.refundDesk.read({ refundId });
  expect(page).toMatchObject({
    state: 'requested',
    ownPart: undefined,
    unused: { refundable: { maxAmountMinor: 990n } },
  });
  const preview = await caller.refundDesk.preview({ orderId: page.order.id, amountMinor: '495' });
  expect(preview).toMatchObject({ creditNanoUsd: 5_000_000_000n, postedNanoUsd: before, takesTwoPeople: false });
  expect(await posted()).toBe(before);
  expect(await caller.refundDesk.approve({ refundId, amountMinor: 495n, reason })).toEqual({ state: 'succeeded' });
  expect(await posted()).toBe(before - preview.creditNanoUsd);
  expect(await caller.orderDesk.read({ orderId: page.order.id })).toMatchObject({
    state: 'partially_refunded',
    refunds: [{ id: refundId, state: 'succeeded', amountMinor: 495n }],
    unused: { refundable: { maxAmountMinor: 495n } },
  });
  await expect(caller.refundDesk.approve({ refundId, amountMinor: 495n, reason })).rejects.toMatchObject({
    message: 'refund_closed',
  });
});

test('what waits for a decision has an answer due by the days that customers are told of, and what is over has none', async () => {
  const refundId = await world.askedRefund(world.foreign.organizationId);
  const caller = createCaller(await support());
  const listed = async (part: 'requested' | 'ended') =>
    (await caller.refundDesk.list({ part })).refunds.find(({ id }) => id === refundId);
  const asked = await listed('requested');
  expect(asked?.answerBy?.getTime()).toBe((asked?.createdAt.getTime() ?? 0) + 3 * 86_400_000);
  await caller.refundDesk.decline({ refundId, reason });
  expect(await listed('ended')).toMatchObject({ id: refundId, answerBy: undefined });
});

test('an amount may be lowered and not raised, and a reason is needed', async () => {
  const refundId = await world.askedRefund(world.foreign.organizationId);
  const caller = createCaller(await support());
  const approve = (amountMinor: bigint, why = reason) =>
    caller.refundDesk.approve({ refundId, amountMinor, reason: why });
  await expect(approve(496n)).rejects.toMatchObject({ message: 'amount_too_high' });
  for (const [amount, why] of [
    [0n, reason],
    [-1n, reason],
    [10n ** 15n + 1n, reason],
    [100n, '   '],
    [100n, 'x'.repeat(1_001)],
  ] as const)
    await expect(approve(amount, why)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await approve(100n)).toEqual({ state: 'succeeded' });
  expect(await caller.refundDesk.read({ refundId })).toMatchObject({ amountMinor: 100n, decisionReason: reason });
});

test('who begins a refund in a customer’s name does not approve it; somebody else does', async () => {
  const orderId = await world.paidOrder(world.foreign.organizationId);
  const [first, second] = [await support(), await support()];
  const { refundId } = await createCaller(first).refundDesk.begin({ orderId, amountMinor: 990n, reason });
  expect(await createCaller(first).refundDesk.read({ refundId })).toMatchObject({ ownPart: 'asked' });
  await expect(createCaller(first).refundDesk.approve({ refundId, amountMinor: 990n, reason })).rejects.toMatchObject({
    message: 'another_person_needed',
    code: 'FORBIDDEN',
  });
  await expect(createCaller(second).refundDesk.begin({ orderId, amountMinor: 1n, reason })).rejects.toMatchObject({
    message: 'refund_open',
  });
  expect(await createCaller(second).refundDesk.approve({ refundId, amountMinor: 990n, reason })).toEqual({
    state: 'succeeded',
  });
  expect(await createCaller(second).orderDesk.read({ orderId })).toMatchObject({ state: 'refunded' });
});

test('above the limit nothing moves before a second person has approved', async () => {
  const refundId = await world.askedRefund(world.foreign.organizationId);
  const before = await posted();
  await changeSettings(db.prisma, { secondPersonAboveUsd: 4 }, { kind: 'console' });
  const [first, second] = [createCaller(await support()), createCaller(await support())];
  expect(await first.refundDesk.approve({ refundId, amountMinor: 495n, reason })).toEqual({ state: 'requested' });
  expect(await posted()).toBe(before);
  expect(await first.refundDesk.read({ refundId })).toMatchObject({ ownPart: 'approved', state: 'requested' });
  const waiting = await second.refundDesk.list({ part: 'requested' });
  expect(waiting.refunds.find(({ id }) => id === refundId)).toMatchObject({ isHalfApproved: true });
  await expect(first.refundDesk.approve({ refundId, amountMinor: 495n, reason })).rejects.toMatchObject({
    message: 'another_person_needed',
  });
  expect(await second.refundDesk.approve({ refundId, amountMinor: 495n, reason })).toEqual({ state: 'succeeded' });
  expect(await posted()).toBe(before - 5_000_000_000n);
  await changeSettings(db.prisma, { secondPersonAboveUsd: null }, { kind: 'console' });
});

test('where the provider refuses, the tokens are back and a person is told', async () => {
  const refundId = await world.askedRefund(world.foreign.organizationId);
  const before = await posted();
  const caller = createCaller(withRefunds(await support(), 'refused'));
  expect(await caller.refundDesk.approve({ refundId, amountMinor: 495n, reason })).toEqual({ state: 'failed' });
  expect(await posted()).toBe(before);
  const page = await caller.refundDesk.read({ refundId });
  expect(page).toMatchObject({ state: 'failed', lastError: 'the card is closed' });
  const order = await caller.orderDesk.read({ orderId: page.order.id });
  expect(order.alarms).toMatchObject([{ kind: 'refund_failed', subject: refundId }]);
  const finance = createCaller(await world.personWith({ staffRole: 'finance' }));
  await finance.reconciliation.resolve({ alarmId: order.alarms[0]!.id });
  expect((await caller.orderDesk.read({ orderId: page.order.id })).alarms).toEqual([]);
});

test('where the provider does not answer, the tokens stay set aside until it is asked again', async () => {
  const refundId = await world.askedRefund(world.foreign.organizationId);
  const before = await posted();
  const context = await support();
  const away = createCaller(withRefunds(context, 'unavailable'));
  expect(await away.refundDesk.approve({ refundId, amountMinor: 495n, reason })).toEqual({ state: 'reserved' });
  expect(await posted()).toBe(before - 5_000_000_000n);
  await expect(away.refundDesk.decline({ refundId, reason })).rejects.toMatchObject({ message: 'refund_closed' });
  expect(await createCaller(context).refundDesk.retry({ refundId })).toEqual({ state: 'succeeded' });
  expect(await posted()).toBe(before - 5_000_000_000n);
});

test('a declined refund leaves every token where it was', async () => {
  const refundId = await world.askedRefund(world.foreign.organizationId);
  const before = await posted();
  const caller = createCaller(await support());
  expect(await caller.refundDesk.decline({ refundId, reason })).toEqual({ state: 'cancelled' });
  expect(await posted()).toBe(before);
  const ended = await caller.refundDesk.list({ part: 'ended' });
  expect(ended.refunds[0]).toMatchObject({ id: refundId, state: 'cancelled' });
});

test('what staff look at and do of refunds is written to the audit log', async () => {
  const refundId = await world.askedRefund(world.foreign.organizationId);
  const person = await support();
  const caller = createCaller(person);
  await caller.refundDesk.read({ refundId });
  await caller.refundDesk.approve({ refundId, amountMinor: 495n, reason });
  await caller.refundDesk.retry({ refundId });
  const rows = await db.prisma.auditLog.findMany({
    where: { actorUserId: person.session!.user.id, target: refundId },
    orderBy: { id: 'asc' },
  });
  expect(rows.map(({ action }) => action)).toEqual(['staff.view', 'refund.approve', 'refund.retry']);
});

test('the mail of each decision can be read before, in the languages of its readers, and nothing is queued by looking', async () => {
  const refundId = await world.askedRefund(world.foreign.organizationId);
  const { user } = await db.prisma.member.findFirstOrThrow({
    where: { organizationId: world.foreign.organizationId },
    select: { user: true },
  });
  await db.prisma.user.update({ where: { id: user.id }, data: { locale: 'en' } });
  const caller = createCaller(await support());
  const before = await db.prisma.mail.count();
  const decision = { refundId, amountMinor: 100n, reason: ` ${reason} `, tellsReason: true };
  const [approved, ...others] = await caller.refundDesk.previewMails({ ...decision, end: 'succeeded' });
  expect(others).toEqual([]);
  expect(approved).toMatchObject({ language: 'en', readers: 1, subject: '$1.00 refunded' });
  expect(approved?.html).toContain(reason);
  const [declined] = await caller.refundDesk.previewMails({ ...decision, end: 'declined' });
  expect(declined).toMatchObject({ subject: 'The refund of $4.95 was declined' });
  expect(await caller.refundDesk.previewMails({ ...decision, reason: ' ', end: 'declined' })).toEqual([]);
  expect(await db.prisma.mail.count()).toBe(before);
  await caller.refundDesk.decline({ refundId, reason: decision.reason });
  const sent = await db.prisma.mail.findFirstOrThrow({
    where: { template: 'refund-declined', toAddress: user.email },
    orderBy: { id: 'desc' },
  });
  expect(sent.html?.replaceAll(user.mailToken, 'hidden')).toBe(declined?.html);
});

test('a customer reads the reason of an approval where that was meant, and of a refusal always', async () => {
  const { organizationId } = world.own;
  const caller = createCaller(await support());
  const owner = createCaller(await world.personWith({ organizationRole: 'owner' }));
  const answerTo = async (decide: (refundId: string) => Promise<unknown>) => {
    const refundId = await world.askedRefund(organizationId);
    const { orderId } = await db.prisma.refund.findUniqueOrThrow({ where: { id: refundId } });
    await decide(refundId);
    return (await owner.order.read({ orderId })).refunds[0]?.answer;
  };
  const approve = (tellsReason?: boolean) => (refundId: string) =>
    caller.refundDesk.approve({
      refundId,
      amountMinor: 495n,
      reason,
      ...(tellsReason !== undefined && { tellsReason }),
    });
  expect(await answerTo(approve(true))).toBe(reason);
  expect(await answerTo(approve(false))).toBeNull();
  expect(await answerTo(approve())).toBeNull();
  expect(await answerTo((refundId) => caller.refundDesk.decline({ refundId, reason }))).toBe(reason);
});
