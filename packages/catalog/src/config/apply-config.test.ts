import { listen } from '@ai-bridge/db';
import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ensureDemoChannel } from '../channels/demo-channel.ts';
import { ensureFirstChannels } from '../channels/first-channels.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { seedCatalog } from '../seed/seed-catalog.ts';
import { defaultSettings } from '../settings.ts';
import { catalogChangedChannel } from '../snapshot.ts';
import { applyConfig } from './apply-config.ts';
import { parseConfig } from './parse-config.ts';

const sealingKey = 'a sealing key of the tests, long enough';
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
  await seedCatalog(db.prisma);
});
afterEach(() => db.drop());

const fileName = 'bridge.yaml';
const apply = (text: string, env: Record<string, string> = {}) =>
  applyConfig(db.prisma, parseConfig(text, fileName, {}), { fileName, sealingKey, env });
const snapshot = (now = new Date(), onChannelLeftOut?: (channel: { name: string }) => void) =>
  loadSnapshot(db.prisma, { sealingKey, now, onChannelLeftOut });

/** The rows with their physical place: an UPDATE that changes nothing would still move them. */
const state = () =>
  db.database.query(`
    SELECT 'channel' AS what, ctid::text, c::text FROM channel c
    UNION ALL SELECT 'proxy', ctid::text, e::text FROM egress_proxy e
    UNION ALL SELECT 'model', ctid::text, m::text FROM model m
    UNION ALL SELECT 'price', ctid::text, p::text FROM price p
    UNION ALL SELECT 'plan', ctid::text, p::text FROM plan p
    UNION ALL SELECT 'setting', ctid::text, s::text FROM setting s
    UNION ALL SELECT 'audit', ctid::text, a::text FROM audit_log a ORDER BY 1, 2`);

const file = `
channels:
  - { name: main, preset: anthropic, baseUrl: "http://127.0.0.1:9001/", allowPrivate: true, apiKeyEnv: MAIN_KEY, models: { claude-sonnet-4-6: up-1 }, weight: 10, timeouts: { idleMs: 5 } }
  - { name: spare, preset: openai, apiKey: spare-key, egress: eu, limits: { concurrency: 9, rpm: 60, tpm: 100000, spendPerDayUsd: 5, spendPerMonthUsd: "99.50" } }
models:
  - { id: claude-sonnet-4-6, price: { input: 4, output: 20 }, aliases: [sonnet], fallback: [gpt-4o] }
  - { id: gpt-4o, fallback: [], capabilities: { images: false, documents: null } }
  - { id: house-model, price: { input: 0.000001, output: 1, perRequest: "0.01", above: [{ tokens: 9, input: 2 }, { tokens: 5, input: 1 }] } }
plans:
  - { id: starter, tokens: 10000000, price: { amount: "9.90", currency: usd } }
egress:
  - { name: first, url: "http://user:secret@proxy.example.com" }
  - { name: second, pool: eu, urlEnv: PROXY, allowPrivate: true }
settings: { siteName: Tower, signUp: closed, signUpLimits: { rpm: 60 } }
`;
const env = { MAIN_KEY: 'main-key', PROXY: ' socks5://127.0.0.1:1080 ' };

test('the snapshot is what the file says', async () => {
  await apply(file, env);
  const { channels, proxies, models, aliases, settings } = await snapshot();
  expect(channels.map(({ egressPool }) => egressPool)).toEqual([undefined, 'eu']);
  expect(channels.map(({ limits }) => limits)).toEqual([
    undefined,
    {
      ...{ concurrency: 9, rpm: 60, tpm: 100_000 },
      ...{ spendPerDayNanoUsd: 5_000_000_000n, spendPerMonthNanoUsd: 99_500_000_000n },
    },
  ]);
  expect(proxies).toMatchObject([
    { name: 'first', pool: 'default', url: 'http://user:secret@proxy.example.com:80', allowPrivate: false },
    { name: 'second', pool: 'eu', url: 'socks5://127.0.0.1:1080', allowPrivate: true },
  ]);
  expect(channels).toMatchObject([
    {
      name: 'main',
      provider: 'anthropic',
      isDemo: false,
      isDraining: false,
      protocols: ['anthropic-messages'],
      baseUrl: 'http://127.0.0.1:9001',
      authStyle: 'x-api-key',
      credential: 'main-key',
      allowPrivate: true,
      models: new Map([['claude-sonnet-4-6', 'up-1']]),
      servesAll: false,
      weight: 10,
      timeouts: { firstByteMs: 60_000, idleMs: 5, totalMs: 900_000 },
    },
    { name: 'spare', protocols: ['openai-chat', 'openai-responses'], authStyle: 'bearer', credential: 'spare-key' },
  ]);
  expect(models.get('claude-sonnet-4-6')).toMatchObject({
    fallback: ['gpt-4o'],
    price: { input: 4_000_000_000n, output: 20_000_000_000n, cacheRead: undefined, version: 2 },
  });
  expect(aliases).toEqual(new Map([['sonnet', 'claude-sonnet-4-6']]));
  expect(models.get('gpt-4o')).toMatchObject({ fallback: [], price: { input: 2_500_000_000n, version: 1 } });
  expect(models.get('gpt-4o')?.takes).toEqual({ images: false, tools: true, documents: undefined });
  expect(models.get('house-model')?.takes).toEqual({ images: undefined, tools: undefined, documents: undefined });
  expect(models.get('house-model')).toMatchObject({
    provider: 'custom',
    price: { input: 1_000n, requestFee: 10_000_000n, tiers: [{ aboveTokens: 5 }, { aboveTokens: 9 }] },
  });
  expect(settings).toEqual({ ...defaultSettings, siteName: 'Tower', signUp: 'closed', signUpLimits: { rpm: 60 } });
  expect(await db.prisma.plan.findUnique({ where: { id: 'starter' } })).toMatchObject({
    tokens: 10_000_000n,
    amountMinor: 990n,
    currency: 'usd',
  });
});

test('applied again, nothing is written; several processes at once make one of everything', async () => {
  await Promise.all([apply(file, env), apply(file, env), apply(file, env)]);
  const before = await state();
  await apply(file, env);
  expect(await state()).toEqual(before);
});

test('`*` of a vendor is that vendor’s models, of custom every model', async () => {
  await apply(`channels:
    - { name: oai, preset: openai, apiKey: k, models: "*" }
    - { name: any, preset: custom, protocol: openai-chat, baseUrl: "https://up.example.com/v1", apiKey: k, models: { "*": "*", a: b } }`);
  const channels = new Map((await snapshot()).channels.map((channel) => [channel.name, channel]));
  expect(channels.get('oai')).toMatchObject({ servesAll: false });
  expect(channels.get('oai')?.models.get('gpt-4o')).toBe('gpt-4o');
  expect(channels.get('oai')?.models.has('claude-sonnet-4-6')).toBe(false);
  expect(channels.get('any')).toMatchObject({ servesAll: true, models: new Map([['a', 'b']]) });
});

test('what a file changes on a channel is written down with what it was', async () => {
  const one = (rest: string) => apply(`channels: [{ name: a, preset: openai, apiKey: k${rest} }]`);
  await one(', limits: { rpm: 5, spendPerDayUsd: 1 }');
  await one(', weight: 2, limits: { rpm: 7 }');
  const [row] = await db.prisma.auditLog.findMany({ where: { action: 'channel.update' } });
  expect((row!.detail as { changed?: unknown }).changed).toEqual({
    weight: { from: 1, to: 2 },
    limits: { from: { rpm: 5 }, to: { rpm: 7 } },
    spendPerDayNanoUsd: { from: '1000000000', to: null },
  });
});

test('a channel that left the file is off and keeps no credential; one that comes back works', async () => {
  await apply(file, env);
  await apply('channels: [{ name: spare, preset: openai, apiKey: spare-key }]');
  expect((await snapshot()).channels.map(({ name }) => name)).toEqual(['spare']);
  const gone = await db.prisma.channel.findUnique({ where: { name: 'main' } });
  expect(gone).toMatchObject({ enabled: false, credentialSealed: null });
  await apply(file, env);
  expect((await snapshot()).channels.find(({ name }) => name === 'main')).toMatchObject({ credential: 'main-key' });
});

test('a proxy that left the file is gone with its password; pools of the console’s proxies may be used, others are refused', async () => {
  await apply(file, env);
  const filed = (await snapshot()).proxies.find(({ name }) => name === 'first');
  await db.prisma.egressProxy.update({ where: { id: filed?.id ?? '' }, data: { origin: 'console', pool: 'by-hand' } });
  const channel = (pool: string) => `channels: [{ name: a, preset: openai, apiKey: k, egress: ${pool} }]`;
  await apply(channel('by-hand'));
  expect((await snapshot()).proxies.map(({ name }) => name)).toEqual(['first']);
  expect((await snapshot()).channels[0]?.egressPool).toBe('by-hand');
  await expect(apply(channel('eu'))).rejects.toThrow('bridge.yaml: channels[0].egress: expected one of by-hand');
  await expect(apply(`${channel('eu')}\negress: [{ name: b, urlEnv: NONE }]`)).rejects.toThrow(
    'bridge.yaml: egress[0].urlEnv: expected the variable NONE to be set',
  );
  const wrong = apply('egress: [{ name: b, urlEnv: BAD }]', { BAD: 'http://user:secret@10.0.0.1' });
  await expect(wrong).rejects.toThrow('bridge.yaml: egress[0].urlEnv: the variable BAD: expected a public address');
  await expect(wrong).rejects.not.toThrow('secret');
  await db.prisma.egressProxy.deleteMany();
  await expect(apply(channel('eu'))).rejects.toThrow('expected a pool of the section egress, which has none');
});

test('channels of the console are not the file’s to switch off', async () => {
  const baseUrl = 'https://up.example.com';
  const row = { id: 'chn_console', name: 'by hand', preset: 'custom', provider: 'custom', baseUrl, models: {} };
  await db.prisma.channel.create({ data: { ...row, protocols: ['gemini'], origin: 'console' } });
  await apply('settings: { siteName: X }');
  expect((await snapshot()).channels.map(({ name }) => name)).toEqual(['by hand']);
});

test('a new key or address is sealed anew; the same key is left as it is', async () => {
  const one = (key: string, url: string) =>
    apply(`channels: [{ name: a, preset: openai, apiKey: ${key}, baseUrl: "${url}" }]`);
  await one('first', 'https://a.example.com');
  await one('second', 'https://a.example.com');
  expect((await snapshot()).channels[0]?.credential).toBe('second');
  await one('second', 'https://b.example.com');
  expect((await snapshot()).channels[0]).toMatchObject({ credential: 'second', baseUrl: 'https://b.example.com' });
});

test('a row pointed at another origin in the database loses its credential: the channel is left out and told', async () => {
  await apply(file, env);
  await db.prisma.channel.update({ where: { name: 'main' }, data: { baseUrl: 'https://evil.example.com' } });
  const leftOut: string[] = [];
  const { channels } = await snapshot(new Date(), ({ name }) => leftOut.push(name));
  expect([leftOut, channels.map(({ name }) => name)]).toEqual([['main'], ['spare']]);
});

test('a variable that is not set and a fallback nobody knows stop the file with their paths, and nothing is applied', async () => {
  const before = await state();
  await expect(apply(file, { PROXY: env.PROXY })).rejects.toThrow(
    'bridge.yaml: channels[0].apiKeyEnv: expected the variable MAIN_KEY to be set',
  );
  await expect(apply('models: [{ id: gpt-4o, fallback: [gpt-4o-mini, gtp-5] }]')).rejects.toThrow(
    'bridge.yaml: models[0].fallback[1]: expected a model',
  );
  await expect(apply('models: [{ id: gpt-4o, aliases: [best] }, { id: gpt-4.1, aliases: [best] }]')).rejects.toThrow(
    'bridge.yaml: models[0].aliases[0]: expected a name that no model has',
  );
  expect(await state()).toEqual(before);
});

test('a price in the file holds through a listed change of a later date', async () => {
  await apply('models: [{ id: gemini-4-argon, price: { input: 1, output: 2 } }]');
  for (const date of [new Date(), new Date('2030-01-01')])
    expect((await snapshot(date)).models.get('gemini-4-argon')?.price?.input).toBe(1_000_000_000n);
});

test('the staff’s plans stay beside a file’s; one that the file names is the file’s, and the staff’s again once it left', async () => {
  const plan = { tokens: 5n, amountMinor: 5n, currency: 'eur' };
  await db.prisma.plan.createMany({
    data: [
      { id: 'of-staff', ...plan },
      { id: 'shared', ...plan },
    ],
  });
  const rows = () => db.prisma.plan.findMany({ where: { id: { in: ['of-staff', 'shared'] } }, orderBy: { id: 'asc' } });
  await apply('plans: [{ id: shared, tokens: 10, price: { amount: 1, currency: usd } }]');
  expect(await rows()).toMatchObject([
    { id: 'of-staff', enabled: true, origin: 'console', tokens: 5n },
    { id: 'shared', enabled: true, origin: 'config', tokens: 10n },
  ]);
  await apply('plans: []');
  expect(await rows()).toMatchObject([
    { id: 'of-staff', enabled: true, origin: 'console' },
    { id: 'shared', enabled: false, origin: 'console' },
  ]);
});

test('plans that left the list are no longer on sale; a file without plans leaves them', async () => {
  await apply(file, env);
  await apply('settings: {}');
  expect(await db.prisma.plan.count({ where: { enabled: true } })).toBe(1);
  await apply('plans: []');
  expect(await db.prisma.plan.count({ where: { enabled: true } })).toBe(0);
});

test('plans are shown in the order of the file, with their names and dates, and applied again they write nothing', async () => {
  const plans = `plans:
  - { id: b, displayName: Big, tokens: 20, bonusTokens: 2, price: { amount: 2, currency: eur }, activeFrom: "2026-12-01T00:00:00Z" }
  - { id: a, tokens: 10, price: { amount: 1, currency: eur }, activeUntil: "2027-01-01T00:00:00+01:00" }`;
  await apply(plans);
  const rows = () => db.prisma.plan.findMany({ where: { enabled: true }, orderBy: { displayOrder: 'asc' } });
  expect(await rows()).toMatchObject([
    { id: 'b', displayName: 'Big', bonusTokens: 2n, activeFrom: new Date('2026-12-01T00:00:00Z'), activeUntil: null },
    { id: 'a', displayName: null, activeFrom: null, activeUntil: new Date('2026-12-31T23:00:00Z') },
  ]);
  const audits = await db.prisma.auditLog.count();
  await apply(plans);
  expect(await db.prisma.auditLog.count()).toBe(audits);
});

test('the demo channel counts only while no other channel is enabled', async () => {
  const id = await ensureDemoChannel(db.prisma, { baseUrl: 'http://127.0.0.1:4000' });
  expect(await ensureDemoChannel(db.prisma, { baseUrl: 'http://127.0.0.1:4001/' })).toBe(id);
  const { channels } = await snapshot();
  expect(channels).toMatchObject([{ id, isDemo: true, provider: 'demo', servesAll: true, credential: undefined }]);
  expect(channels[0]).toMatchObject({ baseUrl: 'http://127.0.0.1:4001', allowPrivate: true });
  expect(channels[0]?.protocols).toHaveLength(4);
  await apply(file, env);
  expect((await snapshot()).channels.map(({ name }) => name)).toEqual(['main', 'spare']);
  await apply('channels: []');
  expect((await snapshot()).channels.map(({ name }) => name)).toEqual(['demo']);
});

test('keys in the environment make channels, follow it, and keep what an operator set', async () => {
  const first = {
    ANTHROPIC_API_KEY: 'a-key',
    GEMINI_API_KEY: 'g-key',
    GEMINI_BASE_URL: 'http://127.0.0.1:9/',
    sealingKey,
  };
  await ensureFirstChannels(db.prisma, first);
  const before = await state();
  await ensureFirstChannels(db.prisma, first);
  expect(await state()).toEqual(before);
  expect((await snapshot()).channels).toMatchObject([
    { name: 'anthropic', credential: 'a-key', authStyle: 'x-api-key', allowPrivate: false },
    {
      name: 'gemini',
      credential: 'g-key',
      authStyle: 'x-goog-api-key',
      baseUrl: 'http://127.0.0.1:9',
      allowPrivate: true,
    },
  ]);
  await db.prisma.channel.update({ where: { name: 'gemini' }, data: { enabled: false, weight: 7 } });
  await ensureFirstChannels(db.prisma, { ...first, ANTHROPIC_API_KEY: '', GEMINI_API_KEY: 'new' });
  expect((await snapshot()).channels).toEqual([]);
  expect(await db.prisma.channel.findUnique({ where: { name: 'gemini' } })).toMatchObject({
    weight: 7,
    enabled: false,
  });
  await ensureFirstChannels(db.prisma, first);
  expect((await snapshot()).channels.map(({ name }) => name)).toEqual(['anthropic']);
  await expect(ensureFirstChannels(db.prisma, { ...first, GEMINI_BASE_URL: 'nope' })).rejects.toThrow(
    'GEMINI_BASE_URL',
  );
});

test('every change of the catalog is told to whoever listens', async () => {
  let heard = 0;
  let connected = false;
  const listener = listen({
    url: db.url,
    channels: [catalogChangedChannel],
    applicationName: 'test-listen',
    onNotify: () => heard++,
    onConnect: () => {
      connected = true;
    },
  });
  try {
    await vi.waitUntil(() => connected, { timeout: 5_000 });
    const changes = [
      'channels: [{ name: a, preset: openai, apiKey: k }]',
      'channels: [{ name: a, preset: openai, apiKey: k }]\nmodels: [{ id: gpt-4o, fallback: [gpt-4o-mini] }]',
      'channels: [{ name: a, preset: openai, apiKey: k }]\nmodels: [{ id: gpt-4o, price: { input: 1, output: 1 } }]',
      'channels: [{ name: a, preset: openai, apiKey: k }]\nsettings: { siteName: B }',
    ];
    for (const [index, text] of changes.entries()) {
      await apply(text);
      await vi.waitUntil(() => heard === index + 1, { timeout: 5_000 });
    }
  } finally {
    await listener.close();
  }
});
