import { inspect } from 'node:util';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CatalogError } from '../catalog-error.ts';
import { applyConfig } from '../config/apply-config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { sealingPublicKey } from '../seal.ts';
import { seedCatalog } from '../seed/seed-catalog.ts';
import type { ChannelEdit, NewChannel } from './channel-form.ts';
import { deleteChannel, replaceCredential, setChannelEnabled, updateChannel } from './console-change.ts';
import { createChannels } from './console-create.ts';
import { ensureFirstChannels } from './first-channels.ts';
import { listChannels } from './list-channels.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const publicKey = sealingPublicKey(sealingKey);
const actor = { kind: 'console', userId: 'usr_1', address: '192.0.2.1', requestId: 'req_1' } as const;
const key = 'sk-CANARY-0123456789';
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
  await seedCatalog(db.prisma);
});
afterEach(() => db.drop());

const create = (form: NewChannel) => createChannels(db.prisma, form, publicKey, actor);
const change = (channelId: string, edit: ChannelEdit) =>
  updateChannel(db.prisma, { channelId, ...edit }, publicKey, actor);
const served = async () => (await loadSnapshot(db.prisma, { sealingKey })).channels;
const audited = (target: string) => db.prisma.auditLog.findMany({ where: { target }, orderBy: { id: 'asc' } });
/** The code and field of what is refused. */
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code, path }: CatalogError) => (path === undefined ? code : `${code} ${path}`),
  );
const anthropicEdit: ChannelEdit = {
  name: 'a',
  protocols: ['anthropic-messages'],
  baseUrl: 'https://api.anthropic.com',
};

test('a preset and a key are enough: every address of the preset serves, each as a channel of its own', async () => {
  expect(await create({ preset: 'kimi', credential: key })).toMatchObject([
    { name: 'kimi-anthropic' },
    { name: 'kimi-openai' },
  ]);
  expect(await create({ preset: 'anthropic', credential: key })).toMatchObject([{ name: 'anthropic' }]);
  expect(await create({ preset: 'anthropic', credential: key })).toMatchObject([{ name: 'anthropic-2' }]);
  const channels = await served();
  expect(channels.every(({ credential }) => credential === key)).toBe(true);
  expect(channels.map(({ name, baseUrl, authStyle }) => [name, baseUrl, authStyle])).toEqual([
    ['anthropic', 'https://api.anthropic.com', 'x-api-key'],
    ['anthropic-2', 'https://api.anthropic.com', 'x-api-key'],
    ['kimi-anthropic', 'https://api.moonshot.cn/anthropic', 'bearer'],
    ['kimi-openai', 'https://api.moonshot.cn/v1', 'bearer'],
  ]);
  expect(channels[0]?.models.has('claude-sonnet-4-6')).toBe(true);
});

test('an upstream with ids of its own serves nothing until its models are listed', async () => {
  const [made] = await create({ preset: 'openrouter', credential: key });
  expect((await served()).find(({ id }) => id === made?.id)).toMatchObject({ servesAll: false, models: new Map() });
});

test('a key is in no list, no audit row and no column in the clear', async () => {
  const [made] = await create({ preset: 'anthropic', credential: key });
  await replaceCredential(db.prisma, { channelIds: [made!.id], credential: `${key}-2` }, publicKey, actor);
  const everything = inspect(
    [await listChannels(db.prisma), await audited(made!.id), await db.prisma.channel.findMany()],
    { depth: 9, maxStringLength: null },
  );
  expect(everything).not.toContain('CANARY');
  expect((await served())[0]?.credential).toBe(`${key}-2`);
});

test('every change says who made it, what it was and what it is, in the same transaction', async () => {
  const [made] = await create({ preset: 'anthropic', name: 'a', credential: key });
  await change(made!.id, { ...anthropicEdit, priority: 3, costBasisPoints: 6_000 });
  await change(made!.id, { ...anthropicEdit, priority: 3, costBasisPoints: 6_000 });
  expect((await served())[0]).toMatchObject({ priority: 3, costBasisPoints: 6_000 });
  await setChannelEnabled(db.prisma, made!.id, false, actor);
  await deleteChannel(db.prisma, made!.id, actor);
  const rows = await audited(made!.id);
  expect(rows.map(({ action }) => action)).toEqual([
    'channel.create',
    'channel.update',
    'channel.disable',
    'channel.retire',
  ]);
  const changed = { priority: { from: 1, to: 3 }, costBasisPoints: { from: 10_000, to: 6_000 } };
  expect(rows[1]?.detail).toEqual({ name: 'a', changed, credentialChanged: false });
  expect(rows.every((row) => row.actorUserId === 'usr_1' && row.requestId === 'req_1')).toBe(true);
});

test('limits are set, changed one by one and taken away; each change tells what they were', async () => {
  const limits = { concurrency: 4, tpm: 90_000, spendPerDayNanoUsd: 5_000_000_000n };
  const [made] = await create({ preset: 'anthropic', name: 'a', credential: key, limits });
  expect((await served())[0]?.limits).toEqual(limits);
  await change(made!.id, { ...anthropicEdit, limits: { ...limits, tpm: undefined, spendPerDayNanoUsd: 7n } });
  expect((await listChannels(db.prisma))[0]?.limits).toEqual({ concurrency: 4, spendPerDayNanoUsd: 7n });
  await change(made!.id, anthropicEdit);
  expect((await served())[0]?.limits).toBeUndefined();
  const details = (await audited(made!.id)).map(({ detail }) => detail as { changed?: unknown });
  expect(details[0]).toMatchObject({ limits: { concurrency: 4, tpm: 90_000 }, spendPerDayNanoUsd: '5000000000' });
  expect(details.slice(1).map(({ changed }) => changed)).toEqual([
    {
      limits: { from: { concurrency: 4, tpm: 90_000 }, to: { concurrency: 4 } },
      spendPerDayNanoUsd: { from: '5000000000', to: '7' },
    },
    { limits: { from: { concurrency: 4 }, to: {} }, spendPerDayNanoUsd: { from: '7', to: null } },
  ]);
});

test('what is refused changes nothing, and names the field', async () => {
  const refused: [Partial<NewChannel>, string][] = [
    [{ credential: undefined }, 'channel_invalid credential'],
    [{ endpoints: [{ protocols: ['gemini'] }] }, 'channel_invalid protocols'],
    [{ endpoints: [{ protocols: ['anthropic-messages'], baseUrl: 'http://10.0.0.1' }] }, 'channel_invalid baseUrl'],
    [{ endpoints: [{ protocols: ['anthropic-messages'], baseUrl: 'ftp://example.com' }] }, 'channel_invalid baseUrl'],
    [{ priority: -1 }, 'channel_invalid priority'],
    [{ weight: 0 }, 'channel_invalid weight'],
    [{ costBasisPoints: -1 }, 'channel_invalid costBasisPoints'],
    [{ costBasisPoints: 100_001 }, 'channel_invalid costBasisPoints'],
    [{ costBasisPoints: 0.5 }, 'channel_invalid costBasisPoints'],
    [{ name: 'x'.repeat(65) }, 'channel_invalid name'],
    [{ limits: { rpm: 0 } }, 'channel_invalid limits.rpm'],
    [{ limits: { concurrency: 1.5 } }, 'channel_invalid limits.concurrency'],
    [{ limits: { spendPerDayNanoUsd: 0n } }, 'channel_invalid limits.spendPerDayNanoUsd'],
    [{ groups: ['nobody'] }, 'channel_group_unknown groups'],
    [{ egressPool: 'nowhere' }, 'channel_pool_unknown egressPool'],
  ];
  for (const [part, expected] of refused) {
    const form = { preset: 'anthropic', credential: key, ...part } as NewChannel;
    expect([part, await refusal(create(form))]).toEqual([part, expected]);
  }
  // The second of two is refused: the first is not made either.
  const [kimi] = await create({ preset: 'anthropic', name: 'kimi-openai', credential: key });
  expect(await refusal(create({ preset: 'kimi', name: 'kimi', credential: key }))).toBe('channel_name_taken name');
  expect(await db.prisma.channel.findMany({ select: { id: true } })).toEqual([{ id: kimi!.id }]);
});

test('a channel that moves to another host needs its key again, and goes with it only where it was meant', async () => {
  const [made] = await create({ preset: 'anthropic', name: 'a', credential: key });
  const elsewhere = { ...anthropicEdit, baseUrl: 'https://relay.example.com' };
  expect(await refusal(change(made!.id, elsewhere))).toBe('channel_credential_needed credential');
  expect(await served()).toMatchObject([{ baseUrl: 'https://api.anthropic.com', credential: key }]);
  await change(made!.id, { ...anthropicEdit, baseUrl: 'https://api.anthropic.com/other' });
  expect(await served()).toMatchObject([{ baseUrl: 'https://api.anthropic.com/other', credential: key }]);
  await change(made!.id, { ...elsewhere, credential: 'new' });
  expect(await served()).toMatchObject([{ baseUrl: 'https://relay.example.com', credential: 'new' }]);
});

test('what the configuration file owns is refused, whatever the change', async () => {
  const text = 'channels: [{ name: main, preset: anthropic, apiKey: file-key }]';
  await applyConfig(db.prisma, parseConfig(text, 'f', {}), { fileName: 'f', sealingKey, env: {} });
  const [{ id, origin } = { id: '', origin: '' }] = await listChannels(db.prisma);
  expect(origin).toBe('config');
  for (const work of [
    () => change(id, { ...anthropicEdit, name: 'main' }),
    () => setChannelEnabled(db.prisma, id, false, actor),
    () => replaceCredential(db.prisma, { channelIds: [id], credential: 'x' }, publicKey, actor),
    () => deleteChannel(db.prisma, id, actor),
  ])
    expect(await refusal(work())).toBe('channel_owned_by_file');
  expect(await served()).toMatchObject([{ name: 'main', credential: 'file-key' }]);
});

test('the environment owns key and address; the rest is the operator’s and stays through the next start', async () => {
  const environment = { ANTHROPIC_API_KEY: 'env-key', sealingKey };
  await ensureFirstChannels(db.prisma, environment);
  const [{ id } = { id: '' }] = await listChannels(db.prisma);
  const edit = { ...anthropicEdit, name: 'anthropic' };
  await change(id, { ...edit, priority: 7 });
  await ensureFirstChannels(db.prisma, environment);
  expect(await served()).toMatchObject([{ priority: 7, credential: 'env-key' }]);
  for (const work of [
    () => change(id, { ...edit, baseUrl: 'https://api.anthropic.com/x' }),
    () => change(id, { ...edit, credential: 'other' }),
    () => replaceCredential(db.prisma, { channelIds: [id], credential: 'x' }, publicKey, actor),
    () => deleteChannel(db.prisma, id, actor),
  ])
    expect(await refusal(work())).toMatch(/^channel_owned_by_environment/);
});

test('a deleted channel keeps its name for history, serves nobody, and its name may be used again', async () => {
  const [made] = await create({ preset: 'anthropic', name: 'a', credential: key });
  await deleteChannel(db.prisma, made!.id, actor);
  expect(await listChannels(db.prisma)).toEqual([]);
  expect(await served()).toEqual([]);
  const kept = await db.prisma.channel.findUniqueOrThrow({ where: { id: made!.id } });
  expect(kept).toMatchObject({ name: 'a', enabled: false, credentialSealed: null });
  expect(await refusal(deleteChannel(db.prisma, made!.id, actor))).toBe('not_found');
  expect(await create({ preset: 'anthropic', name: 'a', credential: 'again' })).toEqual([{ id: made!.id, name: 'a' }]);
  expect(await served()).toMatchObject([{ name: 'a', credential: 'again' }]);
});

test('what workers see is put together, and what none has said lately is left out', async () => {
  const [made] = await create({ preset: 'anthropic', name: 'a', credential: key });
  const state = (workerId: string, part: object) => ({
    ...{ workerId, channelId: made!.id, state: 'closed', consecutiveFailures: 0, inFlight: 1, recentAttempts: 4 },
    ...{ recentFailures: 1, updatedAt: new Date(), ...part },
  });
  await db.prisma.channelState.createMany({
    data: [
      state('w1', { recentAttempts: 9, firstByteP50Ms: 100 }),
      state('w2', {
        state: 'open',
        ejectedUntil: new Date(1e12),
        lastError: 'status 529',
        lastErrorAt: new Date(1e12),
      }),
      state('w3', { inFlight: 50, updatedAt: new Date(Date.now() - 60_000) }),
    ],
  });
  const [{ health } = { health: undefined }] = await listChannels(db.prisma);
  expect(health).toMatchObject({
    ...{ state: 'open', ejectedUntil: new Date(1e12), inFlight: 2, recentAttempts: 13, recentFailures: 2 },
    ...{ firstByteP50Ms: 100, lastError: 'status 529' },
  });
});
