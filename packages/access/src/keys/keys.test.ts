import { listen } from '@ai-bridge/db';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { accessChangedChannel } from '../caller.ts';
import { setOrganizationLimits, setOrganizationSuspended } from '../organizations.ts';
import { registerUser } from '../people/users.ts';
import { createApiKey, importApiKey, maxLiveKeys } from './create.ts';
import { keyDigest } from './digest.ts';
import { findCaller } from './find-caller.ts';
import { deleteApiKey, listApiKeys, setApiKeyDisabled, updateApiKey } from './manage.ts';
import { noteKeyUses } from './note-use.ts';

const pepper = 'a pepper of the tests';
let db: TestDatabase;
let organizationId: string;
let userId: string;
let people = 0;

beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  const email = `owner${++people}@example.com`;
  ({ organizationId, userId } = await registerUser(db.prisma, { email, name: 'Owner', password: 'correct horse' }));
});

const find = (secret: string, under = pepper) => findCaller(db.prisma, keyDigest(secret, under));

test('a created key finds its caller with all that was set; its secret is nowhere in the database', async () => {
  const settings = { name: 'main', group: 'gold', models: ['gpt-4o'], allowedAddresses: ['10.0.0.0/8'], strict: true };
  const { apiKey, secret } = await createApiKey(
    db.prisma,
    { organizationId, createdByUserId: userId, ...settings, limits: { rpm: 5 } },
    { pepper },
  );
  await setOrganizationLimits(db.prisma, { organizationId, limits: { concurrency: 7 } });
  expect(await find(secret)).toEqual({
    keyId: apiKey.id,
    keyName: 'main',
    prefix: secret.slice(0, 13),
    last4: secret.slice(-4),
    group: 'gold',
    organizationId,
    organizationName: 'Owner',
    organizationSuspended: false,
    models: new Set(['gpt-4o']),
    allowedAddresses: ['10.0.0.0/8'],
    strict: true,
    keyLimits: { rpm: 5 },
    organizationLimits: { concurrency: 7 },
    expiresAt: undefined,
    ownKeys: [],
  });
  const dump = await db.database.query(
    `SELECT (SELECT json_agg(k)::text FROM api_key k) || (SELECT json_agg(a)::text FROM audit_log a) AS text`,
  );
  expect(dump[0]?.text).not.toContain(secret.slice(13));
});

test('a key of staff says so for as long as who made it is of the staff, active, and a member', async () => {
  const { secret } = await createApiKey(
    db.prisma,
    { organizationId, createdByUserId: userId, name: 'of staff' },
    { pepper },
  );
  const staffAfter = async (change: () => Promise<unknown>) => {
    await change();
    return (await find(secret))?.staff;
  };
  const update = (data: { staffRole?: string | null; status?: string }) => () =>
    db.prisma.user.update({ where: { id: userId }, data });
  expect(await staffAfter(update({ staffRole: 'operator' }))).toEqual({ role: 'operator', hasTwoFactor: false });
  expect(await staffAfter(update({ status: 'suspended' }))).toBeUndefined();
  expect(await staffAfter(update({ status: 'active', staffRole: 'nobody knows' }))).toBeUndefined();
  const factor = { userId, secretSealed: 'x', createdAt: new Date(), confirmedAt: new Date() };
  await update({ staffRole: 'administrator' })();
  expect(await staffAfter(() => db.prisma.twoFactor.create({ data: factor }))).toEqual({
    role: 'administrator',
    hasTwoFactor: true,
  });
  await db.prisma.twoFactor.deleteMany({ where: { userId } });
  const member = await db.prisma.member.findFirstOrThrow({ where: { userId, organizationId } });
  expect(await staffAfter(() => db.prisma.member.deleteMany({ where: { userId, organizationId } }))).toBeUndefined();
  await db.prisma.member.create({ data: member });
  expect(await staffAfter(update({ staffRole: null }))).toBeUndefined();
});

test('a key is found under its own pepper only', async () => {
  const { secret } = await createApiKey(db.prisma, { organizationId, name: 'k' }, { pepper });
  expect(await find(secret, 'another pepper')).toBeUndefined();
});

test('disabled, deleted, expired and unknown keys are all undefined, and enabling brings one back', async () => {
  const make = (name: string, expiresAt?: Date) =>
    createApiKey(db.prisma, { organizationId, name, ...(expiresAt ? { expiresAt } : {}) }, { pepper });
  const [disabled, deleted, expired, later] = await Promise.all([
    make('disabled'),
    make('deleted'),
    make('expired', new Date(Date.now() - 1_000)),
    make('later', new Date(Date.now() + 60_000)),
  ]);
  await setApiKeyDisabled(db.prisma, { organizationId, apiKeyId: disabled.apiKey.id, disabled: true });
  await deleteApiKey(db.prisma, { organizationId, apiKeyId: deleted.apiKey.id });
  for (const secret of [disabled.secret, deleted.secret, expired.secret, 'ab-never-seen-before'])
    expect(await find(secret)).toBeUndefined();
  expect((await find(later.secret))?.expiresAt).toEqual(later.apiKey.expiresAt);
  await setApiKeyDisabled(db.prisma, { organizationId, apiKeyId: disabled.apiKey.id, disabled: false });
  expect((await find(disabled.secret))?.keyId).toBe(disabled.apiKey.id);
  expect((await listApiKeys(db.prisma, { organizationId })).map(({ name }) => name).sort()).toEqual([
    'disabled',
    'expired',
    'later',
  ]);
});

test('keys of a suspended organization are found and say so', async () => {
  const { secret } = await createApiKey(db.prisma, { organizationId, name: 'k' }, { pepper });
  await setOrganizationSuspended(db.prisma, { organizationId, suspended: true });
  expect((await find(secret))?.organizationSuspended).toBe(true);
});

test('imported keys that share their first 20 to 60 characters never stand for each other', async () => {
  const token = fc.string({ unit: fc.constantFrom(...'abcXYZ019_.'), minLength: 1, maxLength: 12 });
  const shared = fc.string({ unit: fc.constantFrom(...'abcXYZ019'), minLength: 20, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(shared, fc.uniqueArray(token, { minLength: 2, maxLength: 3 }), async (start, ends) => {
      const made = new Map<string, string>();
      for (const end of ends) {
        const secret = `ab-${start}-${end}`;
        const key = await importApiKey(db.prisma, { organizationId, name: 'twin', secret }, { pepper });
        made.set(secret, key.id);
      }
      for (const [secret, id] of made) expect((await find(secret))?.keyId).toBe(id);
      for (const id of made.values()) await deleteApiKey(db.prisma, { organizationId, apiKeyId: id });
    }),
    { numRuns: 10 },
  );
});

test('a secret can be imported once, by one organization', async () => {
  const secret = 'ab-from-the-old-relay';
  await importApiKey(db.prisma, { organizationId, name: 'old', secret }, { pepper });
  const again = importApiKey(db.prisma, { organizationId, name: 'old', secret }, { pepper });
  await expect(again).rejects.toMatchObject({ code: 'key_taken' });
  const malformed = importApiKey(db.prisma, { organizationId, name: 'x', secret: 'ab-short' }, { pepper });
  await expect(malformed).rejects.toMatchObject({ code: 'key_malformed' });
});

test('another organization can neither see, change, disable nor delete a key', async () => {
  const { apiKey, secret } = await createApiKey(db.prisma, { organizationId, name: 'k' }, { pepper });
  const other = await registerUser(db.prisma, {
    email: `x${people}@example.com`,
    name: 'X',
    password: 'correct horse',
  });
  const theirs = { organizationId: other.organizationId, apiKeyId: apiKey.id };
  await expect(setApiKeyDisabled(db.prisma, { ...theirs, disabled: true })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(deleteApiKey(db.prisma, theirs)).rejects.toMatchObject({ code: 'not_found' });
  const update = updateApiKey(db.prisma, { ...theirs, settings: { name: 'mine' } });
  await expect(update).rejects.toMatchObject({ code: 'not_found' });
  expect(await listApiKeys(db.prisma, { organizationId: other.organizationId })).toEqual([]);
  expect((await find(secret))?.keyName).toBe('k');
});

test('an organization never has more than its cap of live keys, however many are made at once', async () => {
  const data = Array.from({ length: maxLiveKeys - 2 }, (_, i) => ({
    id: `key_${organizationId}_${i}`,
    organizationId,
    name: 'bulk',
    digest: keyDigest(`${organizationId} ${i}`, pepper),
    prefix: 'ab-xx',
    last4: 'xxxx',
  }));
  await db.prisma.apiKey.createMany({ data });
  const made = await Promise.allSettled(
    Array.from({ length: 5 }, () => createApiKey(db.prisma, { organizationId, name: 'race' }, { pepper })),
  );
  const refused = made.filter((result) => result.status === 'rejected').map((result) => result.reason.code);
  expect(refused).toEqual(['key_limit_reached', 'key_limit_reached', 'key_limit_reached']);
});

test('settings that no form would send are refused with their path', async () => {
  const bad = [
    [{ name: '' }, 'name'],
    [{ name: 'k', group: 'Gold!' }, 'group'],
    [{ name: 'k', allowedAddresses: ['10.0.0.0/33'] }, 'allowedAddresses.0'],
    [{ name: 'k', limits: { rpm: 0 } }, 'limits.rpm'],
    [{ name: 'k', limits: { rpm: 1.5 } }, 'limits.rpm'],
  ] as const;
  for (const [settings, path] of bad) {
    const made = createApiKey(db.prisma, { organizationId, ...settings } as never, { pepper });
    await expect(made).rejects.toMatchObject({ code: 'settings_invalid', path });
  }
});

test('every change of a key leaves an audit row that names the actor', async () => {
  const actor = { kind: 'console', userId, address: '203.0.113.9' } as const;
  const mine = { organizationId, createdByUserId: userId, name: 'k', actor };
  const { apiKey } = await createApiKey(db.prisma, mine, { pepper });
  const change = { organizationId, apiKeyId: apiKey.id, actor };
  await updateApiKey(db.prisma, { ...change, settings: { name: 'renamed' } });
  await setApiKeyDisabled(db.prisma, { ...change, disabled: true });
  await deleteApiKey(db.prisma, change);
  const rows = await db.prisma.auditLog.findMany({ where: { target: apiKey.id }, orderBy: { id: 'asc' } });
  expect(rows.map(({ action }) => action)).toEqual([
    'apiKey.create',
    'apiKey.update',
    'apiKey.disable',
    'apiKey.delete',
  ]);
  expect(rows.every((row) => row.actorUserId === userId && row.address === '203.0.113.9')).toBe(true);
});

test('making, revoking and suspending are told to whoever listens; mere use is not', async () => {
  const heard: string[] = [];
  let connected = false;
  const listener = listen({
    url: db.url,
    channels: [accessChangedChannel],
    applicationName: 'test-listen',
    onNotify: (_, payload) => heard.push(payload),
    onConnect: () => {
      connected = true;
    },
  });
  try {
    await vi.waitUntil(() => connected, { timeout: 5_000 });
    const { apiKey, secret } = await createApiKey(db.prisma, { organizationId, name: 'k' }, { pepper });
    const use = { apiKeyId: apiKey.id, at: new Date(), model: 'gpt-4o', address: '203.0.113.9' };
    await noteKeyUses(db.database, [use]);
    await setApiKeyDisabled(db.prisma, { organizationId, apiKeyId: apiKey.id, disabled: true });
    await setOrganizationSuspended(db.prisma, { organizationId, suspended: true });
    await deleteApiKey(db.prisma, { organizationId, apiKeyId: apiKey.id });
    const key = `key:${apiKey.id}`;
    await vi.waitUntil(() => heard.length >= 4, { timeout: 5_000 });
    expect(heard).toEqual([key, key, `organization:${organizationId}`, key]);
    expect(await find(secret)).toBeUndefined();
    const row = await db.prisma.apiKey.findUnique({ where: { id: apiKey.id } });
    expect(row).toMatchObject({ lastUsedAt: use.at, lastModel: 'gpt-4o', lastAddress: '203.0.113.9' });
  } finally {
    await listener.close();
  }
});
