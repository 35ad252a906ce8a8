import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, call, openCall } from '../../support/call.ts';
import { type Stack, startStack } from '../../support/stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
beforeEach(() => stack.upstream.clear());
afterAll(() => stack.stop());

const paths = {
  anthropic: '/v1/messages',
  chat: '/v1/chat/completions',
  responses: '/v1/responses',
} as const;
const models = { anthropic: 'claude-test', chat: 'gpt-test', responses: 'gpt-test' } as const;
type Client = keyof typeof paths;
const clients = Object.keys(paths) as Client[];

function send(client: Client, body: string | Buffer, more: Record<string, string> = {}): Promise<Answer> {
  const headers = { authorization: `Bearer ${stack.key}`, ...more };
  return call(`${stack.url}${paths[client]}`, { headers, body });
}

const stackTrace = /\bat [^"]*:\d+:\d+|node_modules|\.ts\b|\.js:\d+|node:internal/;

/** A refused request means: the client's own error shape, nothing held, nothing sent, no insides shown. */
async function expectRefused(client: Client, answer: Answer, status: number): Promise<void> {
  const text = answer.body.toString();
  expect(answer.status, text).toBe(status);
  expect(text).not.toMatch(stackTrace);
  const { error } = answer.json<{ error: Record<string, unknown> }>();
  expect(String(error['message']).length).toBeGreaterThan(10);
  if (client === 'anthropic') expect(answer.json()['type']).toBe('error');
  expect(error).toHaveProperty('type');
  expect(stack.upstream.requests).toHaveLength(0);
  expect((await stack.balance()).heldNanoUsd).toBe(0n);
}

const deep = '['.repeat(1_000_000);
const malformed: [name: string, body: string | Buffer][] = [
  ['an empty body', ''],
  ['half an object', '{"model":"claude-test"'],
  ['text behind the object', '{"model":"claude-test"} x'],
  ['a trailing comma', '{"model":"claude-test",}'],
  ['a comment', '{"model":"claude-test"/**/}'],
  ['NaN', '{"model":"claude-test","temperature":NaN}'],
  ['an array', '[1]'],
  ['a string', '"hello"'],
  ['a million brackets', deep],
  ['a million objects', '{"a":'.repeat(1_000_000)],
  ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0xc0, 0x22, 0x7d])],
  ['UTF-16', Buffer.from('{"model":"claude-test"}', 'utf16le')],
];

test.each(malformed)('%s is a 400 in every protocol', async (_, body) => {
  for (const client of clients) await expectRefused(client, await send(client, body), 400);
});

const field = { anthropic: 'max_tokens', chat: 'max_completion_tokens', responses: 'max_output_tokens' } as const;
test.each(['-1', '1.5', '"100"', '1e400', '9007199254740993', '[]', 'true'])(
  'an output limit of %s is a 400',
  async (value) => {
    for (const client of clients) {
      const body = `{"model":"${models[client]}","${field[client]}":${value},"messages":[],"input":"x"}`;
      await expectRefused(client, await send(client, body), 400);
    }
  },
);

test.each(['-1', '0', '1000000', '1.5', '"2"'])('%s answers at once are a 400', async (n) => {
  await expectRefused('chat', await send('chat', `{"model":"gpt-test","messages":[],"n":${n}}`), 400);
});

test.each(['{}', '{"model":7}', '{"model":""}', '{"model":null}', `{"model":"${'m'.repeat(10_000)}"}`])(
  'a model that is none is a 400',
  async (body) => {
    for (const client of clients) await expectRefused(client, await send(client, body), 400);
  },
);

test('two models in one body are a 400: what is priced must be what is asked', async () => {
  const body = '{"model":"gpt-test","model":"claude-test","messages":[],"input":"x"}';
  for (const client of clients) await expectRefused(client, await send(client, body), 400);
});

test('stream must be a boolean', async () => {
  await expectRefused('chat', await send('chat', '{"model":"gpt-test","messages":[],"stream":"yes"}'), 400);
});

test('an unknown model is a 404 in every protocol', async () => {
  for (const client of clients) {
    await expectRefused(client, await send(client, '{"model":"none","messages":[],"input":"x","max_tokens":5}'), 404);
  }
});

test('a body that says it is 200 MB is a 413 before it is read', async () => {
  for (const client of clients) {
    const open = openCall(`${stack.url}${paths[client]}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${stack.key}`,
        'content-type': 'application/json',
        'content-length': String(200 * 1024 * 1024),
      },
    });
    expect((await open.head).status).toBe(413);
    open.leave();
  }
  expect(stack.upstream.requests).toHaveLength(0);
});

test('a compressed body is refused rather than unpacked', async () => {
  const answer = await send('chat', Buffer.alloc(100, 1), { 'content-encoding': 'gzip' });
  expect([400, 415]).toContain(answer.status);
  expect(stack.upstream.requests).toHaveLength(0);
});
