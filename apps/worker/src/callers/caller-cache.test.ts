import { expect, test } from 'vitest';
import { createCallerCache } from './caller-cache.ts';
import type { RelayCaller } from './relay-caller.ts';

function setUp(callers: Record<string, Partial<RelayCaller> | undefined>) {
  let now = 1_000_000;
  let queries = 0;
  let isDown = false;
  const cache = createCallerCache({
    clock: { now: () => now, monotonicMs: () => now },
    isWellFormed: (key) => key.startsWith('ab-'),
    find: async (key) => {
      queries++;
      if (isDown) throw new Error('database away');
      return callers[key] as RelayCaller | undefined;
    },
  });
  cache.setConnected(true);
  return {
    cache,
    callers,
    pass: (ms: number) => (now += ms),
    queries: () => queries,
    down: (value: boolean) => (isDown = value),
  };
}

test('garbage is refused without a query', () => {
  const { cache, queries } = setUp({});
  expect(cache.known('garbage')).toBeNull();
  expect(queries()).toBe(0);
});

test('a known key costs one query, however often it is used', async () => {
  const { cache, queries } = setUp({ 'ab-1': { keyId: 'key_1' } });
  await Promise.all([cache.load('ab-1'), cache.load('ab-1')]);
  for (let i = 0; i < 100; i++) expect(cache.known('ab-1')).toMatchObject({ keyId: 'key_1' });
  expect(queries()).toBe(1);
});

test('keys that share a long beginning never cross', async () => {
  const shared = `ab-${'x'.repeat(60)}`;
  const { cache } = setUp({ [`${shared}1`]: { keyId: 'key_1' }, [`${shared}2`]: { keyId: 'key_2' } });
  await cache.load(`${shared}1`);
  await cache.load(`${shared}2`);
  expect(cache.known(`${shared}1`)).toMatchObject({ keyId: 'key_1' });
  expect(cache.known(`${shared}2`)).toMatchObject({ keyId: 'key_2' });
});

test('a pushed change forgets the key at once, and a look-up that it overtook is not remembered', async () => {
  const { cache, callers } = setUp({ 'ab-1': { keyId: 'key_1', organizationId: 'org_1' } });
  const overtaken = cache.load('ab-1');
  cache.forget('key:key_1');
  await overtaken;
  expect(cache.known('ab-1')).toBeUndefined();
  await cache.load('ab-1');
  callers['ab-1'] = undefined;
  cache.forget('organization:org_1');
  expect(cache.known('ab-1')).toBeUndefined();
  expect(await cache.load('ab-1')).toBeUndefined();
  expect(cache.known('ab-1')).toBeNull();
});

test('a key past its date is refused from memory', async () => {
  const { cache, pass } = setUp({ 'ab-1': { keyId: 'key_1', expiresAt: new Date(1_000_500) } });
  await cache.load('ab-1');
  expect(cache.known('ab-1')).not.toBeNull();
  pass(500);
  expect(cache.known('ab-1')).toBeNull();
});

test('while changes cannot be pushed, a key is asked for again after a second', async () => {
  const { cache, pass } = setUp({ 'ab-1': { keyId: 'key_1' } });
  await cache.load('ab-1');
  cache.setConnected(false);
  expect(cache.known('ab-1')).toMatchObject({ keyId: 'key_1' });
  pass(1_001);
  expect(cache.known('ab-1')).toBeUndefined();
});

test('with the database away a known key serves for five minutes, not longer', async () => {
  const { cache, pass, down } = setUp({ 'ab-1': { keyId: 'key_1' } });
  await cache.load('ab-1');
  cache.setConnected(false);
  down(true);
  pass(299_000);
  expect(await cache.load('ab-1')).toMatchObject({ keyId: 'key_1' });
  pass(2_000);
  await expect(cache.load('ab-1')).rejects.toThrow('database away');
});

test('a key with spend limits is looked up again after five seconds: other workers charge it too', async () => {
  const spendLimits = { perDayNanoUsd: 1n, perMonthNanoUsd: undefined };
  const { cache, pass, queries } = setUp({ 'ab-1': { keyId: 'key_1', spendLimits } });
  await cache.load('ab-1');
  pass(4_999);
  expect(cache.known('ab-1')).toMatchObject({ keyId: 'key_1' });
  pass(1);
  expect(cache.known('ab-1')).toBeUndefined();
  expect(queries()).toBe(1);
});
