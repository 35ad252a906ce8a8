import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { channelsAt } from '../support/config.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

let stack: Stack;
let second: FakeUpstream;
beforeAll(async () => {
  second = await startFakeUpstream();
  stack = await startStack({
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
  stack.upstream.behave({});
});
afterAll(async () => {
  await second.stop();
  await stack.stop();
});

const ask = (stream: boolean) =>
  call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: { model: 'claude-test', max_tokens: 100, stream, messages: [{ role: 'user', content: 'hello' }] },
  });

test('a stream that the upstream answers in one piece is passed on as it is', async () => {
  const rawBody = '{"type":"message","content":[],"usage":{"input_tokens":3,"output_tokens":2}}';
  stack.upstream.behave({ rawBody, rawType: 'application/json' });
  const answer = await ask(true);
  expect(answer.body.toString()).toBe(rawBody);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge('claude-test', { input: 3, output: 2 }));
});

test('a client that left pays nothing for an upstream that then fails', async () => {
  const before = await stack.atRest();
  stack.upstream.behave({ rawBody: '{"error":{"message":"m"}}', rawType: 'application/json', hold: 'left' });
  // Whether the worker hears of the failure or of the client first is chance: the other channel must not answer either.
  second.behave({ status: 500 });
  const open = openCall(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: { model: 'claude-test', max_tokens: 100, messages: [{ role: 'user', content: 'hello '.repeat(100) }] },
  });
  await expect.poll(() => stack.upstream.waiting('left')).toBe(1);
  open.leave();
  await expect(open.whole).rejects.toThrow();
  stack.upstream.release('left');
  expect((await stack.atRest()).postedNanoUsd).toBe(before.postedNanoUsd);
});

test('after the first content nothing is tried elsewhere: the client gets an error event', async () => {
  stack.upstream.behave({ cutAfter: 3, gapMs: 20 });
  const answer = await ask(true);
  expect(answer.body.toString().trim().split('\n\n').at(-1)).toMatch(/^event: error\n/);
  expect(second.requests).toHaveLength(0);
});

test('a request makes at most three upstream calls', async () => {
  stack.upstream.behave({ status: 500 });
  second.behave({ status: 500 });
  const body = messages();
  const answer = await call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  expect(answer.status).toBe(529);
  expect(stack.upstream.requests.length + second.requests.length).toBeLessThanOrEqual(3);
  second.behave({});
});
