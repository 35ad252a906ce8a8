import { setTimeout as sleep } from 'node:timers/promises';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { type ChannelConfig, upstreamKey } from '../support/config.ts';
import { channelFigures } from '../support/pairs.ts';
import { bearer, chat } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let first: FakeUpstream;
let second: FakeUpstream;
beforeAll(async () => {
  first = await startFakeUpstream();
  second = await startFakeUpstream();
  const channel = (name: string, baseUrl: string, models: string[]): ChannelConfig => {
    return { name, preset: 'openai', baseUrl, apiKey: upstreamKey, allowPrivate: true, models };
  };
  stack = await startStack({
    limits: { rpm: 1_000_000, itpm: 1_000_000_000, otpm: 1_000_000_000, concurrency: 1_000 },
    config: (config) => ({
      ...config,
      channels: [
        channel('first', first.url, ['gpt-test']),
        channel('second', second.url, ['gpt-test']),
        channel('healing', first.url, ['claude-test']),
      ],
    }),
  });
});
afterAll(async () => {
  await first.stop().catch(() => {});
  await second.stop();
  await stack.stop();
});

/** So many requests a second for a while; the statuses of their answers in the order of asking. */
async function load(perSecond: number, seconds: number, model = 'gpt-test'): Promise<number[]> {
  const answers: Promise<number>[] = [];
  const startMs = performance.now();
  for (let i = 0; i < perSecond * seconds; i++) {
    const ask = call(`${stack.url}/v1/chat/completions`, {
      headers: bearer(stack),
      body: chat({ chunks: 1 }, { model }),
    });
    answers.push(ask.then(({ status }) => status));
    const aheadMs = (i * 1_000) / perSecond - (performance.now() - startMs);
    if (aheadMs > 5) await sleep(aheadMs);
  }
  return Promise.all(answers);
}

test('an ejected channel comes back by itself: a sign of life, one request, then all of them', async () => {
  first.behave({ status: 500 });
  const model = 'claude-test';
  const ask = () => call(`${stack.url}/v1/chat/completions`, { headers: bearer(stack), body: chat({}, { model }) });
  for (let i = 0; i < 5; i++) expect((await ask()).status).toBe(503);
  expect((await channelFigures(stack, 'healing')).state).toBe(2);
  // One at a time finds out; while it does, the rest are told at once.
  const before = (await channelFigures(stack, 'healing')).attempts;
  first.behave({ status: 500, hold: 'trial' });
  const trial = ask();
  await expect.poll(() => first.waiting('trial')).toBe(1);
  const many = await Promise.all(Array.from({ length: 20 }, ask));
  expect(many.every(({ status }) => status === 503)).toBe(true);
  expect(many.every(({ headers }) => Number(headers['retry-after']) >= 1)).toBe(true);
  expect((await channelFigures(stack, 'healing')).attempts).toBe(before + 1);
  first.release('trial');
  expect((await trial).status).toBe(503);
  first.behave({});
  first.clear();
  await expect.poll(async () => (await channelFigures(stack, 'healing')).state, { timeout: 20_000 }).toBe(1);
  expect(first.requests.every(({ method, path }) => method === 'GET' && path.endsWith('/models'))).toBe(true);
  expect((await ask()).status).toBe(200);
  expect((await channelFigures(stack, 'healing')).state).toBe(0);
});

test('with one of two channels dead under load, no customer notices', async () => {
  await first.stop();
  const early = await load(200, 5);
  const late = await load(200, 5);
  const failed = (statuses: number[]) => statuses.filter((status) => status !== 200).length;
  expect(failed(late)).toBeLessThanOrEqual(late.length / 1_000);
  expect(failed(early)).toBeLessThanOrEqual(early.length / 10);
  expect((await channelFigures(stack, 'first')).state).toBe(2);
});

test('with everything down, upstreams get hardly more calls than there are requests', async () => {
  second.behave({ status: 500 });
  // What the load before this earned is forgotten after ten seconds.
  await sleep(10_500);
  const attempts = async () =>
    (await channelFigures(stack, 'first')).attempts + (await channelFigures(stack, 'second')).attempts;
  const before = await attempts();
  const statuses = await load(100, 5);
  expect(statuses.every((status) => status === 503)).toBe(true);
  expect((await attempts()) - before).toBeLessThanOrEqual(statuses.length * 1.2 + 10);
});

test('the states of the channels are nobody’s any more when the worker has ended', async () => {
  const rows = () => stack.database.query('SELECT channel_id FROM channel_state');
  expect((await rows()).length).toBeGreaterThan(0);
  await stack.worker().end('SIGTERM');
  expect(await rows()).toEqual([]);
  const [health] = await stack.database.query<{ requests: bigint; failures: bigint }>(
    `SELECT sum(requests)::BIGINT AS requests, sum(failures)::BIGINT AS failures FROM model_health WHERE model = 'gpt-test'`,
  );
  expect(Number(health?.requests)).toBeGreaterThan(2_000);
  expect(Number(health?.failures)).toBeGreaterThan(0);
});
