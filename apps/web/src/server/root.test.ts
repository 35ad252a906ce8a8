import {
  addOwnKey,
  can,
  createApiKey,
  deleteApiKey,
  type OrganizationRole,
  openSession,
  organizationRoles,
  type Permission,
  permissions,
  registerUser,
  type StaffRole,
  staffRoles,
} from '@ai-bridge/access';
import {
  createChannels,
  createGroup,
  sealingPublicKey as publicKeyOf,
  readOwnKeyPlaces,
  type TaskKind,
} from '@ai-bridge/catalog';
import { newId, type SettlementRecord } from '@ai-bridge/domain';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { recordBatch } from '@ai-bridge/usage';
import { TRPCError } from '@trpc/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from './context.ts';
import { createDeps, type Deps } from './deps.ts';
import { appRouter, createCaller } from './root.ts';
import type { ProcedureMeta } from './trpc.ts';

const sealingPublicKey = publicKeyOf('a sealing key of the tests, long enough');
const ownKeyPlaces = readOwnKeyPlaces({});
let db: TestDatabase;
let deps: Deps;
/** An organization that the people under test belong to, and one that none of them does. */
let own: Target;
let foreign: Target;

beforeAll(async () => {
  db = await createTestDatabase();
  deps = createDeps({
    prisma: db.prisma,
    database: db.database,
    keyPepper: 'pepper-of-the-tests',
    sealingPublicKey,
    ownKeyPlaces,
  });
  own = await organizationWithKey('own@example.com');
  foreign = await organizationWithKey('foreign@example.com');
});

afterAll(() => db.drop());

async function organizationWithKey(email: string) {
  const { organizationId } = await registerUser(db.prisma, { email, name: 'Owner', password: 'correct horse battery' });
  const key = { organizationId, name: 'first' };
  const { apiKey } = await createApiKey(db.prisma, key, { pepper: deps.keyPepper });
  return { organizationId, apiKeyId: apiKey.id, requestId: await recordedRequest(organizationId, apiKey.id) };
}

const repair = [{ path: 'temperature', reason: 'the model does not take it' }];

/** Records a request of an organization and returns its id. */
async function recordedRequest(organizationId: string, apiKeyId: string): Promise<string> {
  const record: SettlementRecord = {
    ...{ requestId: newId('req'), organizationId, apiKeyId, createdAt: new Date().toISOString() },
    ...{ outcome: 'completed', endpoint: '/v1/messages', stream: true, status: 200, durationMs: 30 },
    ...{ clientProtocol: 'anthropic-messages', upstreamProtocol: 'openai-chat' },
    ...{ modelRequested: 'm', modelUsed: 'm', provider: 'openai', channelId: 'chn_secret' },
    ...{ usage: { input: 10, output: 7 }, usageSource: 'reported', chargeNanoUsd: '17' },
    attempts: [
      {
        channelId: 'chn_secret',
        provider: 'openai',
        model: 'm',
        status: 400,
        error: 'status 400',
        paidBy: 'house',
        repair,
      },
      { channelId: 'chn_secret', provider: 'openai', model: 'm', status: 200, paidBy: 'customer' },
    ],
    routing: { rejected: [{ model: 'm', channelId: 'chn_other', reason: 'is ejected: status: 500' }] },
    losses: [{ path: 'top_k', reason: 'the provider has no such field' }],
  };
  await recordBatch(db.database, [record]);
  return record.requestId;
}

/** A signed-in person with exactly these roles. */
async function personWith(roles: { organizationRole?: OrganizationRole; staffRole?: StaffRole }): Promise<Context> {
  const id = newId('usr');
  const staffRole = roles.staffRole ?? null;
  await db.prisma.user.create({ data: { id, email: `${id}@example.com`, name: 'Person', staffRole } });
  if (roles.organizationRole)
    await db.prisma.member.create({
      data: { organizationId: own.organizationId, userId: id, role: roles.organizationRole },
    });
  const { sessionId } = await openSession(db.prisma, { userId: id });
  return contextOf(await deps.sessions.find(sessionId));
}

function contextOf(session: Context['session']): Context {
  return { deps, session, requestId: newId('req'), address: '127.0.0.1' };
}

/** A channel that staff made, as an edit would send it. */
async function newChannel() {
  const [channel] = await createChannels(db.prisma, { preset: 'anthropic', credential: 'secret' }, sealingPublicKey, {
    kind: 'console',
  });
  const endpoint = { protocols: ['anthropic-messages' as const], baseUrl: 'https://api.anthropic.com' };
  return { channelId: channel!.id, name: channel!.name, ...endpoint };
}

/** An own key of an organization, as its owner added it. */
async function newOwnKey(organizationId: string): Promise<string> {
  const key = {
    organizationId,
    preset: 'anthropic' as const,
    name: 'own',
    credential: 'sk-ant-CANARY',
    isExclusive: false,
  };
  const seal = () => 'sealed';
  // Organizations under test may have many more than one person could add.
  await db.prisma.ownKey.deleteMany({ where: { organizationId } });
  return (await addOwnKey(db.prisma, key, seal)).id;
}

/** A task that somebody asked for and a worker has done already, so that it counts against no limit. */
async function newTask(kind: TaskKind, subjectId = 'chn_any'): Promise<string> {
  const id = newId('tsk');
  await db.prisma.workerTask.create({ data: { id, kind, subjectId, doneAt: new Date() } });
  return id;
}

const group = { displayName: 'Group', multiplier: '0.8', models: [] };
async function newGroup(): Promise<string> {
  const id = newId('chn').slice(4);
  await createGroup(db.prisma, { ...group, id }, { kind: 'console' });
  return id;
}

type Target = { organizationId: string; apiKeyId: string; requestId: string };
type Caller = ReturnType<typeof createCaller>;

/** How to call each procedure on an organization. A procedure without an entry fails the first test. */
const calls: Record<string, (caller: Caller, target: Target) => Promise<unknown>> = {
  'account.register': (caller) =>
    caller.account.register({
      email: `${newId('usr')}@example.com`,
      name: 'New',
      password: 'x'.repeat(12),
      locale: 'zh',
    }),
  'account.signOutEverywhere': (caller) => caller.account.signOutEverywhere(),
  'apiKey.list': (caller, { organizationId }) => caller.apiKey.list({ organizationId }),
  'apiKey.create': (caller, { organizationId }) => caller.apiKey.create({ organizationId, name: 'made' }),
  'apiKey.setDisabled': (caller, { organizationId, apiKeyId }) =>
    caller.apiKey.setDisabled({ organizationId, apiKeyId, disabled: false }),
  'apiKey.delete': async (caller, { organizationId }) => {
    const { apiKey } = await createApiKey(db.prisma, { organizationId, name: 'spare' }, { pepper: deps.keyPepper });
    return caller.apiKey.delete({ organizationId, apiKeyId: apiKey.id });
  },
  'channel.list': (caller) => caller.channel.list(),
  'channel.choices': (caller) => caller.channel.choices(),
  'channel.create': (caller) => caller.channel.create({ preset: 'anthropic', credential: 'secret' }),
  'channel.update': async (caller) => caller.channel.update({ ...(await newChannel()), priority: 3 }),
  'channel.setEnabled': async (caller) =>
    caller.channel.setEnabled({ channelId: (await newChannel()).channelId, enabled: false }),
  'channel.delete': async (caller) => caller.channel.delete({ channelId: (await newChannel()).channelId }),
  'channel.replaceCredential': async (caller) =>
    caller.channel.replaceCredential({ channelIds: [(await newChannel()).channelId], credential: 'another' }),
  'channel.test': async (caller) => caller.channel.test({ channelId: (await newChannel()).channelId, model: 'm' }),
  'channel.testResult': async (caller) => caller.channel.testResult({ taskId: await newTask('channel.test') }),
  'channel.models': async (caller) => caller.channel.models({ channelId: (await newChannel()).channelId }),
  'channel.modelsResult': async (caller) => caller.channel.modelsResult({ taskId: await newTask('channel.models') }),
  'channel.reset': async (caller) => caller.channel.reset({ channelId: (await newChannel()).channelId }),
  'channel.resetResult': async (caller) => caller.channel.resetResult({ taskId: await newTask('channel.reset') }),
  'channelGroup.list': (caller) => caller.channelGroup.list(),
  'channelGroup.create': (caller) => caller.channelGroup.create({ ...group, id: newId('chn').slice(4) }),
  'channelGroup.update': async (caller) => caller.channelGroup.update({ ...group, id: await newGroup() }),
  'channelGroup.setEnabled': async (caller) => caller.channelGroup.setEnabled({ id: await newGroup(), enabled: false }),
  'egress.list': (caller) => caller.egress.list(),
  'balance.read': (caller, { organizationId }) => caller.balance.read({ organizationId }),
  'model.list': (caller, { organizationId }) => caller.model.list({ organizationId }),
  'status.models': (caller) => caller.status.models(),
  'ownKey.list': (caller, { organizationId }) => caller.ownKey.list({ organizationId }),
  'ownKey.add': async (caller, { organizationId }) => {
    await newOwnKey(organizationId);
    const key = { preset: 'openai' as const, name: 'mine', credential: 'sk-made-of-nothing', isExclusive: true };
    return caller.ownKey.add({ organizationId, ...key });
  },
  'ownKey.update': async (caller, { organizationId }) =>
    caller.ownKey.update({ organizationId, ownKeyId: await newOwnKey(organizationId), isExclusive: true }),
  'ownKey.disable': async (caller, { organizationId }) =>
    caller.ownKey.disable({ organizationId, ownKeyId: await newOwnKey(organizationId) }),
  'ownKey.delete': async (caller, { organizationId }) =>
    caller.ownKey.delete({ organizationId, ownKeyId: await newOwnKey(organizationId) }),
  'ownKey.test': async (caller, { organizationId }) =>
    caller.ownKey.test({ organizationId, ownKeyId: await newOwnKey(organizationId) }),
  'ownKey.testResult': async (caller, { organizationId }) => {
    const ownKeyId = await newOwnKey(organizationId);
    return caller.ownKey.testResult({ organizationId, ownKeyId, taskId: await newTask('own_key.test', ownKeyId) });
  },
  'usage.summary': (caller, { organizationId }) => caller.usage.summary({ organizationId }),
  'usage.daily': (caller, { organizationId }) => caller.usage.daily({ organizationId, days: 7 }),
  'usage.request': (caller, { organizationId, requestId }) => caller.usage.request({ organizationId, requestId }),
  'usage.anyRequest': (caller, { requestId }) => caller.usage.anyRequest({ requestId }),
  'usage.route': (caller, { requestId }) => caller.usage.route({ requestId }),
  'usage.requests': (caller, { organizationId }) => caller.usage.requests({ organizationId, days: 7 }),
};

const procedures = Object.entries(appRouter._def.procedures).map(([path, procedure]) => {
  const meta = (procedure as unknown as { _def: { meta: ProcedureMeta } })._def.meta;
  return { path, access: meta?.access, isStaffOnly: meta?.isStaffOnly === true };
});
const guarded = procedures.flatMap(({ path, access, isStaffOnly }) =>
  access in permissions ? [{ path, permission: access as Permission, isStaffOnly }] : [],
);

/** What came of a call: its refusal, or "ok". */
async function outcome(path: string, context: Context, target: Target): Promise<string> {
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
  expect(procedures.filter(({ access }) => access === 'public').map(({ path }) => path)).toEqual([
    'account.register',
    'status.models',
  ]);
});

test('nobody who is not signed in gets past anything that is not public', async () => {
  for (const { path, access } of procedures.filter((procedure) => procedure.access !== 'public')) {
    expect(await outcome(path, contextOf(undefined), own), `${path} (${access})`).toBe('UNAUTHORIZED');
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
  const [mine, theirs] = [await newOwnKey(own.organizationId), await newOwnKey(foreign.organizationId)];
  const taskId = await newTask('own_key.test', theirs);
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
  const request = await caller.usage.request({ requestId: await recordedRequest(own.organizationId, apiKey.id) });
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
  const { channelId, name } = await newChannel();
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

test('a customer cannot choose the group that decides what they pay', async () => {
  const caller = createCaller(await personWith({ organizationRole: 'owner' }));
  const input = { name: 'cheap', group: 'vip' };
  const { apiKey } = await caller.apiKey.create(input);
  expect(apiKey.group).toBe('default');
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
