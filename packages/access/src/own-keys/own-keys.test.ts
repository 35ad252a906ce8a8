import { listen } from '@ai-bridge/db';
import { ownKeyPresets } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { accessChangedChannel } from '../caller.ts';
import { createApiKey } from '../keys/create.ts';
import { keyDigest } from '../keys/digest.ts';
import { findCaller } from '../keys/find-caller.ts';
import { registerUser } from '../people/users.ts';
import { addOwnKey, maxOwnKeys, type NewOwnKey } from './add.ts';
import { readOwnCredential } from './credential.ts';
import { findOwnKey } from './find.ts';
import { deleteOwnKey, disableOwnKey, listOwnKeys, requireOwnKey, updateOwnKey } from './manage.ts';

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

/** Stands in for the seal: what it is for can be read off it, the credential cannot. */
const seal = (preset: string, id: string, credential: string) => `sealed ${preset} ${id} ${credential.length}`;
const add = (over: Partial<NewOwnKey> = {}) => {
  const actor = { kind: 'console' as const, userId };
  const key = { organizationId, preset: 'anthropic' as const, name: 'mine', credential: 'sk-ant-CANARY-0123' };
  return addOwnKey(db.prisma, { ...key, isExclusive: false, actor, ...over }, seal);
};

test('an added key is sealed for its own row, shows its last four characters alone, and is audited without a secret', async () => {
  const added = await add({ credential: '  sk-ant-CANARY-0123\n' });
  expect(added).toMatchObject({ name: 'mine', preset: 'anthropic', last4: '0123', enabled: true, isExclusive: false });
  expect(await findOwnKey(db.prisma, added.id)).toMatchObject({
    credentialSealed: seal('anthropic', added.id, 'x'.repeat(18)),
  });
  const [row] = await db.database.query<{ text: string }>(
    `SELECT (SELECT json_agg(k)::text FROM own_key k) || (SELECT json_agg(a)::text FROM audit_log a) AS text`,
  );
  expect(row?.text).not.toContain('CANARY');
  const audit = await db.prisma.auditLog.findMany({ where: { target: added.id } });
  expect(audit).toMatchObject([{ action: 'ownKey.add', actorUserId: userId, organizationId }]);
});

test('a caller comes with the enabled keys of his organization, oldest first, and with nobody else’s', async () => {
  const { secret } = await createApiKey(db.prisma, { organizationId, name: 'key' }, { pepper });
  const caller = () => findCaller(db.prisma, keyDigest(secret, pepper));
  expect((await caller())?.ownKeys).toEqual([]);
  const first = await add();
  const second = await add({ preset: 'openai', credential: 'sk-openai-0123456', isExclusive: true, name: 'other' });
  const other = await registerUser(db.prisma, {
    email: `x${people}@example.com`,
    name: 'X',
    password: 'correct horse',
  });
  await add({ organizationId: other.organizationId });
  const sealed = seal('openai', second.id, 'x'.repeat(17));
  const expected = {
    id: second.id,
    name: 'other',
    preset: 'openai',
    credentialSealed: sealed,
    last4: '3456',
    isExclusive: true,
  };
  expect((await caller())?.ownKeys.map(({ id }) => id)).toEqual([first.id, second.id]);
  expect((await caller())?.ownKeys[1]).toEqual(expected);
  await disableOwnKey(db.prisma, { organizationId, ownKeyId: first.id });
  expect((await caller())?.ownKeys).toEqual([expected]);
  await deleteOwnKey(db.prisma, { organizationId, ownKeyId: second.id });
  expect((await caller())?.ownKeys).toEqual([]);
});

test('every change tells the workers which organization it is about', async () => {
  const heard: string[] = [];
  const listening = listen({
    url: db.url,
    applicationName: 'test',
    channels: [accessChangedChannel],
    onNotify: (_, payload) => heard.push(payload),
    onConnect: () => heard.push('connected'),
  });
  await vi.waitFor(() => expect(heard).toContain('connected'));
  heard.length = 0;
  const { id: ownKeyId } = await add();
  await updateOwnKey(db.prisma, { organizationId, ownKeyId }, { isExclusive: true });
  await deleteOwnKey(db.prisma, { organizationId, ownKeyId });
  await vi.waitFor(() => expect(heard).toEqual(Array(3).fill(`organization:${organizationId}`)));
  await listening.close();
});

test('a deleted key is gone for everyone, and nothing is left that could be opened', async () => {
  const { id } = await add();
  await deleteOwnKey(db.prisma, { organizationId, ownKeyId: id });
  expect(await listOwnKeys(db.prisma, { organizationId })).toEqual([]);
  expect(await findOwnKey(db.prisma, id)).toBeUndefined();
  const row = await db.prisma.ownKey.findUnique({ where: { id } });
  expect(row).toMatchObject({ credentialSealed: '', enabled: false });
});

test('what is not named in a change stays, and each change is audited', async () => {
  const { id: ownKeyId } = await add();
  await updateOwnKey(db.prisma, { organizationId, ownKeyId }, { name: ' renamed ' });
  await updateOwnKey(db.prisma, { organizationId, ownKeyId }, { isExclusive: true });
  await updateOwnKey(db.prisma, { organizationId, ownKeyId }, { enabled: false });
  const expected = { name: 'renamed', isExclusive: true, enabled: false };
  expect(await listOwnKeys(db.prisma, { organizationId })).toMatchObject([expected]);
  await expect(updateOwnKey(db.prisma, { organizationId, ownKeyId }, { name: '' })).rejects.toMatchObject({
    code: 'name_invalid',
  });
  const audit = await db.prisma.auditLog.findMany({ where: { target: ownKeyId, action: 'ownKey.update' } });
  expect(audit.map(({ detail }) => detail)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ to: { name: 'renamed' } }),
      { from: { isExclusive: false }, to: { isExclusive: true } },
      { from: { enabled: true }, to: { enabled: false } },
    ]),
  );
});

test('another organization’s key is as unknown as none', async () => {
  const { id: ownKeyId } = await add();
  const elsewhere = { organizationId: 'org_other', ownKeyId };
  for (const refused of [
    () => requireOwnKey(db.prisma, elsewhere),
    () => updateOwnKey(db.prisma, elsewhere, { enabled: false }),
    () => disableOwnKey(db.prisma, elsewhere),
    () => deleteOwnKey(db.prisma, elsewhere),
  ])
    await expect(refused()).rejects.toMatchObject({ code: 'not_found' });
  expect(await requireOwnKey(db.prisma, { organizationId, ownKeyId })).toMatchObject({ enabled: true });
});

test('twenty keys are the most, also when they come at once; a deleted one makes room', async () => {
  const results = await Promise.allSettled(Array.from({ length: maxOwnKeys + 3 }, () => add()));
  expect(results.filter(({ status }) => status === 'fulfilled').length).toBe(maxOwnKeys);
  await expect(add()).rejects.toMatchObject({ code: 'own_key_limit_reached' });
  const [first] = await listOwnKeys(db.prisma, { organizationId });
  await deleteOwnKey(db.prisma, { organizationId, ownKeyId: first!.id });
  expect(await add()).toMatchObject({ last4: '0123' });
});

test('obvious mistakes are refused by name, and never quoted', () => {
  const refused: [preset: (typeof ownKeyPresets)[number], pasted: string, code: string][] = [
    ['anthropic', 'short', 'own_key_malformed'],
    ['anthropic', `sk-ant-${'x'.repeat(506)}`, 'own_key_malformed'],
    ['anthropic', 'sk-ant-with space', 'own_key_malformed'],
    ['anthropic', 'sk-ant-schlüssel', 'own_key_malformed'],
    ['anthropic', 'sk-proj-0123456789', 'own_key_other_provider'],
    ['openai', 'sk-ant-0123456789', 'own_key_other_provider'],
    ['openai', 'AIzaSy0123456789', 'own_key_other_provider'],
    ['openai', 'sk-or-v1-0123456789', 'own_key_other_provider'],
    ['gemini', 'sk-0123456789', 'own_key_other_provider'],
    ['gemini', 'ab-0123456789abcdef', 'own_key_is_relay_key'],
  ];
  for (const [preset, pasted, code] of refused) {
    let error: Error | undefined;
    try {
      readOwnCredential(preset, pasted);
    } catch (thrown) {
      error = thrown as Error;
    }
    expect(error, pasted).toMatchObject({ code, path: 'credential' });
    expect(error?.message).not.toContain(pasted);
  }
  expect(readOwnCredential('openai', ' sk-proj-0123456789 ')).toBe('sk-proj-0123456789');
  for (const preset of ownKeyPresets) expect(readOwnCredential(preset, 'a-form-of-its-own')).toBe('a-form-of-its-own');
});
