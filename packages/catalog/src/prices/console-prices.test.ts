import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CatalogError } from '../catalog-error.ts';
import { applyConfig } from '../config/apply-config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { updateModel } from '../models/console-models.ts';
import { listModels, listPrices } from '../models/list-models.ts';
import { readPriceList } from '../seed/price-list.ts';
import { seedCatalog } from '../seed/seed-catalog.ts';
import { snapshotAt } from '../snapshot-at.ts';
import { changePrice, withdrawPrice } from './console-prices.ts';

const sealingKey = 'a sealing key of the tests, long enough';
const actor = { kind: 'console', userId: 'usr_1' } as const;
// A century ahead, as is the list: Postgres itself keeps what has begun by its own clock, and these days must never be over.
const now = new Date('2126-11-22T10:00:00Z');
const soon = new Date('2126-11-25T00:00:00Z');
const later = new Date('2126-12-20T00:00:00Z');
const list = readPriceList().map((one) => ({ ...one, prices: one.prices.map(aCenturyLater) }));
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
  await seedCatalog(db.prisma, { now, list });
});
afterEach(() => db.drop());

function aCenturyLater<Dated extends { readonly validFrom: Date }>(price: Dated): Dated {
  const validFrom = new Date(price.validFrom);
  validFrom.setUTCFullYear(validFrom.getUTCFullYear() + 100);
  return { ...price, validFrom };
}

const price = (modelId: string, input: bigint, validFrom?: Date) => ({
  modelId,
  figures: { input, output: 2n * input, requestFee: 0n, tiers: [] },
  validFrom,
});
const change = (modelId: string, input: bigint, validFrom?: Date) =>
  changePrice(db.prisma, price(modelId, input, validFrom), now, actor);
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing',
    ({ code }: CatalogError) => code,
  );
const load = (at: Date) => loadSnapshot(db.prisma, { sealingKey, now: at });
const inputAt = async (modelId: string, at: Date) => (await load(at)).models.get(modelId)?.price?.input;

test('the snapshot of an hour ago is by the clock what is loaded now: announced prices and multipliers are in it', async () => {
  await change('gpt-4o', 5n, soon);
  await change('gpt-4o', 7n, later);
  await db.prisma.groupMultiplier.create({
    data: { groupId: 'default', version: 2, validFrom: later, multiplierBasisPoints: 9_000, source: 'console' },
  });
  const early = await load(now);
  for (const at of [now, soon, new Date('2126-12-01T00:00:00Z'), later, new Date('2127-02-01T00:00:00Z')]) {
    const { loadedAt: _, ...byClock } = snapshotAt(early, at);
    const { loadedAt: __, ...loaded } = await load(at);
    expect(byClock).toEqual(loaded);
  }
  expect(snapshotAt(early, new Date(soon.getTime() - 1))).toBe(early);
  const terms = snapshotAt(early, later).groups.get('default')?.terms;
  expect(terms).toMatchObject({ multiplierBasisPoints: 9_000, multiplier: { group: 'default', version: 2 } });
});

test('a price that has not begun is withdrawn and kept, even over the next start’s list, and one that has begun stays', async () => {
  await change('gpt-4o', 5n, soon);
  const [announced] = await listPrices(db.prisma, 'gpt-4o', now);
  expect(announced).toMatchObject({ state: 'ahead', source: 'console' });
  expect(await refusal(withdrawPrice(db.prisma, announced!.id, soon, actor))).toBe('already_begun');
  await withdrawPrice(db.prisma, announced!.id, now, actor);
  expect(await inputAt('gpt-4o', later)).toBe(2_500_000_000n);
  expect((await listPrices(db.prisma, 'gpt-4o', later)).map(({ state }) => state)).toEqual(['withdrawn', 'inForce']);
  const listed = (await listPrices(db.prisma, 'gemini-4-argon', now)).find(({ state }) => state === 'ahead');
  await withdrawPrice(db.prisma, listed!.id, now, actor);
  expect(await seedCatalog(db.prisma, { list, now: new Date('2126-12-05T00:00:00Z') })).toEqual({
    models: 0,
    prices: 0,
  });
  const actions = await db.prisma.auditLog.findMany({ where: { target: 'gpt-4o' }, orderBy: { id: 'asc' } });
  expect(actions.map(({ action }) => action)).toEqual(['price.add', 'price.withdraw']);
});

test('a price of staff’s outlasts what the list announces and gives way to what staff announced', async () => {
  await change('gemini-4-argon', 5n);
  expect(await inputAt('gemini-4-argon', later)).toBe(5n);
  await change('gemini-4-argon', 9n, soon);
  await change('gemini-4-argon', 6n);
  expect(await inputAt('gemini-4-argon', now)).toBe(6n);
  expect(await inputAt('gemini-4-argon', soon)).toBe(9n);
});

test('the same price again writes nothing, and dates past or far ahead are refused', async () => {
  await change('gpt-4o', 5n);
  const count = await db.prisma.price.count();
  await change('gpt-4o', 5n);
  expect(await db.prisma.price.count()).toBe(count);
  expect(await refusal(change('gpt-4o', 6n, new Date('2126-11-20T00:00:00Z')))).toBe('date_invalid');
  expect(await refusal(change('gpt-4o', 6n, new Date('2128-01-01T00:00:00Z')))).toBe('date_invalid');
  expect(await refusal(change('nobody', 6n))).toBe('not_found');
});

test('what the configuration file says of a model is changed there alone, and is the staff’s once the file is silent', async () => {
  const apply = (text: string) =>
    applyConfig(db.prisma, parseConfig(text, 'f', {}), { fileName: 'f', sealingKey, env: {}, now });
  await apply('models: [{ id: gpt-4o, price: { input: 1, output: 2 }, fallback: [gpt-4.1] }]');
  expect(await refusal(change('gpt-4o', 6n))).toBe('model_owned_by_file');
  expect(await refusal(updateModel(db.prisma, 'gpt-4o', { fallback: [] }, actor))).toBe('model_owned_by_file');
  await updateModel(db.prisma, 'gpt-4o', { enabled: false }, actor);
  await apply('{}');
  await change('gpt-4o', 6n);
  await updateModel(db.prisma, 'gpt-4o', { fallback: ['gpt-4.1-mini', 'gpt-4.1'] }, actor);
  const model = (await listModels(db.prisma, now)).find(({ id }) => id === 'gpt-4o');
  expect(model).toMatchObject({ enabled: false, fileFields: [], fallback: ['gpt-4.1-mini', 'gpt-4.1'] });
  for (const fallback of [['gpt-4o'], ['no-such'], ['gpt-4.1', 'gpt-4.1']])
    expect(await refusal(updateModel(db.prisma, 'gpt-4o', { fallback }, actor))).toBe('model_invalid');
  await apply('models: [{ id: gpt-4o, capabilities: { images: false } }]');
  expect(await refusal(updateModel(db.prisma, 'gpt-4o', { takesImages: true }, actor))).toBe('model_owned_by_file');
  await updateModel(db.prisma, 'gpt-4o', { takesTools: null, takesDocuments: false }, actor);
  await apply('models: [{ id: gpt-4o, capabilities: { images: true } }]');
  const told = (await listModels(db.prisma, now)).find(({ id }) => id === 'gpt-4o');
  expect(told).toMatchObject({
    takesImages: true,
    takesTools: null,
    takesDocuments: false,
    fileFields: ['takesImages'],
  });
  await apply('{}');
  await updateModel(db.prisma, 'gpt-4o', { aliases: ['gpt-best', 'claude-gpt'] }, actor);
  for (const aliases of [['gpt-4.1'], ['gpt-best'], ['x', 'x'], ['gpt-4.1-mini']])
    expect(await refusal(updateModel(db.prisma, 'gpt-4.1-mini', { aliases }, actor))).toBe('model_invalid');
});
