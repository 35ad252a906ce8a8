import { afterEach, beforeEach, expect, test } from 'vitest';
import { call, openCall } from '../../support/call.ts';
import { anthropicHeaders, messages } from '../../support/prompts.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const openStreams = 200;

let stack: Stack;
beforeEach(async () => {
  stack = await startStack();
});
afterEach(() => stack.stop());

test('SIGTERM with 200 open streams: not ready at once, every stream ends whole, everything is settled, exit code 0', async () => {
  const body = messages({ chunks: 5, hold: 'drain', holdAfter: 2, inputTokens: 7 }, { stream: true });
  const streams = Array.from({ length: openStreams }, () =>
    openCall(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body }),
  );
  await expect.poll(() => stack.upstream.waiting('drain'), { timeout: 20_000 }).toBe(openStreams);
  await Promise.all(streams.map((stream) => stream.head));
  const ended = stack.worker().end('SIGTERM');
  const status = (path: string, options = {}) =>
    call(`${stack.url}${path}`, options).then(
      (answer) => answer.status,
      () => 'refused',
    );
  await expect.poll(() => status('/readyz')).not.toBe(200);
  expect([503, 'refused']).toContain(
    await status('/v1/messages', { headers: anthropicHeaders(stack), body: messages() }),
  );
  expect(stack.worker().isRunning()).toBe(true);
  stack.upstream.release('drain');
  for (const stream of streams) {
    expect((await stream.whole).toString().endsWith('data: {"type":"message_stop"}\n\n')).toBe(true);
  }
  expect(await ended).toEqual({ code: 0, signal: null });
  const [row] = await stack.database.query<{ count: bigint; output: bigint }>(
    `SELECT count(*) AS count, sum(output)::bigint AS output FROM usage_record WHERE outcome = 'completed'`,
  );
  expect(row).toEqual({ count: BigInt(openStreams), output: BigInt(openStreams * 5) });
  expect((await stack.balance()).heldNanoUsd).toBe(0n);
});

test('SIGTERM without work ends the process with exit code 0', async () => {
  expect(await stack.worker().end('SIGTERM')).toEqual({ code: 0, signal: null });
});
