import type { CatalogChange, CatalogSnapshot, ModelSnapshot } from '@ai-bridge/catalog';
import type { Price } from '@ai-bridge/domain';
import { expect, test, vi } from 'vitest';
import { openCatalogStore } from './catalog-store.ts';

const price = (version: number) => ({ id: `prc_${version}`, version }) as Price;
const change = (atMs: number, version: number): CatalogChange => ({
  at: new Date(atMs),
  prices: new Map([['m', price(version)]]),
  terms: new Map(),
});
const snapshot = (version: number, ahead: readonly CatalogChange[]) =>
  ({
    models: new Map([['m', { id: 'm', price: price(version) } as ModelSnapshot]]),
    aliases: new Map(),
    groups: new Map(),
    ahead,
  }) as unknown as CatalogSnapshot;

test('announced prices begin by the clock, each at its moment, without a word from the database', async () => {
  let nowMs = 1_000;
  const load = vi.fn(async () => snapshot(1, [change(2_000, 2), change(3_000, 3), change(9_000, 4)]));
  const store = await openCatalogStore(load, { now: () => nowMs }, () => {});
  const version = () => store.current().models.get('m')?.price?.version;
  expect(version()).toBe(1);
  nowMs = 1_999;
  expect(version()).toBe(1);
  const held = store.current();
  nowMs = 2_000;
  expect(version()).toBe(2);
  // A request that was planned before keeps what it was planned by.
  expect(held.models.get('m')?.price?.version).toBe(1);
  nowMs = 8_999;
  expect(version()).toBe(3);
  nowMs = 9_000;
  expect(version()).toBe(4);
  expect(store.current()).toBe(store.current());
  expect(load).toHaveBeenCalledTimes(1);
  store.stop();
});

test('a withdrawn price never begins once the change is read, and a failed read keeps what was announced', async () => {
  let nowMs = 1_000;
  let next: () => Promise<CatalogSnapshot> = async () => snapshot(1, [change(2_000, 2)]);
  const errors: unknown[] = [];
  const store = await openCatalogStore(
    () => next(),
    { now: () => nowMs },
    (error) => errors.push(error),
  );
  next = () => Promise.reject(new Error('away'));
  store.changed();
  await vi.waitFor(() => expect(errors).toHaveLength(1));
  expect(store.current().ahead).toHaveLength(1);
  next = async () => snapshot(1, []);
  await vi.waitFor(() => expect(store.current().ahead).toHaveLength(0), { timeout: 5_000 });
  nowMs = 2_000;
  expect(store.current().models.get('m')?.price?.version).toBe(1);
  store.stop();
});
