import { totpCode, totpStep } from '@ai-bridge/access';
import { newId } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { guessBounds } from '#server/account-throttle.ts';
import { createCaller } from '#server/root.ts';
import { readSessionId } from '#server/session-cookie.ts';
import { createWorld, type World } from '#server/world.fixture.ts';
import { asks, site } from './asks.fixture.ts';

let db: TestDatabase;
let world: World;
let ask: ReturnType<typeof asks>;
beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  ask = asks(world.deps);
});
afterAll(() => db.drop());

const password = 'correct horse battery';
let people = 0;

/** Somebody who registered and signed in by the API. */
async function newcomer() {
  const email = `script${++people}@example.com`;
  expect((await ask('POST', '/register', { body: { username: 'Ada', email, password } })).status).toBe(201);
  const { status, body } = await ask('POST', '/login', { body: { email, password } });
  expect(status).toBe(200);
  return { email, token: body.token as string, expiresAt: body.expiresAt as string, userId: body.user.id as string };
}
const set = (key: string, value: string) => db.prisma.setting.create({ data: { key, value } });
const unset = (key: string) => db.prisma.setting.delete({ where: { key } });

test('who registers has an organization of their own; a taken address gets the same answer', async () => {
  const { email, token, expiresAt } = await newcomer();
  const again = await ask('POST', '/register', { body: { username: 'Eve', email, password: 'something else' } });
  expect(again).toMatchObject({ status: 201, body: { email, emailVerificationRequired: false } });
  const { body } = await ask('GET', '/me', { token });
  expect(body).toMatchObject({
    ...{ username: 'Ada', email, emailVerified: false, twoFactor: false, tokenExpiresAt: expiresAt },
    organization: { role: 'owner', suspended: false },
    balance: { postedNanoUsd: '0', availableTokens: '0', frozen: false },
  });
  expect(body.organizations).toHaveLength(1);
});

test('where the site takes no sign-ups, the API takes none', async () => {
  await set('signUp', 'closed');
  const { status, body } = await ask('POST', '/register', {
    body: { username: 'a', email: 'b@example.com', password },
  });
  expect({ status, error: body.error }).toMatchObject({ status: 403, error: { code: 'sign_up_closed' } });
  await unset('signUp');
});

test('a wrong password and an unknown address get one answer, and guessing waits as in the console', async () => {
  const { email } = await newcomer();
  const tries = [];
  for (let i = 0; i <= guessBounds.pair.freeTries; i++)
    tries.push(await ask('POST', '/login', { body: { email, password: `wrong ${i}` } }));
  const unknown = await ask('POST', '/login', { body: { email: 'nobody@example.com', password } });
  const { requestId: _, ...told } = unknown.body.error;
  expect({ status: unknown.status, told }).toEqual({
    status: 401,
    told: expect.objectContaining({ code: 'login_refused' }),
  });
  expect(tries[0]).toMatchObject({ status: 401, body: { error: told } });
  const last = tries.at(-1);
  expect(last).toMatchObject({ status: 429, body: { error: { type: 'rate_limit_exceeded' } } });
  expect(last?.headers.get('retry-after')).toBe('15');
});

test('a person with two-factor sign-in is told that the code is needed, and gets in by it', async () => {
  const { email, token } = await newcomer();
  const session = await world.deps.sessions.find((await sessionOf(email)) ?? '');
  const caller = createCaller(world.contextOf(session));
  const { secret } = await caller.account.beginTwoFactor();
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const code = (steps: number) => totpCode(key, totpStep(new Date(world.deps.clock.now())) + BigInt(steps));
  await caller.account.confirmTwoFactor({ code: code(-1) });
  const login = (more: object) => ask('POST', '/login', { body: { email, password, ...more } });
  expect(await login({})).toMatchObject({
    status: 401,
    body: { error: { code: 'second_factor_needed', field: 'code' } },
  });
  expect(await login({ code: '000000' })).toMatchObject({ status: 401, body: { error: { code: 'code_wrong' } } });
  const wrongPassword = await ask('POST', '/login', { body: { email, password: 'wrong', code: code(0) } });
  expect(wrongPassword.body.error.code).toBe('login_refused');
  const entered = await login({ code: code(0) });
  expect(entered.status).toBe(200);
  expect((await ask('GET', '/me', { token: entered.body.token })).body.twoFactor).toBe(true);
  // What was signed in before goes on, as in the console.
  expect((await ask('GET', '/me', { token })).status).toBe(200);
});

const sessionOf = async (email: string) =>
  (await db.prisma.session.findFirst({ where: { user: { email } }, orderBy: { createdAt: 'desc' } }))?.id;

test('a token is a sign-in like others: listed, and ended by signing out everywhere, by a new password, and by itself', async () => {
  const { email, token, userId } = await newcomer();
  const me = async (with_ = token) => (await ask('GET', '/me', { token: with_ })).status;
  const caller = async () =>
    createCaller(world.contextOf(await world.deps.sessions.find((await sessionOf(email)) ?? '')));
  expect(await (await caller()).account.sessions()).toMatchObject([
    { isCurrent: true, device: { browser: 'curl' }, address: '192.0.2.7', method: 'password' },
  ]);
  await (await caller()).account.signOutEverywhere();
  expect(await me()).toBe(401);
  const login = async (typed: string) => (await ask('POST', '/login', { body: { email, password: typed } })).body.token;
  const [second, third] = [await login(password), await login(password)];
  await (await caller()).account.changePassword({ present: password, password: 'another long one' });
  expect([await me(second), await me(third)].sort()).toEqual([200, 401]);
  const fourth = await login('another long one');
  expect((await ask('POST', '/logout', { token: fourth })).body).toEqual({ ended: true });
  expect(await me(fourth)).toBe(401);
  const deeds = await db.prisma.auditLog.findMany({ where: { actorUserId: userId, action: 'session.revoke' } });
  expect(deeds).toMatchObject([{ address: '192.0.2.7', requestId: expect.stringMatching(/^req_/) }]);
});

test('no cookie opens the API, and no token the console', async () => {
  const { token, email } = await newcomer();
  const sid = (await sessionOf(email)) ?? '';
  const cookie = await encode({ token: { sid }, secret: site.sessionSecret });
  const inSite = { ...site, secureCookies: false };
  expect(await readSessionId(() => cookie, inSite)).toBe(sid);
  expect((await ask('GET', '/me', { headers: { cookie: `bridge-session=${cookie}` } })).status).toBe(401);
  expect((await ask('GET', '/me', { token: cookie })).status).toBe(401);
  expect(await readSessionId(() => token, inSite)).toBeUndefined();
  const { headers } = await ask('POST', '/login', { body: { email, password } });
  expect(headers.get('set-cookie')).toBeNull();
  expect((await ask('GET', '/me', { token: `${token.slice(0, -2)}xx` })).status).toBe(401);
});

test('a key is made with its rate, told once, listed, switched off and on, and deleted', async () => {
  const { token } = await newcomer();
  const made = await ask('POST', '/keys', { token, body: { name: ' 生产环境 ', rateLimit: 60 } });
  expect(made).toMatchObject({ status: 201, body: { key: { name: '生产环境', rateLimit: 60, group: 'default' } } });
  const { id } = made.body.key;
  expect(made.body.secret).toMatch(/^ab-\w{41}$/);
  const listed = async () => (await ask('GET', '/keys', { token })).body;
  expect(await listed()).toMatchObject({ keys: [{ id, disabled: false, rateLimit: 60, spentTodayNanoUsd: '0' }] });
  expect(JSON.stringify(await listed())).not.toContain(made.body.secret);
  expect((await db.prisma.apiKey.findUnique({ where: { id } }))?.limits).toEqual({ rpm: 60 });
  expect((await ask('POST', `/keys/${id}/disable`, { token })).body).toEqual({ id, disabled: true });
  expect((await listed()).keys[0].disabled).toBe(true);
  expect((await ask('POST', `/keys/${id}/enable`, { token })).body).toEqual({ id, disabled: false });
  expect((await ask('DELETE', `/keys/${id}`, { token })).body).toEqual({ id, deleted: true });
  expect(await listed()).toEqual({ keys: [] });
  const deeds = await db.prisma.auditLog.findMany({ where: { target: id }, orderBy: { id: 'asc' } });
  expect(deeds.map(({ action }) => action)).toEqual([
    'apiKey.create',
    'apiKey.disable',
    'apiKey.enable',
    'apiKey.delete',
  ]);
  for (const { address, requestId } of deeds) expect([address, requestId]).toEqual(['192.0.2.7', expect.any(String)]);
  const unlimited = await ask('POST', '/keys', { token, body: { name: 'free' } });
  expect(unlimited.body.key.rateLimit).toBeNull();
});

test('where addresses have to be confirmed, keys and purchases wait for that', async () => {
  const { token } = await newcomer();
  await set('emailVerification', 'always');
  for (const [path, body] of [
    ['/keys', { name: 'x' }],
    ['/recharge', { amount: 10 }],
  ] as const) {
    const answer = await ask('POST', path, { token, body });
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'email_unverified' } } });
  }
  await unset('emailVerification');
});

test('a recharge is an order: for an exact amount or a plan, by one Idempotency-Key one order', async () => {
  const { token } = await newcomer();
  const recharge = (body: object, key?: string) =>
    ask('POST', '/recharge', { token, body, ...(key !== undefined && { headers: { 'idempotency-key': key } }) });
  const key = newId('req');
  const [first, second] = await Promise.all(
    [1, 2].map(() => recharge({ amount: 12.34, description: '支付宝充值' }, key)),
  );
  expect(first).toMatchObject({
    status: 201,
    body: {
      order: { state: 'pending', planId: null, description: '支付宝充值', tokens: '12340000', sandbox: true },
      checkoutUrl: expect.stringMatching(/^http:\/\/site\.example\/console\/checkout\/sandbox_/),
    },
  });
  expect(first?.body.order.price).toEqual({ amount: '12.34', currency: 'usd' });
  expect(second?.body).toEqual(first?.body);
  expect(await recharge({ amount: '12.35' }, key)).toMatchObject({
    status: 409,
    body: { error: { code: 'client_key_reused' } },
  });
  const planId = await world.newPlan();
  expect((await recharge({ planId })).body.order).toMatchObject({ planId, price: { amount: '9.90', currency: 'usd' } });
  for (const body of [{}, { amount: 10, planId }])
    expect(await recharge(body)).toMatchObject({ status: 400, body: { error: { code: 'amount_or_plan' } } });
  for (const amount of ['4.99', '1000.01', '10.001', 0.1 + 0.2, '0'])
    expect((await recharge({ amount })).body.error, String(amount)).toMatchObject({ code: 'amount_invalid' });
  expect((await recharge({ planId: 'none' })).body.error.code).toBe('plan_not_on_sale');
  expect((await recharge({ amount: 10 }, 'a b')).body.error).toMatchObject({ code: 'client_key_invalid' });
});

test('orders are bounded, and the refusal says when to come back', async () => {
  const { token } = await newcomer();
  let answer = await ask('POST', '/recharge', { token, body: { amount: 5 } });
  for (let i = 0; i < 30; i++) answer = await ask('POST', '/recharge', { token, body: { amount: 5 } });
  expect(answer).toMatchObject({ status: 429, body: { error: { code: 'too_many_attempts' } } });
  const seconds = Number(answer.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(590);
  expect(seconds).toBeLessThanOrEqual(600);
});

test('what was paid is a transaction, and what is unused is asked back once', async () => {
  const { token } = await newcomer();
  const { organization } = (await ask('GET', '/me', { token })).body;
  const orderId = await world.paidOrder(organization.id);
  const read = async () => (await ask('GET', `/orders/${orderId}`, { token })).body;
  expect(await read()).toMatchObject({
    order: { state: 'paid', price: { amount: '9.90', currency: 'usd' }, checkoutUrl: null },
    ...{ refunds: [], refundable: { amount: '9.90', currency: 'usd' } },
  });
  const { transactions } = (await ask('GET', '/transactions', { token })).body;
  expect(transactions).toMatchObject([
    { kind: 'order', orderId, amountNanoUsd: '10000000000', amountTokens: '10000000', money: { amount: '9.90' } },
  ]);
  const refund = (body: object) =>
    ask('POST', `/orders/${orderId}/refund-request`, { token, body, headers: { 'idempotency-key': 'refund-key-1' } });
  const [first, second] = [
    await refund({ reason: '太多', amount: '4.95' }),
    await refund({ reason: '太多', amount: 4.95 }),
  ];
  expect(first).toMatchObject({ status: 201, body: { refund: { state: 'requested', amount: { amount: '4.95' } } } });
  expect(second.body).toEqual(first.body);
  expect((await read()).refunds).toMatchObject([{ id: first.body.refund.id, reason: '太多' }]);
  expect((await refund({ reason: 'x', amount: 1 })).body.error.code).toBe('client_key_reused');
  const another = await ask('POST', `/orders/${orderId}/refund-request`, { token, body: { reason: 'again' } });
  expect(another).toMatchObject({ status: 409, body: { error: { type: 'conflict_error', code: 'refund_open' } } });
  const { orders, nextCursor } = (await ask('GET', '/orders', { token })).body;
  expect({ ids: orders.map(({ id }: { id: string }) => id), nextCursor }).toEqual({ ids: [orderId], nextCursor: null });
});

test('lists are walked by cursor, entered by counting, narrowed, and bounded', async () => {
  const { token } = await newcomer();
  const { organization } = (await ask('GET', '/me', { token })).body;
  const keyId = (await ask('POST', '/keys', { token, body: { name: 'k' } })).body.key.id;
  for (let i = 0; i < 5; i++) await world.recordedRequest(organization.id, i < 3 ? keyId : 'key_other');
  const logs = async (query = '') => (await ask('GET', `/logs${query}`, { token })).body;
  const all = (await logs()).logs;
  expect(all).toHaveLength(5);
  expect(all[0]).toMatchObject({
    model: { requested: 'm', used: 'm' },
    ...{ outcome: 'completed', chargeNanoUsd: '17', provider: 'openai', error: null },
    usage: { input: 10, cacheRead: null, output: 7, source: 'reported' },
  });
  expect(JSON.stringify(all)).not.toMatch(/chn_|channel/);
  const first = await logs('?limit=3');
  const rest = await logs(`?limit=3&cursor=${first.nextCursor}`);
  expect([...first.logs, ...rest.logs]).toEqual(all);
  expect(rest.nextCursor).toBeNull();
  expect((await logs('?limit=100&offset=2')).logs).toEqual(all.slice(2));
  expect((await logs(`?keyId=${keyId}&range=24h`)).logs).toHaveLength(3);
  expect((await logs('?status=errors')).logs).toEqual([]);
  for (let i = 0; i < 3; i++) await world.paidOrder(organization.id);
  const page = async (query: string) => (await ask('GET', `/transactions${query}`, { token })).body;
  const transactions = (await page('?limit=100&offset=0')).transactions;
  const head = await page('?limit=2');
  expect([...head.transactions, ...(await page(`?cursor=${head.nextCursor}`)).transactions]).toEqual(transactions);
  expect((await page('?offset=2')).transactions).toEqual(transactions.slice(2));
  const orders = (await ask('GET', '/orders?limit=2', { token })).body;
  expect((await ask('GET', `/orders?cursor=${orders.nextCursor}`, { token })).body.orders).toHaveLength(1);
  const refused = ['limit=0', 'limit=201', 'limit=x', 'offset=10001', 'offset=-1', 'page=2', 'range=ever', 'limit=1.5'];
  for (const query of refused) {
    const { status, body } = await ask('GET', `/logs?${query}`, { token });
    expect({ query, status, field: body.error.field }).toEqual({ query, status: 400, field: query.split('=')[0] });
  }
  expect((await page('?offset=1&cursor=1')).error.code).toBe('offset_or_cursor');
});

test('stats say the balance, and what was used today, in a week and in a month', async () => {
  const { token } = await newcomer();
  const { organization } = (await ask('GET', '/me', { token })).body;
  await world.recordedRequest(organization.id, 'key_any');
  const { body } = await ask('GET', '/stats', { token });
  const sums = { requests: 1, errors: 0, input: 10, output: 7, chargeNanoUsd: '17' };
  expect(body).toMatchObject({ balance: { frozen: false }, today: sums, last7Days: sums, last30Days: sums });
  expect(body.days).toHaveLength(30);
  expect(body.topModels).toEqual([{ model: 'm', requests: 1, chargeNanoUsd: '17' }]);
});

test('prices are anyone’s to read, a bounded number of times', async () => {
  await db.prisma.model.create({ data: { id: 'priced', provider: 'openai', displayName: 'Priced' } });
  const price = { input: 3_000_000_000n, output: 15_000_000_000n, cacheRead: 300_000_000n, requestFee: 0n };
  const row = { id: 'prc_priced', modelId: 'priced', version: 1, validFrom: new Date(0), source: 'test' };
  await db.prisma.price.create({ data: { ...row, ...price } });
  const { status, body } = await ask('GET', '/pricing');
  expect(status).toBe(200);
  const priced = body.models.find(({ id }: { id: string }) => id === 'priced');
  expect(priced.price).toMatchObject({
    inputNanoUsd: '3000000000',
    cacheReadNanoUsd: '300000000',
    cacheWrite1hNanoUsd: null,
  });
  expect(body.customAmount).toMatchObject({ min: { amount: '5.00', currency: 'usd' }, tokensPerMinorUnit: '10000' });
  let last = await ask('GET', '/pricing');
  for (let i = 0; i < 240; i++) last = await ask('GET', '/pricing');
  expect(last.status).toBe(429);
  expect(last.headers.get('retry-after')).toBe('60');
});
