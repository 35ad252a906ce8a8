import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { type FaultProxy, startFaultProxy } from '@ai-bridge/testing/network';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { channelsAt, prices } from '../support/config.ts';
import { eventually } from '../support/eventually.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

/** What the product promises: a change holds everywhere within a second. */
const withinMs = 1_000;

let stack: Stack;
let second: FakeUpstream;
let database: TestDatabase;
/** Between the worker and its database. */
let way: FaultProxy;
beforeAll(async () => {
  second = await startFakeUpstream();
  database = await createTestDatabase();
  const url = new URL(database.url);
  way = await startFaultProxy({ host: url.hostname, port: Number(url.port) });
  url.host = `127.0.0.1:${way.port}`;
  stack = await startStack({
    databaseUrl: database.url,
    workerDatabaseUrl: url.href,
    config: (config, first) => ({
      ...config,
      channels: [
        { ...channelsAt(first.url, '-first')[0]!, priority: 1 },
        { ...channelsAt(second.url, '-second')[0]!, priority: 2 },
      ],
    }),
  });
});
beforeEach(() => {
  stack.upstream.clear();
  second.clear();
});
afterAll(async () => {
  await stack.stop();
  await second.stop();
  await way.stop();
  await database.drop();
});

const url = () => `${stack.url}/v1/messages`;
const ask = () => call(url(), { headers: anthropicHeaders(stack), body: messages({ chunks: 1 }) });
const setFirst = (columns: string) =>
  stack.database.query(`UPDATE channel SET ${columns} WHERE name = 'anthropic-first'`);
/** Asks until the upstream has got one more request. */
const reaches = (upstream: FakeUpstream) =>
  eventually(
    async () => {
      const before = upstream.requests.length;
      expect((await ask()).status).toBe(200);
      return upstream.requests.length > before;
    },
    { withinMs, what: () => 'requests still go elsewhere' },
  );

/** An answer of the first channel that stops in its middle until the gate is opened. */
async function openStream(gate: string) {
  const body = messages({ chunks: 10, hold: gate, holdAfter: 5 }, { stream: true });
  const open = openCall(url(), { headers: anthropicHeaders(stack), body });
  await expect.poll(() => stack.upstream.waiting(gate)).toBe(1);
  const request = stack.upstream.requests.find(({ script }) => script.hold === gate);
  return {
    async finish() {
      stack.upstream.release(gate);
      expect((await open.whole).equals(request!.sent)).toBe(true);
      const { headers } = await open.head;
      return receiptOf(stack, String(headers['x-request-id']));
    },
  };
}

test('a channel that is switched off gets nothing new within a second, and its open streams come to their end', async () => {
  const stream = await openStream('off');
  await setFirst('enabled = false');
  await reaches(second);
  expect(await stream.finish()).toMatchObject({ outcome: 'completed', attempts: [{ status: 200 }] });
  await setFirst('enabled = true');
  await reaches(stack.upstream);
});

test('another order of channels holds within a second, too', async () => {
  const stream = await openStream('order');
  await setFirst('priority = 3');
  await reaches(second);
  await setFirst('priority = 1');
  await reaches(stack.upstream);
  expect(await stream.finish()).toMatchObject({ outcome: 'completed' });
});

test('a price that changes under an open stream is for the requests behind it', async () => {
  const charged = async () =>
    BigInt((await receiptOf(stack, String((await ask()).headers['x-request-id']))).chargeNanoUsd);
  const stream = await openStream('price');
  const before = await charged();
  await stack.database.query(
    `INSERT INTO price (id, model_id, version, valid_from, input, output, source)
     SELECT 'prc_twice', model_id, max(version) + 1, now(), max(input) * 2, max(output) * 2, 'test' FROM price
     WHERE model_id = 'claude-test' GROUP BY model_id`,
  );
  await eventually(async () => (await charged()) === before * 2n, {
    withinMs: 2 * withinMs,
    what: () => 'the price is old',
  });
  const { chargeNanoUsd, usage } = await stream.finish();
  const { input, output } = prices['claude-test'];
  expect(chargeNanoUsd).toBe(String((usage.input * input + usage.output * output) * 1_000));
});

test('while the database is away the last good catalog serves, and what changed meanwhile holds once it is back', async () => {
  await ask();
  const stream = await openStream('away');
  way.set({ isRefusing: true });
  way.killConnections();
  await setFirst('enabled = false');
  const before = stack.upstream.requests.length;
  for (let i = 0; i < 5; i++) expect((await ask()).status).toBe(200);
  expect([stack.upstream.requests.length - before, second.requests.length]).toEqual([5, 0]);
  way.set({});
  await eventually(
    async () => {
      await ask();
      return second.requests.length > 0;
    },
    { withinMs: 10_000, what: () => 'the change was missed' },
  );
  expect(await stream.finish()).toMatchObject({ outcome: 'completed' });
  await setFirst('enabled = true');
  await reaches(stack.upstream);
  await stack.atRest();
});

test('a private address is reached on the operator’s word alone: once it is taken back, no connection is made', async () => {
  await stack.database.query(`UPDATE channel SET allow_private = false`);
  await eventually(async () => (await ask()).status === 529, { withinMs });
  const seen = [...stack.upstream.requests, ...second.requests].length;
  const answer = await ask();
  expect(answer.status).toBe(529);
  expect(answer.body.toString()).not.toMatch(/EPRIVATE|127\.0\.0\.1/);
  const { attempts, chargeNanoUsd } = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(attempts.every(({ error }) => error === 'connect: EPRIVATE')).toBe(true);
  expect(chargeNanoUsd).toBe('0');
  expect([...stack.upstream.requests, ...second.requests]).toHaveLength(seen);
});
