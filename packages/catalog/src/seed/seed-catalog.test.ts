import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSnapshot } from '../load-snapshot.ts';
import { updateModel } from '../models/console-models.ts';
import { setPrice } from '../prices/set-price.ts';
import { type ListedModel, readPriceList } from './price-list.ts';
import { seedCatalog } from './seed-catalog.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const listed = new Date('2026-11-21T12:00:00Z');
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await seedCatalog(db.prisma, { now: listed });
});
afterAll(() => db.drop());

const snapshotAt = (now: Date) => loadSnapshot(db.prisma, { sealingKey, now });
const inputAt = async (model: string, date: string) =>
  (await snapshotAt(new Date(date))).models.get(model)?.price?.input;

test('the shipped list is whole: ids once, prices by date, fallbacks and copies name listed models', () => {
  const list = readPriceList();
  const ids = new Set(list.map(({ model }) => model));
  expect(ids.size).toBe(list.length);
  for (const { model, fallback, prices } of list) {
    for (const id of [...fallback, ...prices.flatMap(({ copiedFrom }) => copiedFrom ?? [])]) expect(ids).toContain(id);
    expect(fallback).not.toContain(model);
    const dates = prices.map(({ validFrom }) => validFrom.getTime());
    expect(dates).toEqual([...new Set(dates)].sort((a, b) => a - b));
  }
});

test('every model that the documentation names has a price, copied ones say from where', async () => {
  const { models } = await snapshotAt(listed);
  for (const id of [
    'claude-3-5-sonnet-20241022',
    'claude-3-5-haiku-20241022',
    'claude-3-opus-20240229',
    'claude-sonnet-4-20250514',
    'claude-sonnet-4-5',
    'claude-sonnet-4-6',
    'claude-haiku-4-5',
    'claude-opus-4-6',
    'claude-opus-4-7',
    'gpt-4o',
    'gpt-4o-mini',
    'gpt-5.4',
    'gemini-2.0-pro-exp',
    'gemini-2.0-flash-exp',
    'GLM-4.7',
    'MiniMax-M2',
    'kimi-k2-0905-preview',
    'kimi-k2-turbo-preview',
  ])
    expect([id, models.get(id)?.price?.input !== undefined]).toEqual([id, true]);
  expect(models.get('claude-sonnet-4-6')?.price).toMatchObject({
    input: 3_000_000_000n,
    output: 15_000_000_000n,
    cacheRead: 300_000_000n,
    cacheWrite5m: 3_750_000_000n,
    cacheWrite1h: 6_000_000_000n,
    requestFee: 0n,
    tiers: [],
  });
  expect(models.get('claude-haiku-5-5')?.price?.tiers).toMatchObject([{ aboveTokens: 100_000, input: 500_000_000n }]);
  expect(models.get('claude-3-5-sonnet-20241022')?.fallback).toEqual(['gpt-4o', 'gemini-2.0-pro-exp']);
  expect(models.get('gemini-2.0-pro-exp')?.price?.input).toBe(models.get('gemini-2.5-pro')?.price?.input);
  const copied = await db.prisma.price.findFirst({ where: { modelId: 'gemini-2.0-pro-exp' } });
  expect(copied).toMatchObject({
    copiedFrom: 'gemini-2.5-pro',
    source: expect.stringContaining('no list price found'),
  });
});

test('what is billed beside tokens comes with the price, and the row says where that is from', async () => {
  const { models } = await snapshotAt(listed);
  const feesOf = (id: string) => {
    const { webSearch, ratePercents } = models.get(id)?.price ?? {};
    return { webSearch, ratePercents };
  };
  expect(feesOf('claude-opus-4-7')).toEqual({ webSearch: 10_000_000n, ratePercents: { priority: 100 } });
  expect(feesOf('claude-opus-4-8')).toEqual({ webSearch: 10_000_000n, ratePercents: { priority: 100, fast: 200 } });
  expect(feesOf('gpt-5.4')).toEqual({ webSearch: 10_000_000n, ratePercents: {} });
  expect(feesOf('gemini-4-argon')).toEqual({ webSearch: 14_000_000n, ratePercents: {} });
  expect(feesOf('MiniMax-M3')).toEqual({ webSearch: undefined, ratePercents: { priority: 150 } });
  expect(feesOf('deepseek-v4-flash')).toEqual({ webSearch: undefined, ratePercents: {} });
  const row = await db.prisma.price.findFirst({ where: { modelId: 'gpt-5.4' } });
  expect(row?.source).toContain('web search: 10 USD per 1000');
});

test('what the list is certain of is known of a model, and the rest is not', async () => {
  const { models } = await snapshotAt(listed);
  const takesOf = (id: string) => models.get(id)?.takes;
  expect(takesOf('claude-sonnet-4-5')).toEqual({ images: true, tools: true, documents: true });
  expect(takesOf('gpt-4o')).toEqual({ images: true, tools: true, documents: true });
  expect(takesOf('deepseek-chat')).toEqual({ images: false, tools: true, documents: undefined });
  expect(takesOf('kimi-k2-0905-preview')).toEqual({ images: false, tools: true, documents: undefined });
  expect(takesOf('gpt-6-sol')).toEqual({ images: undefined, tools: undefined, documents: undefined });
});

test('a database from before is told once what the list knows, and never against the word of staff or of the file', async () => {
  const ids = ['gpt-4o', 'gpt-4o-mini', 'deepseek-chat', 'glm-4.6'];
  const unknown = { takesImages: null, takesTools: null, takesDocuments: null };
  await db.prisma.model.updateMany({ where: { id: { in: ids } }, data: unknown });
  await updateModel(db.prisma, 'gpt-4o-mini', { takesImages: false }, { kind: 'console' });
  await updateModel(db.prisma, 'gpt-4o-mini', { takesImages: null }, { kind: 'console' });
  await updateModel(db.prisma, 'gpt-4o-mini', { takesTools: false }, { kind: 'console' });
  await db.prisma.model.update({ where: { id: 'deepseek-chat' }, data: { fileFields: ['takesImages'] } });
  const before = await db.prisma.auditLog.count({ where: { action: 'catalog.seed' } });
  for (let start = 0; start < 2; start++) await seedCatalog(db.prisma, { now: listed });
  const { models } = await snapshotAt(listed);
  expect(ids.map((id) => models.get(id)?.takes)).toEqual([
    { images: true, tools: true, documents: true },
    { images: undefined, tools: false, documents: true },
    { images: undefined, tools: true, documents: undefined },
    { images: false, tools: true, documents: undefined },
  ]);
  expect(await db.prisma.auditLog.count({ where: { action: 'catalog.seed' } })).toBe(before + 1);
  await db.prisma.model.update({ where: { id: 'deepseek-chat' }, data: { fileFields: [] } });
});

test('a model without a listed price is known and has none', async () => {
  const { models } = await snapshotAt(listed);
  expect(models.get('claude-fable-5-2')).toBeDefined();
  expect(models.get('claude-fable-5-2')?.price).toBeUndefined();
});

test('announced changes take over on their day, and the snapshot says when', async () => {
  expect(await inputAt('gemini-4-argon', '2026-11-30T23:59:59.999Z')).toBe(2_000_000_000n);
  expect(await inputAt('gemini-4-argon', '2026-12-01T00:00:00Z')).toBe(4_000_000_000n);
  expect(await inputAt('gemini-3.8-flash', '2026-12-31T23:59:59Z')).toBe(750_000_000n);
  expect(await inputAt('gemini-3.8-flash', '2027-01-01T00:00:00Z')).toBe(1_500_000_000n);
  const pricesAhead = async (at: Date) => (await snapshotAt(at)).ahead.filter(({ prices }) => prices.size > 0);
  expect((await pricesAhead(listed))[0]?.at).toEqual(new Date('2026-12-01T00:00:00Z'));
  expect(await pricesAhead(new Date('2027-01-01T00:00:00Z'))).toEqual([]);
});

test('seeding again, now or after an announced change, adds nothing', async () => {
  expect(await seedCatalog(db.prisma, { now: listed })).toEqual({ models: 0, prices: 0 });
  expect(await seedCatalog(db.prisma, { now: new Date('2026-12-02T00:00:00Z') })).toEqual({ models: 0, prices: 0 });
});

function repriced(model: string, input: bigint): ListedModel[] {
  return readPriceList()
    .filter((entry) => entry.model === model)
    .map((entry) => {
      const prices = entry.prices.map((price) => ({ ...price, figures: { ...price.figures, input } }));
      return { ...entry, prices };
    });
}

test('a changed figure in the list becomes a new version from now on, and the old row stays as it was', async () => {
  const before = await db.prisma.price.findMany({ where: { modelId: 'gpt-4o' } });
  const now = new Date('2026-11-22T00:00:00Z');
  const list = repriced('gpt-4o', 7n);
  expect(await seedCatalog(db.prisma, { list, now })).toEqual({ models: 0, prices: 1 });
  expect(await seedCatalog(db.prisma, { list, now })).toEqual({ models: 0, prices: 0 });
  expect(await inputAt('gpt-4o', '2026-11-22T00:00:00Z')).toBe(7n);
  expect(await inputAt('gpt-4o', '2026-11-21T23:00:00Z')).toBe(2_500_000_000n);
  const after = await db.prisma.price.findMany({ where: { modelId: 'gpt-4o' }, orderBy: { version: 'asc' } });
  expect(after.map(({ version }) => version)).toEqual([1, 2]);
  expect(after[0]).toEqual(before[0]);
});

test('a price that an operator set outlasts list changes and announced ones', async () => {
  const rows = await db.prisma.price.findMany({ where: { modelId: 'gemini-4-argon' } });
  const figures = { input: 5n, output: 6n, requestFee: 0n, tiers: [] };
  const own = { modelId: 'gemini-4-argon', figures, source: 'console', validFrom: new Date('2026-11-22T00:00:00Z') };
  await db.prisma.$transaction((session) => setPrice(session, rows, own, { kind: 'console' }));
  const list = repriced('gemini-4-argon', 9n);
  expect(await seedCatalog(db.prisma, { list, now: new Date('2026-11-23T00:00:00Z') })).toMatchObject({ prices: 0 });
  expect(await inputAt('gemini-4-argon', '2026-11-23T00:00:00Z')).toBe(5n);
  expect(await inputAt('gemini-4-argon', '2026-12-02T00:00:00Z')).toBe(5n);
});
