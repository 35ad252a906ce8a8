import net from 'node:net';
import { freePort } from '@ai-bridge/dev';
import { type FakeUpstream, type Script, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, call } from '../support/call.ts';
import { channelFigures, earnRetries, withPair } from '../support/pairs.ts';
import { anthropicHeaders } from '../support/prompts.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

/** How an upstream fails, and what that comes to. */
interface Way {
  readonly name: string;
  readonly script: Partial<Script>;
  readonly stream?: boolean;
  /** What the client gets where no other channel is there. */
  readonly status: number;
  /** Upstream calls then. */
  readonly attempts?: number;
  /** The first channel is ejected by this alone; otherwise it counts as one failure, or as none. */
  readonly ejects?: boolean;
  readonly blames?: boolean;
  /** Where it is not the fake upstream that fails. */
  readonly at?: 'refused' | 'reset';
}

const html = { rawBody: '<html>busy</html>' };
const json = (rawBody: string) => ({ rawBody, rawType: 'application/json' });
const ways: Way[] = [
  { name: 'refuses the connection', script: {}, at: 'refused', status: 529, attempts: 3 },
  { name: 'resets the connection', script: {}, at: 'reset', status: 529, attempts: 3 },
  { name: 'says nothing at all', script: { firstByteMs: 60_000 }, status: 504 },
  { name: 'says nothing at all to a stream', script: { firstByteMs: 60_000 }, stream: true, status: 504 },
  { name: 'is silent behind the head', script: { stallAfter: -1 }, stream: true, status: 504 },
  { name: 'is silent before any content', script: { stallAfter: 0 }, stream: true, status: 504 },
  { name: 'is silent in the middle of a body', script: { stallAfter: 1 }, status: 504 },
  { name: 'breaks off before any content', script: { cutAfter: 0 }, stream: true, status: 529, attempts: 3 },
  { name: 'breaks off in a body', script: { cutAfter: 1 }, status: 529, attempts: 3 },
  {
    name: 'sends half an event',
    script: { ...json('event: message_start\ndata: {"type":"mess'), rawType: 'text/event-stream' },
    stream: true,
    status: 529,
  },
  { name: 'sends an error before any content', script: { errorEventAfter: 0 }, stream: true, status: 529 },
  { name: 'sends a page', script: html, stream: true, status: 529 },
  { name: 'sends a page where JSON was asked for', script: html, status: 529 },
  { name: 'calls a page JSON', script: json('<html>busy</html>'), status: 529 },
  { name: 'sends an empty body', script: json(''), status: 529 },
  { name: 'sends an empty stream', script: { ...json(''), rawType: 'text/event-stream' }, stream: true, status: 529 },
  { name: 'says an error with status 200', script: json('{"error":{"message":"m"}}'), status: 529 },
  {
    name: 'answers in an encoding that was not asked for',
    script: { headers: { 'content-encoding': 'gzip' } },
    status: 529,
  },
  ...[400, 413, 422].map((status) => ({ name: String(status), script: { status }, status, blames: false })),
  ...[401, 402, 403].map((status) => ({ name: String(status), script: { status }, status: 529, ejects: true })),
  { name: '404', script: { status: 404 }, status: 529, blames: false },
  ...[408, 500, 502, 503, 529].map((status) => ({ name: String(status), script: { status }, status: 529 })),
  { name: '429', script: { status: 429 }, status: 529 },
  { name: '429 that says when', script: { status: 429, retryAfter: 7 }, status: 529, ejects: true },
  { name: '429 for a billion seconds', script: { status: 429, retryAfter: 1e9 }, status: 529, ejects: true },
];
const modelOf = (way: Way, kind: 'pair' | 'alone') => `${kind}-${ways.indexOf(way)}`;
const isClients = (way: Way) => way.status < 500;

let stack: Stack;
let second: FakeUpstream;
let resets: net.Server;
beforeAll(async () => {
  second = await startFakeUpstream();
  resets = net.createServer((socket) => socket.resetAndDestroy()).listen(0, '127.0.0.1');
  await new Promise((resolve) => resets.once('listening', resolve));
  const refusing = `http://127.0.0.1:${await freePort()}`;
  const resetting = `http://127.0.0.1:${(resets.address() as net.AddressInfo).port}`;
  stack = await startStack({
    config: (config, upstream) =>
      ways.reduce((whole, way) => {
        const first = way.at === 'refused' ? refusing : way.at === 'reset' ? resetting : upstream.url;
        return withPair(withPair(whole, modelOf(way, 'pair'), { first, second: second.url }), modelOf(way, 'alone'), {
          first,
        });
      }, config),
  });
});
beforeEach(async () => {
  stack.upstream.behave({});
  await earnRetries(stack);
  stack.upstream.clear();
  second.clear();
});
afterAll(async () => {
  resets.close();
  await second.stop();
  await stack.stop();
});

const ask = (model: string, stream = false) =>
  call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: { model, max_tokens: 100, stream, messages: [{ role: 'user', content: 'hello' }] },
  });
const receipt = (answer: Answer) => receiptOf(stack, String(answer.headers['x-request-id']));

test.each(ways.filter((way) => !isClients(way)))(
  'when the first of two channels fails ($name), the second answers whole, and the customer pays once',
  async (way) => {
    stack.upstream.behave(way.script);
    const model = modelOf(way, 'pair');
    const answer = await ask(model, way.stream);
    expect(answer.status).toBe(200);
    expect(answer.headers['x-bridge-attempts']).toBe('2');
    expect(answer.body.equals(second.requests[0]!.sent)).toBe(true);
    const told = await receipt(answer);
    expect(told.attempts.map(({ paidBy }) => paidBy)).toEqual(['house', 'customer']);
    expect(told.attempts[0]!.error).not.toBeNull();
    expect(BigInt(told.chargeNanoUsd)).toBe(expectedCharge('claude-test', { input: 10, output: 5 }));
    const failures = way.blames === false ? 0 : 1;
    expect(await channelFigures(stack, `${model}-first`)).toEqual({ state: way.ejects ? 2 : 0, attempts: 1, failures });
    expect(await channelFigures(stack, `${model}-second`)).toEqual({ state: 0, attempts: 1, failures: 0 });
  },
);

test.each(ways)('when the only channel fails ($name), the client gets $status and pays nothing', async (way) => {
  stack.upstream.behave(way.script);
  const model = modelOf(way, 'alone');
  const answer = await ask(model, way.stream);
  expect(answer.status).toBe(way.status);
  if (!isClients(way)) expect(answer.json<{ error: { type: string } }>().error.type).toMatch(/overloaded|timeout/);
  const attempts = way.attempts ?? 1;
  const told = await receipt(answer);
  expect(told.attempts).toHaveLength(attempts);
  expect(told.attempts.every(({ paidBy }) => paidBy === 'house')).toBe(true);
  expect(told.chargeNanoUsd).toBe('0');
  const failures = way.blames === false ? 0 : attempts;
  expect(await channelFigures(stack, `${model}-first`)).toEqual({ state: way.ejects ? 2 : 0, attempts, failures });
});

test.each(ways.filter(isClients))(
  'a $name is the client’s own: its words pass unchanged and no other channel is tried',
  async (way) => {
    stack.upstream.behave(way.script);
    const answer = await ask(modelOf(way, 'pair'));
    expect(answer.status).toBe(way.status);
    expect(answer.body.equals(stack.upstream.requests[0]!.sent)).toBe(true);
    expect(second.requests).toHaveLength(0);
  },
);

test('staff see why a channel was ejected, and for how long', async () => {
  stack.upstream.behave({ status: 401 });
  const way = ways.find(({ name }) => name === '401') as Way;
  await ask(modelOf(way, 'pair'));
  await expect
    .poll(() =>
      stack.database.query(
        `SELECT s.state, s.last_error, s.ejected_until > now() + interval '30 seconds' AS "isLong"
         FROM channel_state s JOIN channel c ON c.id = s.channel_id WHERE c.name = $1`,
        [`${modelOf(way, 'pair')}-first`],
      ),
    )
    .toEqual([{ state: 'open', last_error: 'status 401', isLong: true }]);
});
