import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasRedis, startTestRedis, type TestRedis } from '@ai-bridge/testing/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { eventually } from '../support/eventually.ts';
import { allReady, isAlive, logLines, severalProcesses } from '../support/processes.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { spawnWorker } from '../support/worker.ts';

const keys = { requests: 'ab-processes-requests-0001', open: 'ab-processes-open-0000001' };
const rpm = 10;
/** What may come in before each process knows what the other let through. */
const slack = 5;
const processes = [1, 2];

describe.skipIf(!hasRedis)('two processes of one worker, with a Redis between them', () => {
  let redis: TestRedis;
  let stack: Stack;
  let pids: number[];
  const folders: string[] = [];
  beforeAll(async () => {
    redis = await startTestRedis();
    stack = await startStack({
      environment: severalProcesses(2, redis),
      config: (config) => {
        const [main] = config.organizations;
        if (!main) throw new Error('no organization');
        const limited = [
          { name: 'requests', secret: keys.requests, limits: { rpm } },
          { name: 'open', secret: keys.open, limits: { concurrency: 2 } },
        ];
        return { ...config, organizations: [{ ...main, keys: [...main.keys, ...limited] }] };
      },
    });
    pids = await allReady(stack.worker(), 2);
  });
  afterAll(async () => {
    await stack?.stop();
    await redis?.stop();
    for (const folder of folders) fs.rmSync(folder, { recursive: true, force: true });
  });

  /** Each on a connection of its own, which goes to the process whose turn it is. */
  const ask = (key = stack.key) =>
    call(`${stack.url}/v1/messages`, {
      headers: anthropicHeaders({ key }),
      body: messages({ chunks: 1 }, { max_tokens: 50 }),
    });
  /** A figure of each process, as whichever of them is asked tells it. */
  const figures = async (name: string) => {
    const text = (await call(`${stack.url}/metrics`)).body.toString();
    return processes.map((process) => Number(new RegExp(`^${name}{process="${process}"} (.*)$`, 'm').exec(text)?.[1]));
  };
  const elsewhere = (changes: Record<string, string>) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-e2e-processes-'));
    folders.push(folder);
    return spawnWorker({ ...stack.environment, DATA_DIR: folder, ...changes });
  };

  test('requests are spread over both, and either tells the figures of all', async () => {
    const before = await figures('bridge_requests_total');
    for (let n = 0; n < 20; n++) expect((await ask()).status).toBe(200);
    // A connection for the figures comes between; two in a row go to different processes.
    const [once, again] = [await figures('bridge_requests_total'), await figures('bridge_requests_total')];
    expect(again).toEqual(once);
    const served = once.map((count, index) => count - (before[index] ?? 0));
    expect(served[0]! + served[1]!).toBe(20);
    for (const count of served) expect(count).toBeGreaterThanOrEqual(8);
    expect(await figures('bridge_process_up')).toEqual([1, 1]);
  });

  test('staff see each of them, and each log line says whose it is', async () => {
    const port = stack.environment['WORKER_PORT'];
    const told = () =>
      stack.database.query<{ address: string }>(
        `SELECT address FROM worker JOIN worker_report ON worker_id = id WHERE stopped_at IS NULL ORDER BY address`,
      );
    const workers = await eventually(async () => {
      const rows = await told();
      return rows.length === processes.length && rows;
    });
    expect(workers.map(({ address }) => address)).toEqual(processes.map((process) => `127.0.0.1:${port} #${process}`));
    expect(new Set(logLines(stack.worker()).map(({ process }) => process))).toEqual(new Set(processes));
  });

  test('a limit of requests holds for both together', async () => {
    await eventually(async () => (await figures('bridge_workers_seen')).every((count) => count === 2), {
      withinMs: 8_000,
    });
    const statuses: number[] = [];
    for (let n = 0; n < 4 * rpm; n++) {
      statuses.push((await ask(keys.requests)).status);
      await sleep(50);
    }
    const passed = statuses.filter((status) => status === 200).length;
    expect(passed).toBeGreaterThanOrEqual(rpm);
    expect(passed).toBeLessThanOrEqual(rpm + slack);
    expect(statuses.slice(-rpm)).toEqual(new Array(rpm).fill(429));
  });

  test('so does one of requests at once', async () => {
    const held = [1, 2].map(() =>
      call(`${stack.url}/v1/messages`, {
        headers: anthropicHeaders({ key: keys.open }),
        body: messages({ chunks: 2, hold: 'open' }, { max_tokens: 50 }),
      }),
    );
    await expect.poll(() => stack.upstream.waiting('open')).toBe(2);
    // One on each process at least, or both on one: the other one learns of them.
    await sleep(1_500);
    const refused = await Promise.all([ask(keys.open), ask(keys.open), ask(keys.open), ask(keys.open)]);
    expect(refused.map(({ status }) => status)).toEqual([429, 429, 429, 429]);
    stack.upstream.release('open');
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
  });

  const badStarts: [string, Record<string, string>, RegExp][] = [
    ['no Redis', { UPSTASH_REDIS_REST_URL: '', UPSTASH_REDIS_REST_TOKEN: '' }, /WORKER_PROCESSES: is 2, .*UPSTASH_/],
    ...['0', '-1', '2.5', 'x', '1000'].map((text): [string, Record<string, string>, RegExp] => [
      `${text} processes`,
      { WORKER_PROCESSES: text },
      /WORKER_PROCESSES: must be a whole number from 1 to 64/,
    ]),
    ['a port in use', {}, /port \d+ on 127\.0\.0\.1 is in use/],
    [
      'another Redis than the others',
      { UPSTASH_REDIS_REST_TOKEN: 't', UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1' },
      /another worker serves/,
    ],
  ];
  test.each(badStarts)('%s: one line on the terminal, exit code 1, and no process stays', async (_, changes, line) => {
    const worker = elsewhere(changes);
    await eventually(() => !worker.isRunning(), { withinMs: 15_000 });
    expect((await worker.end('SIGTERM')).code).toBe(1);
    const said = worker.log().replace(/^\{.*\}\n/gm, '');
    expect(said).toMatch(/^The worker cannot start: [^\n]+\n$/);
    expect(said).toMatch(line);
    expect(pids.every(isAlive)).toBe(true);
    expect((await ask()).status).toBe(200);
  });
});
