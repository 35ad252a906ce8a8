import type { Script } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { organization } from '../support/config.ts';
import { anthropicHeaders, bearer, messages } from '../support/prompts.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const otherKey = 'ab-imported-key-of-another-organization';
/** In nano-USD. */
const granted = 1_000_000_000_000n;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    config: (config) => ({
      ...config,
      organizations: [...config.organizations, organization('other', 1_000, { secret: otherKey })],
    }),
  });
});
afterAll(() => stack.stop());

async function ask(script: Partial<Script>, more: Record<string, unknown> = {}): Promise<string> {
  const answer = await call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: messages(script, more),
  });
  return String(answer.headers['x-request-id']);
}

const everyKind = { input: 1_234, cacheRead: 56_789, cacheWrite5m: 321, cacheWrite1h: 77, output: 4_321 };

test.each([true, false])('reported usage is charged exactly, kind by kind (stream %s)', async (stream) => {
  const receipt = await receiptOf(stack, await ask({ usage: everyKind }, { stream }));
  const { source, ...usage } = receipt.usage;
  expect(usage).toMatchObject(everyKind);
  expect(source).toBe('reported');
  expect(receipt).toMatchObject({
    outcome: 'completed',
    stream,
    model: { requested: 'claude-test', used: 'claude-test' },
  });
  expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge('claude-test', everyKind));
});

test.each([
  [
    '/v1/chat/completions',
    'gpt-test',
    { messages: [{ role: 'user', content: 'SIM:{"chunks":7,"inputTokens":90,"usage":{"cacheRead":10}}' }] },
  ],
  [
    '/v1/chat/completions',
    'gpt-test',
    {
      stream: true,
      messages: [{ role: 'user', content: 'SIM:{"chunks":7,"inputTokens":90,"usage":{"cacheRead":10}}' }],
    },
  ],
  ['/v1/responses', 'gpt-test', { stream: true, input: 'SIM:{"chunks":7,"inputTokens":90,"usage":{"cacheRead":10}}' }],
  ['/v1/responses', 'gpt-test', { input: 'SIM:{"chunks":7,"inputTokens":90,"usage":{"cacheRead":10}}' }],
] as const)('%s: a cached prompt token is charged as cached and not twice', async (path, model, body) => {
  const answer = await call(`${stack.url}${path}`, { headers: bearer(stack), body: { model, ...body } });
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(receipt.usage).toMatchObject({ input: 90, cacheRead: 10, output: 7, source: 'reported' });
  expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge(model, { input: 90, cacheRead: 10, output: 7 }));
});

test('usage that was not reported is estimated, flagged, and never above the truth', async () => {
  const receipt = await receiptOf(stack, await ask({ chunks: 40, usage: 'none', inputTokens: 10 }, { stream: true }));
  expect(receipt.usage.source).toBe('estimated');
  expect(receipt.usage.output).toBeGreaterThan(0);
  expect(receipt.usage.output).toBeLessThanOrEqual(40);
});

test.each([
  ['negative', { input: -5, output: -7 }],
  ['text', { input: '12', output: 'many' }],
  ['null', { input: null, output: null }],
])('a usage of %s numbers counts as not reported', async (_, usage) => {
  const receipt = await receiptOf(stack, await ask({ usage, chunks: 2 }));
  expect(BigInt(receipt.chargeNanoUsd)).toBeGreaterThanOrEqual(0n);
  expect(BigInt(receipt.chargeNanoUsd)).toBeLessThanOrEqual(expectedCharge('claude-test', { input: 1_000, output: 2 }));
});

test('a usage of absurd size is cut to a bound instead of breaking the books', async () => {
  const receipt = await receiptOf(stack, await ask({ usage: { input: 1e15, output: 1e15 }, chunks: 2 }));
  expect(receipt.usage.output ?? 0).toBeLessThanOrEqual(100_000_000);
});

test('a stream that the upstream breaks is charged for what was delivered', async () => {
  const receipt = await receiptOf(
    stack,
    await ask({ chunks: 50, cutAfter: 20, inputTokens: 10, gapMs: 2 }, { stream: true }),
  );
  expect(receipt.outcome).toBe('upstream_broke');
  expect(receipt.usage.output).toBeGreaterThan(0);
  expect(receipt.usage.output).toBeLessThanOrEqual(20);
});

test('a client that leaves pays what was used up to the drain’s end, as reported', async () => {
  const body = messages({ chunks: 40, gapMs: 10, inputTokens: 15, echoNonce: 'leaver' }, { stream: true });
  const open = openCall(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  const { headers } = await open.head;
  await expect.poll(() => open.received().length).toBeGreaterThan(0);
  open.leave();
  const receipt = await receiptOf(stack, String(headers['x-request-id']), 20_000);
  expect(receipt.outcome).toBe('client_left');
  expect(receipt.usage.output).toBeLessThanOrEqual(40);
  expect(BigInt(receipt.chargeNanoUsd)).toBeLessThanOrEqual(expectedCharge('claude-test', { input: 15, output: 40 }));
});

test('a failed request costs nothing and its receipt says who failed', async () => {
  const receipt = await receiptOf(stack, await ask({ status: 500 }));
  expect(receipt).toMatchObject({ outcome: 'failed', chargeNanoUsd: '0', usage: { source: 'none' } });
  expect(receipt.attempts[0]).toMatchObject({ status: 500 });
});

test('a receipt is for its own organization only', async () => {
  const id = await ask({ chunks: 1 });
  await receiptOf(stack, id);
  const answer = await call(`${stack.url}/v1/generation?id=${id}`, {
    headers: { authorization: `Bearer ${otherKey}` },
  });
  expect(answer.status).toBe(404);
});

test('a receipt is there within a second of the answer’s end', async () => {
  const id = await ask({ chunks: 3 }, { stream: true });
  expect((await receiptOf(stack, id, 1_000)).id).toBe(id);
});

test('what left the balance is the sum of the receipts, and the books are sound', async () => {
  const { postedNanoUsd } = await stack.atRest();
  const [row] = await stack.database.query<{ charged: bigint; overrun: bigint }>(
    `SELECT (SELECT sum(charge_nano_usd)::bigint FROM usage_record) AS charged,
       (SELECT coalesce(sum(amount_nano_usd), 0)::bigint FROM ledger_entry WHERE kind = 'overrun') AS overrun`,
  );
  expect(granted - postedNanoUsd).toBe(row!.charged - row!.overrun);
});
