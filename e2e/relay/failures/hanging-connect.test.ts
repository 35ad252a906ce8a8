import {
  type BrokenServer,
  type HangingServer,
  startBrokenServer,
  startHangingServer,
} from '@ai-bridge/testing/network';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../../support/call.ts';
import { type ChannelConfig, prices, upstreamKey } from '../../support/config.ts';
import { channelFigures } from '../../support/pairs.ts';
import { anthropicHeaders } from '../../support/prompts.ts';
import { expectedCharge, receiptOf } from '../../support/receipt.ts';
import { type Stack, startStack } from '../../support/stack.ts';

/** Where no connection ever comes about: no SYN is answered, or the hello of TLS is not. */
const places = ['hanging', 'silent-tls'] as const;
/** Long enough that only the bound of a connection itself ends the wait. */
const firstByteMs = 60_000;

let stack: Stack;
let hanging: HangingServer;
let ignoring: BrokenServer;
beforeAll(async () => {
  hanging = await startHangingServer();
  ignoring = await startBrokenServer('ignores');
  const urls = { hanging: `http://127.0.0.1:${hanging.port}`, 'silent-tls': `https://127.0.0.1:${ignoring.port}` };
  const channel = (name: string, baseUrl: string, model: string, more: Partial<ChannelConfig> = {}): ChannelConfig => {
    const rest = { apiKey: upstreamKey, allowPrivate: true, models: [model], timeouts: { firstByteMs } };
    return { name, preset: 'anthropic', baseUrl, ...rest, ...more };
  };
  stack = await startStack({
    config: (config, { url }) => ({
      ...config,
      channels: [
        ...places.flatMap((place) => [
          channel(`${place}-alone`, urls[place], `${place}-alone`),
          channel(`${place}-first`, urls[place], `${place}-pair`),
          channel(`${place}-second`, url, `${place}-pair`, { priority: 9 }),
        ]),
        channel('hasty-first', urls.hanging, 'hasty', { timeouts: { firstByteMs: 300 } }),
        channel('hasty-second', url, 'hasty', { priority: 9 }),
      ],
      models: [...places.flatMap((place) => [`${place}-alone`, `${place}-pair`]), 'hasty'].map((id) => {
        return { id, price: prices['claude-test'], fallback: [] };
      }),
    }),
  });
});
afterAll(async () => {
  await stack.stop();
  await ignoring.stop();
  await hanging.stop();
});

const ask = async (model: string) => {
  const answer = await call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: { model, max_tokens: 100, messages: [{ role: 'user', content: 'hello' }] },
  });
  return { answer, receipt: await receiptOf(stack, String(answer.headers['x-request-id'])) };
};
const whole = expectedCharge('claude-test', { input: 10, output: 5 });

test.concurrent.each(places)(
  'a connection that never comes about (%s) fails over, at the house’s expense',
  async (place) => {
    const { answer, receipt } = await ask(`${place}-pair`);
    expect([answer.status, answer.headers['x-bridge-attempts']]).toEqual([200, '2']);
    expect(receipt.attempts).toMatchObject([
      { error: 'connect_timeout', status: null, paidBy: 'house' },
      { error: null, paidBy: 'customer' },
    ]);
    expect(BigInt(receipt.chargeNanoUsd)).toBe(whole);
    expect(await channelFigures(stack, `${place}-first`)).toEqual({ state: 0, attempts: 1, failures: 1 });
  },
);

test.concurrent.each(places)(
  'where no other channel is there (%s), the client is told after one wait, and pays nothing',
  async (place) => {
    const { answer, receipt } = await ask(`${place}-alone`);
    expect(answer.status).toBe(504);
    expect(answer.json()).toMatchObject({ type: 'error', error: { type: 'timeout_error' } });
    expect(receipt).toMatchObject({ outcome: 'failed', chargeNanoUsd: '0', attempts: [{ error: 'connect_timeout' }] });
    expect(await channelFigures(stack, `${place}-alone`)).toEqual({ state: 0, attempts: 1, failures: 1 });
  },
);

test.concurrent('a channel that has to answer sooner than connections may take is left sooner', async () => {
  const { answer, receipt } = await ask('hasty');
  expect(answer.status).toBe(200);
  expect(receipt.attempts.map(({ error }) => error)).toEqual(['first_byte_timeout', null]);
});

test('each of these requests made one connection, and no other was tried behind its back', () => {
  expect(ignoring.connections).toBe(2);
});
