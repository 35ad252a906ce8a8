import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, call } from '../support/call.ts';
import { channelsAt } from '../support/config.ts';
import { anthropicHeaders } from '../support/prompts.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let other: FakeUpstream;
beforeAll(async () => {
  other = await startFakeUpstream();
  stack = await startStack({
    environment: { SESSION_TTL: '2' },
    config: (config, first) => ({
      ...config,
      channels: [channelsAt(first.url, '-a')[0]!, channelsAt(other.url, '-b')[0]!],
    }),
  });
});
beforeEach(() => {
  for (const upstream of [stack.upstream, other]) {
    upstream.behave({});
    upstream.clear();
  }
});
afterAll(async () => {
  await other.stop();
  await stack.stop();
});

const ask = (session: string, more: object = {}) =>
  call(`${stack.url}/v1/messages`, {
    headers: { ...anthropicHeaders(stack), 'x-session-id': session },
    body: { model: 'claude-test', max_tokens: 50, messages: [{ role: 'user', content: 'hello' }], ...more },
  });
const receipt = (answer: Answer) => receiptOf(stack, String(answer.headers['x-request-id']));
/** The upstream that the session is on, and the other one. */
const sides = () =>
  (stack.upstream.requests.length > 0 ? [stack.upstream, other] : [other, stack.upstream]) as [
    FakeUpstream,
    FakeUpstream,
  ];

test('a conversation stays on one channel, many of them are on both', async () => {
  for (let i = 0; i < 6; i++) await ask('one');
  expect([stack.upstream.requests.length, other.requests.length].sort()).toEqual([0, 6]);
  for (let i = 0; i < 30; i++) await ask(`many-${i}`);
  expect(Math.min(stack.upstream.requests.length, other.requests.length)).toBeGreaterThan(3);
});

test('after a failover the conversation stays where it went, and the cache that our switch lost is charged as read', async () => {
  const usage = { input: 100, cacheRead: 0, cacheWrite5m: 5_000, output: 5 };
  stack.upstream.behave({ usage });
  other.behave({ usage });
  expect((await ask('moving')).status).toBe(200);
  const [home, away] = sides();
  home.behave({ status: 500 });
  // Nothing of the conversation is in the other one's cache: it writes all of it again, and a little more.
  away.behave({ usage: { input: 200, cacheRead: 0, cacheWrite5m: 5_400, output: 5 } });
  const moved = await receipt(await ask('moving'));
  expect(moved.terms).toEqual({ multiplierBasisPoints: 10_000, forgivenTokens: 5_000 });
  expect(moved.usage).toMatchObject({ input: 200, cacheRead: 0, cacheWrite5m: 5_400 });
  const asRead = { input: 200, cacheRead: 5_000, cacheWrite5m: 400, output: 5 };
  expect(BigInt(moved.chargeNanoUsd)).toBe(expectedCharge('claude-test', asRead));
  home.behave({});
  home.clear();
  away.behave({ usage: { input: 10, cacheRead: 5_400, output: 5 } });
  const stayed = await receipt(await ask('moving'));
  expect(home.requests).toHaveLength(0);
  expect(stayed.terms.forgivenTokens).toBe(0);
  expect(BigInt(stayed.chargeNanoUsd)).toBe(expectedCharge('claude-test', { input: 10, cacheRead: 5_400, output: 5 }));
});

test('what the other channel had in its cache all the same is not given twice', async () => {
  const usage = { input: 0, cacheWrite5m: 3_000, output: 1 };
  stack.upstream.behave({ usage });
  other.behave({ usage });
  await ask('half');
  const [home, away] = sides();
  home.behave({ status: 500 });
  away.behave({ usage: { input: 50, cacheRead: 2_000, cacheWrite5m: 500, output: 1 } });
  const moved = await receipt(await ask('half'));
  // 3,000 were cached and 2,000 of them read: at most 1,000 are lost, of which only 550 were paid for anew.
  expect(moved.terms.forgivenTokens).toBe(550);
});

test('when a conversation was silent for too long, its cache is gone by itself and nothing is forgiven', async () => {
  const usage = { input: 0, cacheWrite5m: 3_000, output: 1 };
  stack.upstream.behave({ usage });
  other.behave({ usage });
  await ask('late');
  const [home] = sides();
  home.behave({ status: 500 });
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  const moved = await receipt(await ask('late'));
  expect(moved.attempts).toHaveLength(2);
  expect(moved.terms.forgivenTokens).toBe(0);
});
