import { expect, test } from 'vitest';
import type { KnownSession } from './known-session.ts';
import { createSessionCache, sessionCacheMs } from './session-cache.ts';

const session = { sessionId: 's' } as KnownSession;

test('a revoked session stops acting after the cache time at the latest, at once where it was revoked', async () => {
  const clock = { ms: 0 };
  let live = true;
  const cache = createSessionCache({ find: async () => (live ? session : undefined), nowMs: () => clock.ms });
  expect(await cache.find('s')).toBe(session);
  live = false;
  clock.ms = sessionCacheMs - 1;
  expect(await cache.find('s')).toBe(session);
  clock.ms = sessionCacheMs;
  expect(await cache.find('s')).toBeUndefined();
  live = true;
  cache.forget('s');
  expect(await cache.find('s')).toBe(session);
});

test('calls at the same time share one look-up', async () => {
  let lookUps = 0;
  const cache = createSessionCache({
    find: async () => {
      lookUps += 1;
      return session;
    },
    nowMs: () => 0,
  });
  await Promise.all([cache.find('s'), cache.find('s'), cache.find('s')]);
  expect(lookUps).toBe(1);
});

test('a failed look-up is asked again', async () => {
  let fails = true;
  const cache = createSessionCache({
    find: async () => {
      if (fails) throw new Error('database away');
      return session;
    },
    nowMs: () => 0,
  });
  await expect(cache.find('s')).rejects.toThrow('database away');
  fails = false;
  expect(await cache.find('s')).toBe(session);
});
