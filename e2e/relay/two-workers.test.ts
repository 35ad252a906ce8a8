import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deleteApiKey } from '@ai-bridge/access';
import { openPool, openPrisma } from '@ai-bridge/db';
import { freePort } from '@ai-bridge/dev';
import { hasRedis, startTestRedis, type TestRedis } from '@ai-bridge/testing/redis';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, call, openCall } from '../support/call.ts';
import { channelsAt } from '../support/config.ts';
import { eventually } from '../support/eventually.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { spawnWorker, startWorker, type WorkerProcess } from '../support/worker.ts';

const keys = {
  requests: 'ab-two-workers-requests-1',
  open: 'ab-two-workers-open-00001',
  alone: 'ab-two-workers-alone-0001',
  gone: 'ab-two-workers-gone-00001',
};
const rpm = 10;
/** Of a limit that both workers share: what may come in before each knows what the other let through. */
const slack = 5;

describe.skipIf(!hasRedis)('two workers on one database, with a Redis between them', () => {
  let redis: TestRedis;
  let stack: Stack;
  let other: FakeUpstream;
  let second: WorkerProcess;
  const served: string[] = [];
  const folders: string[] = [];

  const environmentOfAnother = async (changes: Record<string, string> = {}) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-e2e-second-'));
    folders.push(folder);
    return { ...stack.environment, DATA_DIR: folder, WORKER_PORT: String(await freePort()), ...changes };
  };
  beforeAll(async () => {
    redis = await startTestRedis();
    other = await startFakeUpstream();
    stack = await startStack({
      environment: { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token },
      config: (config, first) => {
        const [main] = config.organizations;
        if (!main) throw new Error('no organization');
        const limited = [
          { name: 'requests', secret: keys.requests, limits: { rpm } },
          { name: 'open', secret: keys.open, limits: { concurrency: 2 } },
          { name: 'alone', secret: keys.alone, limits: { rpm } },
          { name: 'gone', secret: keys.gone },
        ];
        return {
          ...config,
          channels: [
            channelsAt(first.url, '-a')[0]!,
            channelsAt(other.url, '-b')[0]!,
            { ...channelsAt(first.url, '-a')[1]!, limits: { rpm } },
          ],
          organizations: [{ ...main, keys: [...main.keys, ...limited] }],
        };
      },
    });
    second = await startWorker(await environmentOfAnother());
  });
  afterAll(async () => {
    await second?.end('SIGTERM');
    await stack?.stop();
    await other?.stop();
    await redis?.stop();
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  });

  const workers = () => [stack.url, second.url] as const;
  const ask = async (url: string, key = stack.key, session?: string): Promise<Answer> => {
    const headers = { ...anthropicHeaders({ key }), ...(session && { 'x-session-id': session }) };
    const answer = await call(`${url}/v1/messages`, { headers, body: messages({ chunks: 1 }, { max_tokens: 50 }) });
    if (answer.status === 200) served.push(String(answer.headers['x-request-id']));
    return answer;
  };
  const figure = async (url: string, name: string) => {
    const text = (await call(`${url}/metrics`)).body.toString();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  };
  const eachKnows = (name: string, value: number, withinMs = 8_000) =>
    eventually(async () => (await Promise.all(workers().map((url) => figure(url, name)))).every((is) => is === value), {
      withinMs,
      what: () => `${name} is not ${value}`,
    });
  const counts = () => [stack.upstream.requests.length, other.requests.length];

  test('each sees the other', async () => {
    await eachKnows('bridge_workers_seen', 2);
    await eachKnows('bridge_shared_state_away', 0);
  });

  test('a conversation stays on its channel whichever worker it comes to, at one look-up per worker', async () => {
    const sessions = Array.from({ length: 12 }, (_, n) => `conversation-name-${n}`);
    const sides: number[] = [];
    redis.front.commands.splice(0);
    for (const session of sessions) {
      const [before = 0] = counts();
      await ask(stack.url, stack.key, session);
      sides.push((counts()[0] ?? 0) - before);
    }
    expect(new Set(sides)).toEqual(new Set([0, 1]));
    const written = () => redis.front.commands.filter(([name]) => name === 'SET').length;
    await eventually(() => written() >= sessions.length);
    for (const [at, session] of sessions.entries()) {
      const [before = 0] = counts();
      for (const url of [second.url, second.url, stack.url]) await ask(url, stack.key, session);
      expect((counts()[0] ?? 0) - before).toBe(3 * (sides[at] as number));
    }
    expect(redis.front.commands.filter(([name]) => name === 'GET')).toHaveLength(2 * sessions.length);
    const seen = JSON.stringify(redis.front.commands);
    for (const secret of ['conversation-name', 'hello', stack.key]) expect(seen).not.toContain(secret);
  });

  test('a limit holds for both together', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 4 * rpm; n++) {
      statuses.push((await ask(workers()[n % 2] as string, keys.requests)).status);
      await sleep(50);
    }
    const passed = statuses.filter((status) => status === 200).length;
    expect(passed).toBeGreaterThanOrEqual(rpm);
    expect(passed).toBeLessThanOrEqual(rpm + slack);
    expect(statuses.slice(-rpm)).toEqual(new Array(rpm).fill(429));
  });

  test('so does a channel’s own limit: at it, both tell their clients to come back', async () => {
    const statuses: number[] = [];
    const body = { model: 'gpt-test', messages: [{ role: 'user', content: 'hello' }] };
    const headers = { authorization: `Bearer ${stack.key}` };
    for (let n = 0; n < 4 * rpm; n++) {
      const answer = await call(`${workers()[n % 2]}/v1/chat/completions`, { headers, body });
      if (answer.status === 200) served.push(String(answer.headers['x-request-id']));
      statuses.push(answer.status);
      await sleep(50);
    }
    const passed = statuses.filter((status) => status === 200).length;
    expect(passed).toBeGreaterThanOrEqual(rpm);
    expect(passed).toBeLessThanOrEqual(rpm + slack);
    expect(statuses.slice(-rpm)).toEqual(new Array(rpm).fill(503));
  });

  test('requests that are open on one count on the other, until they end', async () => {
    const held = [1, 2].map((n) =>
      openCall(`${stack.url}/v1/messages`, {
        headers: anthropicHeaders({ key: keys.open }),
        body: messages({ chunks: 2, hold: `two-workers-${n}` }, { stream: true, max_tokens: 50 }),
      }),
    );
    for (const { head } of held) {
      const { status, headers } = await head;
      expect(status).toBe(200);
      served.push(String(headers['x-request-id']));
    }
    await eventually(async () => (await ask(second.url, keys.open)).status === 429);
    for (const upstream of [stack.upstream, other]) upstream.release('two-workers-1');
    await Promise.race(held.map(({ whole }) => whole));
    await eventually(async () => (await ask(second.url, keys.open)).status === 200);
    for (const upstream of [stack.upstream, other]) upstream.release('two-workers-2');
    await Promise.all(held.map(({ whole }) => whole));
  });

  test('a deleted key is refused on both within a second', async () => {
    for (const url of workers()) expect((await ask(url, keys.gone)).status).toBe(200);
    const url = String(stack.environment['DATABASE_URL']);
    const pool = openPool({ url, maxConnections: 1, applicationName: 'two-workers' });
    const prisma = openPrisma(pool.pool);
    const key = await prisma.apiKey.findFirstOrThrow({ where: { name: 'gone' } });
    await deleteApiKey(prisma, { organizationId: stack.organizationId, apiKeyId: key.id });
    for (const url of workers()) {
      await eventually(async () => (await ask(url, keys.gone)).status === 401, { withinMs: 1_000 });
    }
    await prisma.$disconnect();
    await pool.close();
  });

  test('a worker without the same shared state does not start beside them', async () => {
    for (const changes of [
      { UPSTASH_REDIS_REST_URL: '', UPSTASH_REDIS_REST_TOKEN: '' },
      { UPSTASH_REDIS_REST_URL: `${redis.url}/other` },
    ]) {
      const third = spawnWorker(await environmentOfAnother(changes));
      await eventually(() => !third.isRunning(), { withinMs: 10_000 });
      expect((await third.end('SIGTERM')).code).toBe(1);
      expect(third.log()).toMatch(/^The worker cannot start: another worker serves this database.*\n$/);
    }
  });

  const outages: [string, () => Promise<void> | void, () => Promise<void> | void][] = [
    ['killed', () => redis.server.kill(), () => redis.server.start()],
    ['silent', () => redis.network.set({ isBlackhole: true }), () => redis.network.set({})],
    ['unreachable', () => redis.network.set({ isRefusing: true }), () => redis.network.set({})],
  ];
  test.each(outages)('Redis %s: no request fails of it, few ask it, and it is used again', async (name, end, begin) => {
    await eachKnows('bridge_shared_state_away', 0);
    const statuses: number[] = [];
    const load = async (rounds: number, label: string) => {
      for (let n = 0; n < rounds; n++) {
        const answers = await Promise.all(workers().map((url) => ask(url, stack.key, `${name}-${label}-${n}`)));
        statuses.push(...answers.map(({ status }) => status));
      }
    };
    await load(5, 'before');
    const lookups = () => Promise.all(workers().map((url) => figure(url, 'bridge_session_lookups_total')));
    const before = await lookups();
    await end();
    // Connections that stand are no excuse: an outage breaks or silences them too.
    if (name === 'unreachable') redis.network.killConnections();
    await load(60, 'during');
    await eachKnows('bridge_shared_state_away', 1);
    const quiet = await lookups();
    await load(60, 'away');
    const after = await lookups();
    for (const at of [0, 1]) {
      // One request at a time comes to each worker: the first that gets no answer is the last that asks.
      expect((quiet[at] as number) - (before[at] as number)).toBeLessThanOrEqual(2);
      expect(after[at]).toBe(quiet[at]);
    }
    if (name === 'silent') {
      const shares = await Promise.all(
        workers().map(async (url) => {
          let passed = 0;
          for (let n = 0; n < rpm; n++) if ((await ask(url, keys.alone)).status === 200) passed++;
          return passed;
        }),
      );
      expect(shares).toEqual([rpm / 2, rpm / 2]);
    }
    await begin();
    await eachKnows('bridge_shared_state_away', 0);
    await load(5, 'after');
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  test('what both charged is what the balance lost, and the books are sound', async () => {
    const rested = await stack.atRest(25_000);
    let charged = 0n;
    for (const requestId of served) charged += BigInt((await receiptOf(stack, requestId)).chargeNanoUsd);
    expect(charged).toBeGreaterThan(0n);
    expect(1_000_000_000n * 1_000n - rested.postedNanoUsd).toBe(charged);
  });
});
