import {
  createApiKey,
  endEarlierSecret,
  type KeySettings,
  listApiKeys,
  listEarlierSecrets,
  openPlaygroundSecret,
  registerUser,
  rotateApiKey,
  setApiKeyDisabled,
  updateApiKey,
} from '@ai-bridge/access';
import { openPool, openPrisma, type PrismaClient } from '@ai-bridge/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { eventually } from '../support/eventually.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

/** One output token of it costs one plan token, 1,000 nano-USD; nothing else costs anything. */
const model = 'exact-test';
const hourMs = 3_600_000;

let stack: Stack;
let pool: ReturnType<typeof openPool>;
let prisma: PrismaClient;
let userId: string;
beforeAll(async () => {
  stack = await startStack({ environment: { TRUSTED_PROXIES: '127.0.0.1' } });
  pool = openPool({ url: String(stack.environment['DATABASE_URL']), maxConnections: 2, applicationName: 'key-limits' });
  prisma = openPrisma(pool.pool);
  const person = { email: 'keys@example.com', name: 'Keys', password: 'correct horse' };
  ({ userId } = await registerUser(prisma, person));
  const { organizationId } = stack;
  await prisma.member.create({ data: { organizationId, userId, role: 'developer' } });
});
afterAll(async () => {
  await prisma.$disconnect();
  await pool.close();
  await stack.stop();
});

const pepper = () => ({ pepper: String(stack.environment['BRIDGE_KEY_PEPPER']) });
async function newKey(settings: Partial<KeySettings> = {}) {
  const { organizationId } = stack;
  const key = { organizationId, createdByUserId: userId, name: 'test', ...settings };
  const { apiKey, secret } = await createApiKey(prisma, key, pepper());
  return { organizationId, apiKeyId: apiKey.id, secret };
}

const ask = (secret: string, chunks: number, headers: Readonly<Record<string, string>> = {}) =>
  call(`${stack.url}/v1/messages`, {
    headers: { ...anthropicHeaders({ key: secret }), ...headers },
    body: messages({ chunks }, { model, max_tokens: 50 }),
  });
const statusOf = async (secret: string) =>
  (await call(`${stack.url}/v1/key`, { headers: { authorization: `Bearer ${secret}` } })).status;
const becomes = (secret: string, status: number) =>
  eventually(async () => (await statusOf(secret)) === status, { withinMs: 1_000, what: () => `not ${status} yet` });
interface Told {
  readonly error: { readonly type: string; readonly message: string };
}

test('a key is refused once it has spent its day’s limit, with 402 and no invitation to retry, and works again once that is raised', async () => {
  const key = await newKey({ spendPerDayNanoUsd: 10_000n });
  expect((await ask(key.secret, 6)).status).toBe(200);
  expect((await ask(key.secret, 6)).status).toBe(200);
  const refused = await ask(key.secret, 1);
  expect(refused.status).toBe(402);
  expect(refused.headers['x-should-retry']).toBe('false');
  const { error } = refused.json<Told>();
  expect(error.type).toBe('insufficient_balance');
  expect(error.message).toContain('0.00001 USD a day');
  await updateApiKey(prisma, { ...key, settings: { name: 'test', spendPerDayNanoUsd: 20_000n } });
  await eventually(async () => (await ask(key.secret, 1)).status === 200, { withinMs: 1_000 });
});

test('a month’s limit holds over a restart of the worker, for what was charged is read again', async () => {
  const key = await newKey({ spendPerMonthNanoUsd: 5_000n });
  expect((await ask(key.secret, 5)).status).toBe(200);
  await stack.kill9();
  await stack.restart();
  expect((await ask(key.secret, 1)).status).toBe(402);
  const told = await call(`${stack.url}/v1/key`, { headers: { authorization: `Bearer ${key.secret}` } });
  expect(told.json()).toMatchObject({
    spend: {
      day: { spentNanoUsd: '5000', limitNanoUsd: null },
      month: { spentNanoUsd: '5000', limitNanoUsd: '5000' },
    },
  });
});

test('twenty requests at once do not pass a limit that is good for two: the others are told to come back', async () => {
  const key = await newKey({ spendPerDayNanoUsd: 100_000n });
  const body = messages({ chunks: 40, firstByteMs: 1_000 }, { model, max_tokens: 50 });
  const one = () => call(`${stack.url}/v1/messages`, { headers: anthropicHeaders({ key: key.secret }), body });
  const answers = await Promise.all(Array.from({ length: 20 }, one));
  const passed = answers.filter(({ status }) => status === 200);
  expect(passed).toHaveLength(2);
  for (const { status, headers } of answers)
    if (status !== 200) expect([status, headers['retry-after']]).toEqual([402, '1']);
});

test('after a rotation the earlier secret works within its grace and is refused within a second of its end', async () => {
  const key = await newKey();
  expect(await statusOf(key.secret)).toBe(200);
  const { secret } = await rotateApiKey(prisma, { ...key, graceMs: hourMs, now: new Date() }, pepper());
  expect((await ask(secret, 1)).status).toBe(200);
  expect((await ask(key.secret, 1)).status).toBe(200);
  const [earlier] = await listEarlierSecrets(prisma, { organizationId: stack.organizationId, now: new Date() });
  await endEarlierSecret(prisma, { ...key, secretId: String(earlier?.id), now: new Date() });
  await becomes(key.secret, 401);
  expect(await statusOf(secret)).toBe(200);
});

test('an earlier secret ends by itself, without anybody telling', async () => {
  const key = await newKey();
  await rotateApiKey(prisma, { ...key, graceMs: 1_500, now: new Date() }, pepper());
  expect(await statusOf(key.secret)).toBe(200);
  await eventually(async () => (await statusOf(key.secret)) === 401, { withinMs: 2_500 });
});

test('rotated with no grace, as after a leak, the secret is refused within a second', async () => {
  const key = await newKey();
  expect(await statusOf(key.secret)).toBe(200);
  await rotateApiKey(prisma, { ...key, graceMs: 0, now: new Date() }, pepper());
  await becomes(key.secret, 401);
});

test('a secret of the playground is under the key’s own limits and models, and ends with the key', async () => {
  const key = await newKey({ models: [model], limits: { rpm: 2 } });
  const { secret } = await openPlaygroundSecret(prisma, { ...key, userId, now: new Date() }, pepper());
  const other = await call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders({ key: secret }),
    body: messages({ chunks: 1 }),
  });
  expect(other.status).toBe(403);
  const answers = [await ask(secret, 1), await ask(key.secret, 1), await ask(secret, 1)];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  await setApiKeyDisabled(prisma, { ...key, disabled: true });
  await becomes(secret, 401);
});

test('a key with a list of addresses is taken from these alone, by what the operator’s own proxy says', async () => {
  const key = await newKey({ allowedAddresses: ['203.0.113.0/24'] });
  const through = (forwarded: string) => ask(key.secret, 1, { 'x-forwarded-for': forwarded });
  expect((await through('203.0.113.9')).status).toBe(200);
  const refused = await through('203.0.113.9, 198.51.100.7');
  expect(refused.status).toBe(403);
  expect(refused.json<Told>().error.type).toBe('permission_error');
  expect((await ask(key.secret, 1)).status).toBe(403);
});

test('the list of keys says within seconds when, for which model and from where a key was used last', async () => {
  const key = await newKey();
  await ask(key.secret, 1, { 'x-forwarded-for': '203.0.113.77' });
  const used = () => listApiKeys(prisma, key).then((keys) => keys.find(({ id }) => id === key.apiKeyId));
  await eventually(async () => (await used())?.lastUsedAt !== null, { withinMs: 6_000 });
  expect(await used()).toMatchObject({ lastModel: model, lastAddress: '203.0.113.77' });
});
