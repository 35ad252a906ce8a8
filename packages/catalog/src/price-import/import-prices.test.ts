import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CatalogError } from '../catalog-error.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { seedCatalog } from '../seed/seed-catalog.ts';
import { importPrices, planImport } from './import-prices.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const actor = { kind: 'console', userId: 'usr_1' } as const;
const now = new Date('2026-11-22T10:00:00Z');
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
  await seedCatalog(db.prisma, { now });
});
afterEach(() => db.drop());

const text =
  'model,provider,input,output\ngpt-4o,openai,3,12\nbrand-new,acme,1,2\nclaude-fable-5-2,anthropic,1,5\ngpt-4.1,,100,1';
const file = { text, fileName: 'list.csv', validFrom: undefined };
const nothing = { skip: [], acceptJumps: [] };
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code }: CatalogError) => code,
  );
const counts = () => Promise.all([db.prisma.price.count(), db.prisma.model.count(), db.prisma.auditLog.count()]);

test('a list is compared without changing anything, applied once whole, and again not at all', async () => {
  const before = await counts();
  const { rows, digest } = await planImport(db.prisma, file, now);
  expect(rows.map(({ modelId, status, isJump }) => [modelId, status, isJump])).toEqual([
    ['gpt-4o', 'changed', false],
    ['brand-new', 'new_model', false],
    ['claude-fable-5-2', 'new_price', false],
    ['gpt-4.1', 'changed', true],
  ]);
  expect(await counts()).toEqual(before);
  expect(await refusal(importPrices(db.prisma, file, { ...nothing, digest }, now, actor))).toBe(
    'import_jump_unconfirmed',
  );
  expect(await counts()).toEqual(before);
  const choice = { digest, skip: [], acceptJumps: ['gpt-4.1'] };
  expect(await importPrices(db.prisma, file, choice, now, actor)).toEqual({ prices: 4, models: 1 });
  const after = await counts();
  expect(await importPrices(db.prisma, file, choice, now, actor)).toEqual({ prices: 0, models: 0 });
  expect(await counts()).toEqual(after);
  const { models } = await loadSnapshot(db.prisma, { sealingKey, now });
  expect(models.get('gpt-4o')?.price).toMatchObject({ input: 3_000_000_000n, webSearch: 10_000_000n, version: 2 });
  expect(models.get('brand-new')).toMatchObject({ provider: 'acme', price: { output: 2_000_000_000n } });
  const row = await db.prisma.price.findFirst({ where: { modelId: 'brand-new' } });
  expect(row?.source).toBe('list.csv, line 3');
  const audit = await db.prisma.auditLog.findMany({ where: { target: 'brand-new' }, orderBy: { id: 'asc' } });
  expect(audit.map(({ action, actorUserId }) => [action, actorUserId])).toEqual([
    ['model.create', 'usr_1'],
    ['price.add', 'usr_1'],
  ]);
  const [whole] = await db.prisma.auditLog.findMany({ where: { action: 'price.import' } });
  expect(whole?.detail).toMatchObject({ fileName: 'list.csv', prices: 4, models: 1 });
});

test('what was not looked at is not applied: prices that changed meanwhile, and what was left out', async () => {
  const { digest } = await planImport(db.prisma, file, now);
  const skip = ['gpt-4.1', 'brand-new', 'claude-fable-5-2'];
  const other = { ...file, text: text.replace('3,12', '3,13') };
  expect(await refusal(importPrices(db.prisma, other, { ...nothing, digest, skip }, now, actor))).toBe(
    'import_changed',
  );
  expect(await importPrices(db.prisma, file, { ...nothing, digest, skip }, now, actor)).toEqual({
    prices: 1,
    models: 0,
  });
  expect(await db.prisma.model.findUnique({ where: { id: 'brand-new' } })).toBeNull();
  expect(await refusal(importPrices(db.prisma, { ...file, text: 'no list' }, { ...nothing, digest }, now, actor))).toBe(
    'import_invalid',
  );
});

test('a list with a date begins then, and outlasts what the shipped list announces after it', async () => {
  const validFrom = new Date('2026-11-28T00:00:00Z');
  const dated = { ...file, text: 'model,input,output\ngemini-4-argon,3,9', validFrom };
  const { digest } = await planImport(db.prisma, dated, now);
  // Without a price of its own, reading the cache costs what input does: fifteen times as much.
  const choice = { skip: [], acceptJumps: ['gemini-4-argon'], digest };
  expect(await importPrices(db.prisma, dated, choice, now, actor)).toEqual({ prices: 1, models: 0 });
  const input = async (at: string) =>
    (await loadSnapshot(db.prisma, { sealingKey, now: new Date(at) })).models.get('gemini-4-argon')?.price?.input;
  expect(await input('2026-11-27T23:59:59.999Z')).toBe(2_000_000_000n);
  expect(await input('2026-11-28T00:00:00Z')).toBe(3_000_000_000n);
  expect(await input('2026-12-02T00:00:00Z')).toBe(3_000_000_000n);
});
