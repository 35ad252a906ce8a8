import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { registerUser } from '../people/users.ts';
import { createApiKey } from './create.ts';
import { keyDigest } from './digest.ts';
import { findKeys } from './find-by-prefix.ts';
import { findCaller } from './find-caller.ts';
import { deleteApiKey, listApiKeys, setApiKeyDisabled, updateApiKey } from './manage.ts';
import { openPlaygroundSecret, playgroundSecretMs } from './playground-secret.ts';
import { endEarlierSecret, listEarlierSecrets, maxEarlierSecrets, rotateApiKey } from './rotate.ts';

const pepper = 'a pepper of the tests';
const hourMs = 3_600_000;
let db: TestDatabase;
let people = 0;
let organizationId: string;
let userId: string;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  const email = `owner${++people}@example.com`;
  ({ organizationId, userId } = await registerUser(db.prisma, { email, name: 'Owner', password: 'correct horse' }));
});

const find = (secret: string) => findCaller(db.prisma, keyDigest(secret, pepper));
const settings = { name: 'k', models: ['gpt-4o'], limits: { rpm: 5 }, strict: true, spendPerDayNanoUsd: 7n };
async function newKey() {
  const key = { organizationId, createdByUserId: userId, ...settings };
  const { apiKey, secret } = await createApiKey(db.prisma, key, { pepper });
  return { organizationId, apiKeyId: apiKey.id, secret };
}
type Key = Awaited<ReturnType<typeof newKey>>;
const rotate = (key: Key, graceMs: number, now = new Date()) =>
  rotateApiKey(db.prisma, { ...key, graceMs, now }, { pepper });
const earlier = (now = new Date()) => listEarlierSecrets(db.prisma, { organizationId, now });

test('after a rotation both secrets speak for the same key with all that is set on it, the earlier one until its time', async () => {
  const key = await newKey();
  const now = new Date();
  const { secret } = await rotate(key, hourMs, now);
  const [fresh, old] = [await find(secret), await find(key.secret)];
  expect(fresh).toMatchObject({ keyId: key.apiKeyId, strict: true, keyLimits: { rpm: 5 }, expiresAt: undefined });
  expect(fresh?.spendLimits).toEqual({ perDayNanoUsd: 7n, perMonthNanoUsd: undefined });
  expect({ ...old, prefix: fresh?.prefix, last4: fresh?.last4, expiresAt: undefined }).toEqual(fresh);
  expect(old?.expiresAt).toEqual(new Date(now.getTime() + hourMs));
  expect(old?.last4).toBe(key.secret.slice(-4));
  expect(await earlier()).toMatchObject([{ apiKeyId: key.apiKeyId, last4: key.secret.slice(-4) }]);
});

test('an earlier secret ends by itself, or at once where that was asked for', async () => {
  const key = await newKey();
  const long = await rotate(key, hourMs, new Date(Date.now() - 2 * hourMs));
  expect(await find(key.secret)).toBeUndefined();
  const last = await rotate({ ...key, secret: long.secret }, 0);
  expect(await find(long.secret)).toBeUndefined();
  expect((await find(last.secret))?.keyId).toBe(key.apiKeyId);
  expect(await earlier()).toEqual([]);
});

test('ending an earlier secret leaves the key and its new one alone; nobody ends those of another organization', async () => {
  const key = await newKey();
  const { secret } = await rotate(key, hourMs);
  const [{ id: secretId } = { id: '' }] = await earlier();
  const end = { ...key, secretId, now: new Date() };
  await expect(endEarlierSecret(db.prisma, { ...end, organizationId: 'org_x' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await endEarlierSecret(db.prisma, end);
  expect(await find(key.secret)).toBeUndefined();
  expect((await find(secret))?.keyId).toBe(key.apiKeyId);
});

test('a disabled or deleted key refuses all of its secrets', async () => {
  const key = await newKey();
  const { secret } = await rotate(key, hourMs);
  const tried = await openPlaygroundSecret(db.prisma, { ...key, userId, now: new Date() }, { pepper });
  const all = [key.secret, secret, tried.secret];
  await setApiKeyDisabled(db.prisma, { ...key, disabled: true });
  for (const one of all) expect(await find(one)).toBeUndefined();
  await setApiKeyDisabled(db.prisma, { ...key, disabled: false });
  for (const one of all) expect((await find(one))?.keyId).toBe(key.apiKeyId);
  await deleteApiKey(db.prisma, key);
  for (const one of all) expect(await find(one)).toBeUndefined();
});

test('at most so many earlier secrets work at once, and none for more than seven days', async () => {
  const key = await newKey();
  for (let count = 0; count < maxEarlierSecrets; count++) await rotate(key, hourMs);
  await expect(rotate(key, hourMs)).rejects.toMatchObject({ code: 'key_rotated_too_often' });
  await rotate(key, 0);
  await expect(rotate(key, 8 * 24 * hourMs)).rejects.toMatchObject({ code: 'settings_invalid' });
});

test('two rotations at once leave one new secret and lose none of the earlier ones', async () => {
  const key = await newKey();
  const made = await Promise.all([rotate(key, hourMs), rotate(key, hourMs)]);
  const found = await Promise.all([key.secret, ...made.map(({ secret }) => secret)].map(find));
  expect(found.map((caller) => caller?.keyId)).toEqual([key.apiKeyId, key.apiKeyId, key.apiKeyId]);
  expect(found.filter((caller) => caller?.expiresAt === undefined)).toHaveLength(1);
});

test('what a configuration file keeps is neither changed nor rotated here', async () => {
  const { apiKey } = await createApiKey(db.prisma, { organizationId, name: 'of the file' }, { pepper });
  const key = { organizationId, apiKeyId: apiKey.id, secret: '' };
  await expect(rotate(key, 0)).rejects.toMatchObject({ code: 'key_owned_by_file' });
  const change = updateApiKey(db.prisma, { ...key, settings: { name: 'mine' } });
  await expect(change).rejects.toMatchObject({ code: 'key_owned_by_file' });
});

test('a change keeps the group, and the audit log says what was before and after', async () => {
  const made = { organizationId, createdByUserId: userId, name: 'k', group: 'gold', spendPerDayNanoUsd: 5n };
  const { apiKey } = await createApiKey(db.prisma, made, { pepper });
  const change = { organizationId, apiKeyId: apiKey.id };
  await updateApiKey(db.prisma, { ...change, settings: { name: 'k', strict: true, spendPerDayNanoUsd: 9n } });
  expect(await listApiKeys(db.prisma, { organizationId })).toMatchObject([
    { group: 'gold', strict: true, spendPerDayNanoUsd: 9n },
  ]);
  const log = await db.prisma.auditLog.findFirst({ where: { target: apiKey.id, action: 'apiKey.update' } });
  expect(log?.detail).toEqual({
    name: 'k',
    changed: { strict: { from: false, to: true }, spendPerDayNanoUsd: { from: '5', to: '9' } },
  });
});

test('support finds a key by what it looked like before', async () => {
  const key = await newKey();
  await rotate(key, 0);
  const found = await findKeys(db.database, key.secret.slice(0, 13));
  expect(found.map(({ id }) => id)).toEqual([key.apiKeyId]);
});

test('a secret of the playground speaks for the key for a quarter of an hour, and ends with the next one and with the person', async () => {
  const key = await newKey();
  const now = new Date();
  const open = () => openPlaygroundSecret(db.prisma, { ...key, userId, now }, { pepper });
  const first = await open();
  const second = await open();
  expect(await find(first.secret)).toBeUndefined();
  const caller = await find(second.secret);
  expect(caller).toMatchObject({ keyId: key.apiKeyId, organizationId, keyLimits: { rpm: 5 } });
  expect(caller?.expiresAt).toEqual(new Date(now.getTime() + playgroundSecretMs));
  expect(await earlier()).toEqual([]);
  expect(await db.prisma.auditLog.count({ where: { target: key.apiKeyId, action: 'apiKey.playground' } })).toBe(1);
  await db.prisma.member.deleteMany({ where: { userId } });
  expect(await find(second.secret)).toBeUndefined();
});

test('a suspended person’s secret of the playground is refused, and a key that is off opens none', async () => {
  const key = await newKey();
  const { secret } = await openPlaygroundSecret(db.prisma, { ...key, userId, now: new Date() }, { pepper });
  await db.prisma.user.update({ where: { id: userId }, data: { status: 'suspended' } });
  expect(await find(secret)).toBeUndefined();
  await setApiKeyDisabled(db.prisma, { ...key, disabled: true });
  const open = openPlaygroundSecret(db.prisma, { ...key, userId, now: new Date() }, { pepper });
  await expect(open).rejects.toMatchObject({ code: 'key_unusable' });
});
