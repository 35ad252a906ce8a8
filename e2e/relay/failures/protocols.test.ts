import { type FakeUpstream, type Script, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Answer, call } from '../../support/call.ts';
import { earnRetries, withPair } from '../../support/pairs.ts';
import { bearer } from '../../support/prompts.ts';
import { expectedCharge, receiptOf } from '../../support/receipt.ts';
import { type Stack, startStack } from '../../support/stack.ts';
import { protocols, requestIn, type SpokenProtocol } from '../../support/upstreams.ts';

interface Way {
  readonly name: string;
  readonly script: Partial<Script>;
  readonly stream: boolean;
  readonly isSilent?: true;
}

const canary = 'CANARY';
const ways: readonly Way[] = [
  { name: 'a 500 instead of a stream', script: { status: 500, message: canary }, stream: true },
  { name: 'a 500', script: { status: 500, message: canary }, stream: false },
  { name: 'an error event first', script: { errorEventAfter: 0, message: canary }, stream: true },
  { name: 'half an event', script: { cutAfter: 0, halvesLast: true }, stream: true },
  { name: 'half a body', script: { cutAfter: 1 }, stream: false },
  { name: 'a page', script: { rawBody: `<html>${canary}` }, stream: false },
  { name: 'nothing', script: { firstByteMs: 60_000 }, stream: false, isSilent: true },
];
/** All clients fail on the same channels: not often enough for an ejection. */
const modelOf = (upstream: SpokenProtocol, way: Way, situation: 'pair' | 'alone') =>
  `${situation}-${upstream}-${ways.indexOf(way)}`;

let stack: Stack;
let second: FakeUpstream;
beforeAll(async () => {
  second = await startFakeUpstream();
  stack = await startStack({
    config: (config, { url: first }) =>
      protocols.reduce(
        (whole, protocol) =>
          ways.reduce((some, way) => {
            const upstreamModel = protocol === 'gemini' ? 'gemini-3-pro-preview' : 'its-own-id';
            const at = { first, protocol, upstreamModel, script: way.script, isSilent: way.isSilent === true };
            const pair = withPair(some, modelOf(protocol, way, 'pair'), { ...at, second: second.url });
            return withPair(pair, modelOf(protocol, way, 'alone'), at);
          }, whole),
        config,
      ),
  });
});
afterAll(async () => {
  await second.stop();
  await stack.stop();
});

const ask = async (client: SpokenProtocol, model: string, { stream }: Way): Promise<Answer> => {
  await earnRetries(stack, 2);
  const { path, body } = requestIn(client, model, 'hello', stream);
  const headers = { ...bearer(stack), 'anthropic-version': '2023-06-01' };
  return call(`${stack.url}${path}`, { headers, body });
};

/** How each protocol says that a stream has come to its good end. */
const endings: Record<SpokenProtocol, RegExp> = {
  'anthropic-messages': /event: message_stop\ndata: .*\n\n$/,
  'openai-chat': /data: \[DONE\]\n\n$/,
  'openai-responses': /event: response\.completed\ndata: .*\n\n$/,
  gemini: /"finishReason":"STOP".*\n\n$/,
};

/** The error in each protocol's own form, busy or too late. */
const errors: Record<SpokenProtocol, { readonly busy: [number, object]; readonly late: [number, object] }> = {
  'anthropic-messages': {
    busy: [529, { type: 'error', error: { type: 'overloaded_error' } }],
    late: [504, { type: 'error', error: { type: 'timeout_error' } }],
  },
  'openai-chat': {
    busy: [503, { error: { type: 'server_error', code: 'overloaded', param: null } }],
    late: [504, { error: { type: 'server_error', code: 'upstream_timeout', param: null } }],
  },
  'openai-responses': {
    busy: [503, { error: { type: 'server_error', code: 'overloaded', param: null } }],
    late: [504, { error: { type: 'server_error', code: 'upstream_timeout', param: null } }],
  },
  gemini: {
    busy: [503, { error: { code: 503, status: 'UNAVAILABLE' } }],
    late: [504, { error: { code: 504, status: 'DEADLINE_EXCEEDED' } }],
  },
};

const pairs = protocols.flatMap((client) => protocols.map((upstream) => [client, upstream] as const));
describe.concurrent.each(pairs)('to a %s client of a %s upstream', (client, upstream) => {
  test.each(ways)('$name is nothing while another channel answers', async (way) => {
    const answer = await ask(client, modelOf(upstream, way, 'pair'), way);
    expect([answer.status, answer.headers['x-bridge-attempts']]).toEqual([200, '2']);
    const text = answer.body.toString();
    expect(text).toContain('w4');
    expect(text).not.toContain('CANARY');
    if (way.stream) expect(text).toMatch(endings[client]);
    if (way.stream) expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
    const told = await receiptOf(stack, String(answer.headers['x-request-id']));
    expect(told.attempts.map(({ paidBy }) => paidBy)).toEqual(['house', 'customer']);
    expect(BigInt(told.chargeNanoUsd)).toBe(expectedCharge('claude-test', { input: 10, output: 5 }));
  });

  test.each(ways)(
    '$name is an error in its own form where no other channel is there, and costs nothing',
    async (way) => {
      const answer = await ask(client, modelOf(upstream, way, 'alone'), way);
      const [status, body] = errors[client][way.isSilent ? 'late' : 'busy'];
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.json()).toMatchObject(body);
      expect(answer.body.toString()).not.toContain('CANARY');
      const told = await receiptOf(stack, String(answer.headers['x-request-id']));
      expect([told.outcome, told.chargeNanoUsd]).toEqual(['failed', '0']);
      expect(told.attempts.every(({ paidBy }) => paidBy === 'house')).toBe(true);
    },
  );
});

test('after all of this no credit is held, and the books are sound', async () => {
  await stack.atRest();
});
