import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasRedis, startTestRedis, type TestRedis } from '@ai-bridge/testing/redis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, call, type OpenCall, openCall } from '../../support/call.ts';
import { eventually } from '../../support/eventually.ts';
import { allReady, isAlive, logLines, pidsOf, severalProcesses } from '../../support/processes.ts';
import { anthropicHeaders, messages } from '../../support/prompts.ts';
import { expectedCharge } from '../../support/receipt.ts';
import { type Stack, type StackOptions, startStack } from '../../support/stack.ts';
import { startWorker } from '../../support/worker.ts';

/** Open streams checkpoint every second. */
const surelyCheckpointedMs = 2_500;
const delivered = 10;

describe.skipIf(!hasRedis)('several processes of one worker', () => {
  let redis: TestRedis;
  let stack: Stack;
  let pids: number[];
  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterEach(() => stack.stop());
  afterAll(() => redis.stop());

  const start = async (count: number, options: StackOptions = {}) => {
    stack = await startStack({
      ...options,
      environment: { ...severalProcesses(count, redis), ...options.environment },
    });
    pids = await allReady(stack.worker(), count);
  };
  const ask = () =>
    call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body: messages({ chunks: 1 }) });
  /** Opens streams, in turn on each process, that have delivered something and are held there. */
  const openStreams = async (count: number): Promise<OpenCall[]> => {
    const streams = Array.from({ length: count }, (_, index) =>
      openCall(`${stack.url}/v1/messages`, {
        headers: anthropicHeaders(stack),
        body: messages(
          { chunks: 2 * delivered, hold: 'held', holdAfter: delivered, inputTokens: 1_000 + index },
          { stream: true },
        ),
      }),
    );
    await expect.poll(() => stack.upstream.waiting('held'), { timeout: 20_000 }).toBe(count);
    await eventually(() => streams.every((stream) => stream.received().includes('"text_delta"')));
    return streams;
  };
  const isWhole = (stream: OpenCall) => stream.received().toString().endsWith('data: {"type":"message_stop"}\n\n');
  const broken = (stream: OpenCall) =>
    stream.whole.then(
      () => false,
      () => true,
    );
  const rows = () =>
    stack.database.query<{ outcome: string; input: bigint; output: bigint; charge: bigint }>(
      `SELECT outcome, input, output, charge_nano_usd AS charge FROM usage_record WHERE input >= 1000`,
    );
  /** What every stream's client saw and its bill say must agree, and the balance with all of them. */
  const compare = async (streams: readonly OpenCall[], beforeNanoUsd: bigint) => {
    const { postedNanoUsd } = await stack.atRest(20_000);
    const billed = new Map((await rows()).map((row) => [Number(row.input), row]));
    for (const [index, stream] of streams.entries()) {
      const row = billed.get(1_000 + index);
      expect(row, `stream ${index}`).toMatchObject(
        isWhole(stream)
          ? { outcome: 'completed', output: BigInt(2 * delivered) }
          : { outcome: 'interrupted', output: BigInt(delivered) },
      );
      const usage = { input: 1_000 + index, output: Number(row!.output) };
      expect(row!.charge, `stream ${index}`).toBe(expectedCharge('claude-test', usage));
    }
    const [sum] = await stack.database.query<{ charged: bigint }>(
      'SELECT sum(charge_nano_usd)::bigint AS charged FROM usage_record',
    );
    expect(beforeNanoUsd - postedNanoUsd).toBe(sum!.charged);
  };

  test('one is killed with streams open: the other ends its own and serves on, a successor settles what was cut', async () => {
    await start(2);
    const before = (await stack.balance()).postedNanoUsd;
    const streams = await openStreams(8);
    await sleep(surelyCheckpointedMs);
    process.kill(pids[1]!, 'SIGKILL');
    const isOver = () => logLines(stack.worker()).some(({ message }) => message?.startsWith('a process ended'));
    await eventually(isOver);
    for (let n = 0; n < 20; n++) expect((await ask()).status).toBe(200);
    stack.upstream.release('held');
    const cut = (await Promise.all(streams.map(broken))).filter(Boolean).length;
    expect([cut > 0, cut < 8]).toEqual([true, true]);
    await eventually(() => pidsOf(stack.worker(), 2).length === 2, { withinMs: 10_000 });
    await compare(streams, before);
    expect((await call(`${stack.url}/metrics`)).body.toString()).toContain(
      'bridge_process_restarts_total{process="2"} 1',
    );
    for (let n = 0; n < 10; n++) expect((await ask()).status).toBe(200);
    expect(isAlive(pids[0]!)).toBe(true);
  });

  test('of 1,000 concurrent requests on a balance good for 10, exactly 10 reach the upstream', async () => {
    const affordable = 10;
    const tokens = 100;
    await start(2, { grantTokens: affordable * tokens });
    const body = messages(
      { chunks: tokens, hold: 'gate', holdAfter: 0, inputTokens: 0 },
      { model: 'exact-test', max_tokens: tokens, stream: true },
    );
    const answers: Answer[] = [];
    const all = Array.from({ length: 1_000 }, () =>
      call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body }).then((answer) =>
        answers.push(answer),
      ),
    );
    await expect.poll(() => answers.length, { timeout: 40_000 }).toBe(1_000 - affordable);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([402]));
    expect(stack.upstream.requests).toHaveLength(affordable);
    stack.upstream.release('gate');
    await Promise.all(all);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(affordable);
    expect(stack.upstream.requests).toHaveLength(affordable);
    expect((await stack.atRest()).postedNanoUsd).toBe(0n);
  });

  test('SIGTERM, to the supervisor and to all of them as a service manager sends it: every stream ends whole, exit code 0', async () => {
    await start(2);
    const before = (await stack.balance()).postedNanoUsd;
    const streams = await openStreams(40);
    const ended = stack.worker().end('SIGTERM');
    for (const pid of pids) process.kill(pid, 'SIGTERM');
    const status = () =>
      call(`${stack.url}/readyz`).then(
        ({ status }) => status,
        () => 'refused',
      );
    await expect.poll(status).toBe(503);
    await expect.poll(status).toBe(503);
    expect(pids.every(isAlive)).toBe(true);
    stack.upstream.release('held');
    expect((await Promise.all(streams.map(broken))).filter(Boolean)).toEqual([]);
    expect(await ended).toEqual({ code: 0, signal: null });
    expect(pids.some(isAlive)).toBe(false);
    expect((await stack.balance()).heldNanoUsd).toBe(0n);
    await compare(streams, before);
    expect(await stack.database.query('SELECT FROM worker WHERE stopped_at IS NULL')).toEqual([]);
  });

  test('a second SIGTERM waits for no stream; what was cut is settled', async () => {
    await start(2, { environment: { DRAIN_SECONDS: '600' } });
    const before = (await stack.balance()).postedNanoUsd;
    const streams = await openStreams(4);
    await sleep(surelyCheckpointedMs);
    const ended = stack.worker().end('SIGTERM');
    await expect.poll(async () => (await call(`${stack.url}/readyz`)).status).toBe(503);
    stack.worker().signal('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
    expect((await Promise.all(streams.map(broken))).filter(Boolean)).toHaveLength(4);
    await stack.restart();
    // Credit was given back at the end, so that only this says that each has settled what it cut.
    await allReady(stack.worker(), 2);
    await compare(streams, before);
  });

  test('a killed supervisor leaves nobody behind: streams end whole, then the processes are gone, and it starts again', async () => {
    await start(2);
    const before = (await stack.balance()).postedNanoUsd;
    const streams = await openStreams(8);
    await stack.worker().end('SIGKILL');
    await sleep(500);
    expect(pids.every(isAlive)).toBe(true);
    stack.upstream.release('held');
    expect((await Promise.all(streams.map(broken))).filter(Boolean)).toEqual([]);
    await eventually(() => !pids.some(isAlive), { withinMs: 20_000 });
    await compare(streams, before);
    await stack.restart();
    expect((await ask()).status).toBe(200);
  });

  const fewer: [string, number, Record<string, string>][] = [
    ['one is started, without Redis', 1, { UPSTASH_REDIS_REST_URL: '', UPSTASH_REDIS_REST_TOKEN: '' }],
    ['two are started', 2, {}],
  ];
  test.each(fewer)(
    'four are killed and %s: what all of them had is settled, and their credit given back',
    async (_, count, changes) => {
      await start(4);
      const before = (await stack.balance()).postedNanoUsd;
      for (let n = 0; n < 40; n++) expect((await ask()).status).toBe(200);
      const streams = await openStreams(16);
      await sleep(surelyCheckpointedMs);
      const last = Array.from({ length: 40 }, ask);
      for (const pid of [stack.worker().pid, ...pids]) process.kill(pid, 'SIGKILL');
      await Promise.allSettled([...last, ...streams.map(({ whole }) => whole)]);
      await stack.worker().end('SIGKILL');
      await eventually(() => !pids.some(isAlive));
      const next = await startWorker({ ...stack.environment, WORKER_PROCESSES: String(count), ...changes });
      const places = () => fs.readdirSync(path.join(stack.dataFolder, 'processes'));
      const left = count === 1 ? [] : ['2'];
      await eventually(() => places().length === left.length, { withinMs: 10_000 });
      expect(places()).toEqual(left);
      await compare(streams, before);
      expect((await ask()).status).toBe(200);
      expect((await next.end('SIGTERM')).code).toBe(0);
      const serving = 'SELECT FROM worker WHERE stopped_at IS NULL';
      expect(await stack.database.query(serving)).toEqual([]);
    },
  );
});
