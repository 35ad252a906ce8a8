import { expect, test } from 'vitest';
import { readEnvironment } from './env.ts';

const needed = {
  DATABASE_URL: 'postgresql://x',
  BRIDGE_KEY_PEPPER: 'p'.repeat(16),
  BRIDGE_SEALING_KEY: 's'.repeat(16),
};
const url = 'https://example.upstash.io';

test('shared state has an address and a token, or there is none', () => {
  expect(readEnvironment(needed).sharedState).toBeUndefined();
  const both = { ...needed, UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: 'token' };
  expect(readEnvironment(both).sharedState).toEqual({ url, token: 'token' });
});

test('one of the two alone, or an address that is none, stops the start with one line that holds no value', () => {
  const start = (given: Record<string, string>) => () => readEnvironment({ ...needed, ...given });
  expect(start({ UPSTASH_REDIS_REST_URL: url })).toThrow(
    /^The worker cannot start: UPSTASH_REDIS_REST_TOKEN: missing.*$/,
  );
  expect(start({ UPSTASH_REDIS_REST_TOKEN: 'secret' })).toThrow(
    /^The worker cannot start: UPSTASH_REDIS_REST_URL: missing.*$/,
  );
  for (const wrong of ['example.upstash.io', 'redis://example.com:6379']) {
    expect(start({ UPSTASH_REDIS_REST_URL: wrong, UPSTASH_REDIS_REST_TOKEN: 'secret' })).toThrow(
      'The worker cannot start: UPSTASH_REDIS_REST_URL: must begin with https:// or http://',
    );
  }
});

test('several processes are taken with shared state alone', () => {
  const shared = { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: 'token' };
  expect(readEnvironment(needed).processes).toBe(1);
  expect(readEnvironment({ ...needed, ...shared, WORKER_PROCESSES: '3' }).processes).toBe(3);
  for (const given of [{ WORKER_PROCESSES: '3' }, { ...shared, WORKER_PROCESSES: '0' }]) {
    expect(() => readEnvironment({ ...needed, ...given })).toThrow(
      /^The worker cannot start: WORKER_PROCESSES: [^\n]+$/,
    );
  }
});
