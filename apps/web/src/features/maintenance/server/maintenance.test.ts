import { newId } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { TRPCError } from '@trpc/server';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { signInByIdentity } from '#features/account/server/sign-in-by-identity.ts';
import { asks, tokenOfPerson } from '#features/user-api/server/asks.fixture.ts';
import type { Context } from '#server/context.ts';
import { noticeIn } from '#server/errors.ts';
import { createCaller } from '#server/root.ts';
import { callsIn } from '#server/root-calls.fixture.ts';
import { createWorld, type World } from '#server/world.fixture.ts';

let db: TestDatabase;
let world: World;
let administrator: ReturnType<typeof createCaller>;
let owner: Context;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  administrator = createCaller(await world.personWith({ staffRole: 'administrator' }));
  owner = await world.personWith({ organizationRole: 'owner' });
});
afterAll(() => db.drop());

const until = '2099-11-22T22:00:00Z';
const notice = { holdsRelay: false, text: { zh: '更换磁盘', en: 'New disks' }, until: '2099-11-22T22:00:00.000Z' };
const on = {
  maintenance: 'console',
  maintenanceTextZh: '更换磁盘',
  maintenanceTextEn: 'New disks',
  maintenanceUntil: until,
};
const off = { maintenance: null, maintenanceTextZh: null, maintenanceTextEn: null, maintenanceUntil: null };
beforeEach(() => administrator.siteSetting.change(on));
afterEach(() => administrator.siteSetting.change(off));

/** What came of a call: why it was refused, or "ok". */
async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof TRPCError) return error.message;
    throw error;
  }
}

const held = [
  ...['account.register', 'apiKey.create', 'billing.saveCard', 'billing.setTopUp', 'invitation.signUp', 'order.create'],
  ...['order.requestRefund', 'ownKey.add', 'payment.redeem', 'team.start'],
];

test('sign-up, buying, refund requests and new keys wait; whatever else a customer does goes on', async () => {
  const calls = callsIn(world);
  const refused: string[] = [];
  for (const [path, call] of Object.entries(calls))
    if ((await outcome(call(createCaller(owner), world.own))) === 'maintenance') refused.push(path);
  expect(refused.sort()).toEqual([...held].sort());
  await administrator.siteSetting.change(off);
  for (const path of held)
    expect(await outcome(calls[path]!(createCaller(owner), world.own)), path).not.toBe('maintenance');
});

test('a refusal is a 503 that says why, in both languages, and until when', async () => {
  const refusal = await createCaller(owner)
    .apiKey.create({ name: 'made' })
    .catch((error: unknown) => error as TRPCError);
  expect(refusal).toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: 'maintenance' });
  expect(noticeIn(refusal as TRPCError)).toEqual(notice);
});

test('staff go on, so that they can try what customers do', async () => {
  const staff = await world.personWith({ organizationRole: 'owner', staffRole: 'operator' });
  await expect(createCaller(staff).apiKey.create({ name: 'tried' })).resolves.toMatchObject({
    apiKey: { name: 'tried' },
  });
});

test('a payment that was under way is taken', async () => {
  await administrator.siteSetting.change(off);
  const caller = createCaller(owner);
  const { orderId, checkoutUrl } = await caller.order.create({ clientKey: newId('ord'), wish: { amountMinor: 500n } });
  await administrator.siteSetting.change(on);
  const sessionId = checkoutUrl.split('/').at(-1) ?? '';
  expect(await caller.payment.endSandbox({ sessionId, end: 'paid' })).toEqual({ orderId, state: 'paid' });
});

test('nobody gets an account by another site either, and who has one gets in', async () => {
  const enter = (email: string) =>
    signInByIdentity(
      world.deps,
      { provider: 'github', subject: email, profile: { email, email_verified: true, name: 'New' }, locale: 'en' },
      { address: '192.0.2.9', requestId: newId('req'), userAgent: undefined },
    );
  expect(await enter('newcomer@example.com')).toEqual({ refusal: 'maintenance' });
  await administrator.siteSetting.change(off);
  expect(await enter('newcomer@example.com')).toHaveProperty('sessionId');
  await administrator.siteSetting.change(on);
  expect(await enter('newcomer@example.com')).toHaveProperty('sessionId');
});

test('the REST API answers 503 with Retry-After and the operator’s words in the reader’s language, and goes on reading', async () => {
  const ask = asks(world.deps);
  const token = await tokenOfPerson(await world.personWith({ organizationRole: 'owner' }));
  const refused = await ask('POST', '/keys', { token, body: { name: 'script' } });
  expect(refused).toMatchObject({ status: 503, body: { error: { code: 'maintenance', type: 'server_error' } } });
  expect(refused.headers.get('retry-after')).toBe('1800');
  expect(refused.body.error.message).toMatch(/Expected end: 2099-11-22 22:00 UTC\. New disks$/);
  const headers = { 'accept-language': 'zh' };
  const inChinese = await ask('POST', '/recharge', { token, headers, body: { amount: '10.00' } });
  expect(inChinese.body.error.message).toMatch(/预计结束：2099-11-22 22:00 UTC。 更换磁盘$/);
  await administrator.siteSetting.change({ maintenanceUntil: null });
  const unknown = await ask('POST', '/register', {
    body: { username: 'A', email: 'a@example.com', password: 'x'.repeat(12) },
  });
  expect(unknown).toMatchObject({ status: 503 });
  expect(unknown.headers.get('retry-after')).toBe('60');
  expect((await ask('GET', '/me', { token })).status).toBe(200);
  expect((await ask('GET', '/keys', { token })).status).toBe(200);
});

test('switching it on and off is in the history, with who did it', async () => {
  const changes = (await administrator.siteSetting.history()).filter(({ name }) => name === 'maintenance');
  expect(changes[0]).toMatchObject({ to: 'console', by: { name: 'Person' } });
});
