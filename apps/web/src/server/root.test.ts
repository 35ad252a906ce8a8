import {
  can,
  createApiKey,
  deleteApiKey,
  openSession,
  organizationRoles,
  type Permission,
  permissions,
  staffRoles,
} from '@ai-bridge/access';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Calls } from './calls.fixture.ts';
import type { Context } from './context.ts';
import type { Deps } from './deps.ts';
import { appRouter, createCaller } from './root.ts';
import { callsIn } from './root-calls.fixture.ts';
import type { ProcedureMeta } from './trpc.ts';
import { createWorld, repair, type Target, type World } from './world.fixture.ts';

let world: World;
let calls: Calls;
let db: TestDatabase;
let deps: Deps;
/** An organization that the people under test belong to, and one that none of them does. */
let own: Target;
let foreign: Target;

beforeAll(async () => {
  db = await createTestDatabase();
  world = await createWorld(db);
  ({ deps, own, foreign } = world);
  calls = callsIn(world);
});

afterAll(async () => {
  process.stdout.write(`permission matrix: ${callsMade} calls of ${procedures.length} procedures\n`);
  await db.drop();
});

const personWith = (roles: Parameters<World['personWith']>[0]) => world.personWith(roles);

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const meta = (procedure as unknown as { _def: { meta: ProcedureMeta } })._def.meta;
  return { path, access: meta?.access, isStaffOnly: meta?.isStaffOnly === true };
});
const guarded = procedures.flatMap(({ path, access, isStaffOnly }) =>
  access in permissions ? [{ path, permission: access as Permission, isStaffOnly }] : [],
);

let callsMade = 0;
/** Kinds of deeds that all calls together write down, at least. */
const mostActions = 60;

/** What came of a call: its refusal, or "ok". */
async function outcome(path: string, context: Context, target: Target): Promise<string> {
  callsMade++;
  try {
    await calls[path]!(createCaller(context), target);
    return 'ok';
  } catch (error) {
    if (error instanceof TRPCError) return error.code;
    throw error;
  }
}

test('every procedure says who may call it, and is covered here', () => {
  expect(procedures.map(({ path }) => path).sort()).toEqual(Object.keys(calls).sort());
  for (const { path, access } of procedures) {
    const known = access === 'public' || access === 'signedIn' || access in permissions;
    expect(known, path).toBe(true);
  }
  const open = procedures.filter(({ access }) => access === 'public').map(({ path }) => path);
  expect(open.sort()).toEqual([
    'account.confirmEmail',
    'account.register',
    'account.requestReset',
    'account.resetPassword',
    'account.setUp',
    'account.switchMailOff',
    'invitation.preview',
    'invitation.signUp',
    'search.offer',
  ]);
});

test('nobody who is not signed in gets past anything that is not public', async () => {
  for (const { path, access } of procedures.filter((procedure) => procedure.access !== 'public')) {
    expect(await outcome(path, world.contextOf(undefined), own), `${path} (${access})`).toBe('UNAUTHORIZED');
  }
});

for (const organizationRole of organizationRoles) {
  test(`a ${organizationRole} may do in their organization exactly what the table says`, async () => {
    const person = await personWith({ organizationRole });
    for (const { path, permission, isStaffOnly } of guarded) {
      const expected = !isStaffOnly && can({ organizationRole }, permission) ? 'ok' : 'FORBIDDEN';
      expect(await outcome(path, person, own), path).toBe(expected);
    }
  });

  test(`a ${organizationRole} may do nothing in another organization`, async () => {
    const person = await personWith({ organizationRole });
    for (const { path } of guarded) expect(await outcome(path, person, foreign), path).toBe('FORBIDDEN');
  });
}

for (const staffRole of staffRoles) {
  test(`${staffRole} staff may do in an organization exactly what the table says`, async () => {
    const person = await personWith({ staffRole });
    await world.stateReason(person, foreign.organizationId);
    for (const { path, permission } of guarded) {
      const expected = can({ staffRole }, permission) ? 'ok' : 'FORBIDDEN';
      expect(await outcome(path, person, foreign), path).toBe(expected);
    }
  });
}

test('a person without any role may do nothing, and cannot learn whether an organization exists', async () => {
  const person = await personWith({});
  const unknown = { organizationId: 'org_unknown', apiKeyId: 'key_unknown', requestId: 'req_unknown' };
  for (const { path } of guarded) {
    expect(await outcome(path, person, foreign), path).toBe('FORBIDDEN');
    if (path !== 'apiKey.delete' && !path.startsWith('ownKey.'))
      expect(await outcome(path, person, unknown), path).toBe('FORBIDDEN');
  }
});

test('whatever a call wrote down says from where and in which request it came', async () => {
  for (const { path, access } of procedures)
    if (!(access in permissions)) await outcome(path, await personWith({ organizationRole: 'owner' }), own);
  const deeds = await db.prisma.auditLog.findMany({
    select: { action: true, actorKind: true, address: true, requestId: true },
  });
  const byPeople = deeds.filter(({ actorKind }) => actorKind === 'console');
  const incomplete = byPeople.filter(({ address, requestId }) => address === null || requestId === null);
  expect([...new Set(incomplete.map(({ action }) => action))]).toEqual([]);
  expect(new Set(byPeople.map(({ action }) => action)).size).toBeGreaterThan(mostActions);
  // What follows from a payment is nobody's call.
  const byItself = deeds.filter(({ actorKind }) => actorKind !== 'console');
  expect([...new Set(byItself.map(({ action }) => action))].sort()).toEqual(['order.paid', 'paymentMethod.save']);
});

test('a key of another organization is as unknown as one that does not exist', async () => {
  const caller = createCaller(await personWith({ organizationRole: 'owner' }));
  const { apiKeyId } = foreign;
  const refusals = [
    () => caller.apiKey.setDisabled({ apiKeyId, disabled: true }),
    () => caller.apiKey.delete({ apiKeyId }),
    () => caller.apiKey.delete({ apiKeyId: 'key_unknown' }),
  ];
  for (const refusal of refusals)
    await expect(refusal()).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'not_found' });
  expect(await db.prisma.apiKey.findUnique({ where: { id: apiKeyId } })).toMatchObject({
    disabledAt: null,
    deletedAt: null,
  });
});

test('an own key of another organization, and the test of another key, are as unknown as none', async () => {
  const caller = createCaller(await personWith({ organizationRole: 'owner' }));
  const [mine, theirs] = [await world.newOwnKey(own.organizationId), await world.newOwnKey(foreign.organizationId)];
  const taskId = await world.newTask('own_key.test', theirs);
  const refusals = [
    () => caller.ownKey.update({ ownKeyId: theirs, enabled: false }),
    () => caller.ownKey.disable({ ownKeyId: theirs }),
    () => caller.ownKey.delete({ ownKeyId: theirs }),
    () => caller.ownKey.test({ ownKeyId: theirs }),
    () => caller.ownKey.testResult({ ownKeyId: theirs, taskId }),
    () => caller.ownKey.testResult({ ownKeyId: mine, taskId }),
  ];
  for (const refusal of refusals)
    await expect(refusal()).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'not_found' });
  expect(await db.prisma.ownKey.findUnique({ where: { id: theirs } })).toMatchObject({
    enabled: true,
    deletedAt: null,
  });
});

test('an own credential goes in and never comes out, whoever asks', async () => {
  const owner = createCaller(await personWith({ organizationRole: 'owner' }));
  await db.prisma.ownKey.deleteMany({ where: { organizationId: own.organizationId } });
  const credential = 'sk-ant-CANARY-0123456789';
  const added = await owner.ownKey.add({ preset: 'anthropic', name: 'mine', credential, isExclusive: false });
  const listed = await owner.ownKey.list({});
  expect(listed.keys).toMatchObject([{ name: 'mine', last4: '6789', label: 'Anthropic', enabled: true }]);
  const row = await db.prisma.ownKey.findUnique({ where: { id: added.id } });
  expect(row?.credentialSealed).toMatch(/^v1\./);
  const audit = await db.prisma.auditLog.findMany({ where: { target: added.id } });
  expect(audit).toMatchObject([{ action: 'ownKey.add', organizationId: own.organizationId }]);
  const told = JSON.stringify([added, listed, row, audit], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  expect(told).not.toContain('CANARY');
  expect(JSON.stringify([added, listed])).not.toContain(row?.credentialSealed);
  const wrong = { preset: 'openai' as const, name: 'mine', credential, isExclusive: false };
  await expect(owner.ownKey.add(wrong)).rejects.toMatchObject({ message: 'own_key_other_provider' });
});

test('a request of another organization is as unknown as one that was never made', async () => {
  const caller = createCaller(await personWith({ organizationRole: 'owner' }));
  for (const requestId of [foreign.requestId, 'req_unknown']) {
    await expect(caller.usage.request({ requestId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: 'not_found',
    });
  }
  for (const requestId of ['', 'x'.repeat(65)]) {
    await expect(caller.usage.request({ requestId })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  }
});

test('a request says its losses and its key, also a deleted one, and never which channel was used', async () => {
  const caller = createCaller(await personWith({ organizationRole: 'viewer' }));
  const key = { organizationId: own.organizationId, name: 'gone soon' };
  const { apiKey } = await createApiKey(db.prisma, key, { pepper: deps.keyPepper });
  await deleteApiKey(db.prisma, { organizationId: own.organizationId, apiKeyId: apiKey.id });
  const request = await caller.usage.request({ requestId: await world.recordedRequest(own.organizationId, apiKey.id) });
  expect(request).toMatchObject({
    apiKey: { name: 'gone soon' },
    usage: { input: 10, cacheRead: undefined, output: 7 },
    attempts: [
      { provider: 'openai', paidBy: 'house', repair },
      { provider: 'openai', paidBy: 'customer', repair: [] },
    ],
    losses: [{ path: 'top_k', reason: 'the provider has no such field' }],
  });
  const sent = JSON.stringify(request, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  expect(sent).not.toContain('chn_');
  expect(sent).not.toContain('channel');
  expect(sent).not.toContain('is ejected');
});

test('staff with channel.read see which channels a request tried and passed over, and why', async () => {
  const { channelId, name } = await world.newChannel();
  const { requestId, organizationId } = foreign;
  const attempt = { provider: 'openai', model: 'm', status: 200, paidBy: 'customer' };
  await db.database.query('UPDATE usage_record SET attempts = $2, routing = $3 WHERE id = $1', [
    requestId,
    JSON.stringify([{ channelId, ...attempt }]),
    JSON.stringify({ rejected: [{ model: 'm', channelId: 'chn_gone', reason: 'is ejected: status: 500' }] }),
  ]);
  const operator = await personWith({ staffRole: 'operator' });
  const route = await createCaller(operator).usage.route({ requestId });
  expect(route).toMatchObject({
    ...{ id: requestId, organization: { id: organizationId }, outcome: 'completed', modelRequested: 'm' },
    attempts: [{ ...attempt, channel: { id: channelId, name, isDeleted: false } }],
    rejected: [{ model: 'm', reason: 'is ejected: status: 500', channel: { id: 'chn_gone', name: null } }],
  });
  expect(Object.keys(route)).not.toContain('chargeNanoUsd');
  const looked = { actorUserId: operator.session!.user.id, action: 'staff.view' };
  expect(await db.prisma.auditLog.findMany({ where: looked })).toMatchObject([{ target: requestId, organizationId }]);
  await expect(createCaller(operator).usage.anyRequest({ requestId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(createCaller(operator).usage.route({ requestId: 'req_unknown' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('staff with receipt.read see any request as its customer does, without its channels', async () => {
  const support = await personWith({ staffRole: 'support' });
  const { requestId, organizationId } = foreign;
  await world.stateReason(support, organizationId);
  const seen = await createCaller(support).usage.anyRequest({ requestId });
  expect(seen).toMatchObject({ organization: { id: organizationId }, request: { id: requestId, chargeNanoUsd: 17n } });
  const sent = JSON.stringify(seen, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  expect(sent).not.toContain('chn_');
  expect(sent).not.toContain('is ejected');
  const looked = { actorUserId: support.session!.user.id, action: 'staff.view' };
  expect(await db.prisma.auditLog.findMany({ where: looked })).toMatchObject([{ target: requestId, organizationId }]);
  await expect(createCaller(support).usage.route({ requestId })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('what staff look at in an organization that is not theirs is written to the audit log', async () => {
  const person = await personWith({ staffRole: 'support' });
  await createCaller(person).balance.read({ organizationId: foreign.organizationId });
  const written = await db.prisma.auditLog.findMany({
    where: { actorUserId: person.session!.user.id, action: 'staff.view' },
  });
  expect(written).toMatchObject([{ target: 'balance.read', organizationId: foreign.organizationId }]);
});

test('signing out everywhere ends every session at once', async () => {
  const person = await personWith({ organizationRole: 'owner' });
  const { sessionId } = await openSession(db.prisma, { userId: person.session!.user.id });
  expect(await deps.sessions.find(sessionId)).toBeDefined();
  expect(await createCaller(person).account.signOutEverywhere()).toEqual({ ended: 2 });
  expect(await deps.sessions.find(sessionId)).toBeUndefined();
});

test('a customer chooses among the groups on offer, and no other group decides what they pay', async () => {
  const caller = createCaller(await personWith({ organizationRole: 'owner' }));
  const [offered, hidden] = [await world.newGroup(true), await world.newGroup()];
  const listed = await caller.apiKey.groups({});
  expect(listed[0]).toMatchObject({ id: 'default', multiplier: '1', isDefault: true });
  expect(listed.map(({ id }) => id)).toContain(offered);
  expect(listed.map(({ id }) => id)).not.toContain(hidden);
  const made = await caller.apiKey.create({ name: 'economy', group: offered });
  expect(made.apiKey.group).toBe(offered);
  expect((await caller.apiKey.create({ name: 'usual' })).apiKey.group).toBe('default');
  const before = await db.prisma.apiKey.count();
  for (const group of [hidden, 'never-was'])
    await expect(caller.apiKey.create({ name: 'cheap', group })).rejects.toMatchObject({
      message: 'group_not_offered',
    });
  expect(await db.prisma.apiKey.count()).toBe(before);
  const bound = (await caller.apiKey.list({})).find(({ id }) => id === made.apiKey.id);
  expect(bound?.group).toMatchObject({ id: offered, displayName: 'Group', multiplier: '0.8', isUsable: true });
});

test('a proxy’s user and password go in and never come out, whoever asks', async () => {
  const operator = createCaller(await personWith({ staffRole: 'operator' }));
  const { proxyId } = await operator.egress.create({ name: 'canary', url: 'http://user:CANARY@p.example.com' });
  await operator.egress.update({ proxyId, name: 'canary', pool: 'asia' });
  const listed = await operator.egress.list();
  expect(listed.proxies.find(({ id }) => id === proxyId)).toMatchObject({ host: 'p.example.com:80', pool: 'asia' });
  const row = await db.prisma.egressProxy.findUnique({ where: { id: proxyId } });
  const audit = await db.prisma.auditLog.findMany({
    where: { target: proxyId },
    select: { action: true, detail: true },
  });
  expect(audit.map(({ action }) => action)).toEqual(['proxy.create', 'proxy.update']);
  expect(JSON.stringify([listed, audit, row?.host])).not.toMatch(/CANARY|user:/);
  expect(JSON.stringify(listed)).not.toContain(row?.urlSealed);
  const refused = operator.egress.update({ proxyId, name: 'canary', url: 'http://10.0.0.1:3128' });
  await expect(refused).rejects.toMatchObject({ message: 'proxy_invalid', cause: { path: 'url' } });
});

test('a database that fails is reported as nothing but an internal error', async () => {
  const person = await personWith({ organizationRole: 'owner' });
  const broken: Deps = { ...deps, database: { ...db.database, query: () => Promise.reject(new Error('secret host')) } };
  const { error } = await createCaller({ ...person, deps: broken })
    .balance.read({})
    .then(
      () => expect.unreachable(),
      (error: TRPCError) => ({ error }),
    );
  expect(error.code).toBe('INTERNAL_SERVER_ERROR');
});
