import { createHmac } from 'node:crypto';
import { hasRedis, startTestRedis, type TestRedis } from '@ai-bridge/testing/redis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openRedis } from '../shared-state/open-redis.ts';
import { RedisHealth, restAfterFailureMs } from '../shared-state/redis-health.ts';
import { createSessionAffinity } from './session-affinity.ts';
import { openSessionStore, type SessionStore } from './session-store.ts';
import { SharedAffinity } from './shared-affinity.ts';

const ttlSeconds = 300;
const stay = (channelId: string, cachedTokens = 0, model = 'm') => ({ model, channelId, cachedTokens });

let nowMs = 0;
const clock = { now: () => nowMs, monotonicMs: () => nowMs };
/** What is written, and what every worker reads. */
let stored: Map<string, string>;
let gets: string[];
let sets: string[][];
let isAway = false;
const open: SharedAffinity[] = [];

const store: SessionStore = {
  async get(session) {
    gets.push(session);
    if (isAway) throw new Error('away');
    return stored.get(session) ?? null;
  },
  async set(entries) {
    if (isAway) throw new Error('away');
    sets.push([...entries.keys()]);
    for (const [session, value] of entries) stored.set(session, value);
  },
};

function worker(over: Partial<{ store: SessionStore }> = {}): SharedAffinity {
  const affinity = new SharedAffinity({
    ...{ clock, ttlSeconds, store, ...over },
    local: createSessionAffinity(clock, ttlSeconds),
    health: new RedisHealth(clock, () => {}),
  });
  open.push(affinity);
  return affinity;
}

beforeEach(() => {
  nowMs = 0;
  isAway = false;
  stored = new Map();
  gets = [];
  sets = [];
});
afterEach(async () => {
  for (const affinity of open.splice(0)) await affinity.close();
});

test('what one worker remembers another one finds, with one look-up however many ask at once, and none after that', async () => {
  const [first, second] = [worker(), worker()];
  first.remember('s', stay('a', 5));
  first.remember('s', stay('b', 7, 'n'));
  await first.flush();
  const found = await Promise.all([second.find('s'), second.find('s'), second.find('s')]);
  for (const stays of found) expect(stays).toEqual([stay('b', 7, 'n'), stay('a', 5)]);
  expect(second.find('s')).toEqual(found[0]);
  expect(first.find('s')).toEqual(found[0]);
  expect(gets).toEqual(['s']);
});

test('what happened here while the look-up was under way is newer', async () => {
  const affinity = worker();
  stored.set('s', JSON.stringify([['m', 'old', 1]]));
  const finding = affinity.find('s');
  affinity.remember('s', stay('new'));
  expect(await finding).toEqual([stay('new')]);
});

test('what is malformed is no stay', async () => {
  const affinity = worker();
  const wrong = [
    '',
    'x',
    '{}',
    '[1]',
    '[["m","a"]]',
    '[["m","a",-1]]',
    '[["m","a",1.5]]',
    '[["","a",1]]',
    '[["m",7,1]]',
  ];
  wrong.push(JSON.stringify(new Array(5).fill(['m', 'a', 1])), JSON.stringify([['m'.repeat(201), 'a', 1]]));
  for (const [n, text] of wrong.entries()) {
    stored.set(`s${n}`, text);
    expect(await affinity.find(`s${n}`), text).toEqual([]);
  }
});

test('many turns of one session are one write, and a use renews it when a quarter of its life is over', async () => {
  const affinity = worker();
  for (let tokens = 1; tokens <= 9; tokens++) affinity.remember('s', stay('a', tokens));
  await affinity.flush();
  expect(sets).toEqual([['s']]);
  expect(stored.get('s')).toBe('[["m","a",9]]');
  nowMs = 75_000;
  affinity.find('s');
  await affinity.flush();
  expect(sets).toHaveLength(1);
  nowMs = 75_001;
  affinity.find('s');
  affinity.find('s');
  await affinity.flush();
  expect(sets).toEqual([['s'], ['s']]);
});

test('while the store is away one look-up fails, nobody else asks or waits, and what was remembered is written later', async () => {
  const affinity = worker();
  isAway = true;
  expect(await affinity.find('s0')).toEqual([]);
  for (let n = 1; n < 500; n++) {
    // Not even a promise: the request goes on in the same turn.
    expect(affinity.find(`s${n}`)).toEqual([]);
    affinity.remember(`s${n}`, stay('a', n));
  }
  expect(gets).toHaveLength(1);
  await affinity.flush();
  expect(affinity.find('s7')).toEqual([stay('a', 7)]);
  isAway = false;
  nowMs = restAfterFailureMs + 1;
  await affinity.flush();
  expect(stored.get('s7')).toBe('[["m","a",7]]');
  expect(stored.size).toBe(499);
});

test('a write that fails waits on, unless something newer waits', async () => {
  const affinity = worker();
  affinity.remember('s', stay('a', 1));
  affinity.remember('t', stay('a', 1));
  isAway = true;
  const flushing = affinity.flush();
  affinity.remember('s', stay('a', 2));
  await flushing;
  isAway = false;
  nowMs = restAfterFailureMs + 1;
  await affinity.flush();
  expect(Object.fromEntries(stored)).toEqual({ s: '[["m","a",2]]', t: '[["m","a",1]]' });
});

describe.skipIf(!hasRedis)('with a real Redis', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis.stop());

  const secret = Buffer.from('secret');
  const real = (timeoutMs: number) => {
    const client = openRedis(redis, timeoutMs);
    return openSessionStore({ reader: client, writer: client, prefix: 'test:stay:', secret, ttlSeconds });
  };

  test('sessions are kept under a hash, for their time, and found', async () => {
    const [first, second] = [worker({ store: real(1_000) }), worker({ store: real(1_000) })];
    first.remember('org_1 what the customer calls it', stay('a', 5));
    await first.flush();
    expect(await second.find('org_1 what the customer calls it')).toEqual([stay('a', 5)]);
    const hash = createHmac('sha256', secret).update('org_1 what the customer calls it').digest('base64url');
    expect(redis.front.commands[0]).toEqual(['SET', `test:stay:${hash}`, '[["m","a",5]]', 'ex', '300']);
  });

  test('a Redis that says nothing is given up, after one request', async () => {
    const affinity = worker({ store: real(50) });
    redis.network.set({ isBlackhole: true });
    const before = redis.network.connections;
    expect(await affinity.find('silent')).toEqual([]);
    for (let n = 0; n < 100; n++) expect(affinity.find(`silent-${n}`)).toEqual([]);
    expect(affinity.lookups).toBe(1);
    expect(redis.network.connections - before).toBeLessThanOrEqual(1);
    redis.network.set({});
  });

  test('a Redis that is gone is asked once, without a second try', async () => {
    const affinity = worker({ store: real(1_000) });
    await redis.server.kill();
    const before = redis.front.requests;
    expect(await affinity.find('gone')).toEqual([]);
    expect(affinity.find('gone too')).toEqual([]);
    expect(redis.front.requests - before).toBe(1);
    await redis.server.start();
  });
});
