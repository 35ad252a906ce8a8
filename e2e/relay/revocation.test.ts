import {
  createApiKey,
  deleteApiKey,
  setApiKeyDisabled,
  setOrganizationLimits,
  setOrganizationSuspended,
} from '@ai-bridge/access';
import { openPool, openPrisma, type PrismaClient } from '@ai-bridge/db';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { eventually } from '../support/eventually.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

/** What the product promises: refused everywhere within a second of being revoked. */
const withinMs = 1_000;

let stack: Stack;
let pool: ReturnType<typeof openPool>;
let prisma: PrismaClient;
beforeAll(async () => {
  stack = await startStack();
  pool = openPool({ url: String(stack.environment['DATABASE_URL']), maxConnections: 2, applicationName: 'revocation' });
  prisma = openPrisma(pool.pool);
});
afterAll(async () => {
  await prisma.$disconnect();
  await pool.close();
  await stack.stop();
});

async function newKey(settings: { models?: string[]; expiresAt?: Date } = {}) {
  const pepper = String(stack.environment['BRIDGE_KEY_PEPPER']);
  const input = { organizationId: stack.organizationId, name: 'test', ...settings };
  const { apiKey, secret } = await createApiKey(prisma, input, { pepper });
  return { organizationId: stack.organizationId, apiKeyId: apiKey.id, secret };
}

const statusWith = async (secret: string) =>
  (
    await call(`${stack.url}/v1/messages`, {
      headers: anthropicHeaders({ key: secret }),
      body: messages({ chunks: 1 }),
    })
  ).status;
const becomes = (secret: string, status: number) =>
  eventually(async () => (await statusWith(secret)) === status, { withinMs, what: () => `not ${status} yet` });

test('a key that was just created works at once', async () => {
  const key = await newKey();
  expect(await statusWith(key.secret)).toBe(200);
});

test('a disabled key is refused within a second, and works again once enabled', async () => {
  const key = await newKey();
  expect(await statusWith(key.secret)).toBe(200);
  await setApiKeyDisabled(prisma, { ...key, disabled: true });
  await becomes(key.secret, 401);
  await setApiKeyDisabled(prisma, { ...key, disabled: false });
  await becomes(key.secret, 200);
});

test('a deleted key is refused within a second', async () => {
  const key = await newKey();
  expect(await statusWith(key.secret)).toBe(200);
  await deleteApiKey(prisma, key);
  await becomes(key.secret, 401);
});

test('a key past its date is refused without anybody telling', async () => {
  const key = await newKey({ expiresAt: new Date(Date.now() + 1_500) });
  expect(await statusWith(key.secret)).toBe(200);
  await eventually(async () => (await statusWith(key.secret)) === 401, { withinMs: 2_500 });
});

test('keys of a suspended organization are refused within a second, as forbidden', async () => {
  const key = await newKey();
  expect(await statusWith(key.secret)).toBe(200);
  await setOrganizationSuspended(prisma, { organizationId: stack.organizationId, suspended: true });
  await becomes(key.secret, 403);
  await setOrganizationSuspended(prisma, { organizationId: stack.organizationId, suspended: false });
  await becomes(key.secret, 200);
});

test('limits that staff set for an organization hold for its keys within a second, and so does taking them away', async () => {
  const { organizationId } = stack;
  const key = await newKey();
  // The file's own organizations have the file's limits.
  await expect(setOrganizationLimits(prisma, { organizationId, limits: {} })).rejects.toMatchObject({
    code: 'organization_owned_by_file',
  });
  await prisma.organization.update({ where: { id: organizationId }, data: { configKey: null } });
  expect(await statusWith(key.secret)).toBe(200);
  await setOrganizationLimits(prisma, { organizationId, limits: { rpm: 1 } });
  await becomes(key.secret, 429);
  await setOrganizationLimits(prisma, { organizationId, limits: {} });
  await becomes(key.secret, 200);
});

test('with the connection that tells of changes cut off, a revoked key is refused all the same', async () => {
  const key = await newKey();
  expect(await statusWith(key.secret)).toBe(200);
  await pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'ai-bridge-worker-changes'`);
  await deleteApiKey(prisma, key);
  await eventually(async () => (await statusWith(key.secret)) === 401, { withinMs: 3_000 });
});

test('a key with a list of models is refused every other model', async () => {
  const key = await newKey({ models: ['gpt-4o'] });
  expect(await statusWith(key.secret)).toBe(403);
});
