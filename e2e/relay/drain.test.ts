import { type FakeUpstream, sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { channelsAt } from '../support/config.ts';
import { drain } from '../support/drain.ts';
import { eventually } from '../support/eventually.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

/** What the product promises: a change holds everywhere within a second. */
const withinMs = 1_000;

let stack: Stack;
let second: FakeUpstream;
beforeAll(async () => {
  second = await startFakeUpstream();
  stack = await startStack({
    config: (config, first) => ({
      ...config,
      channels: [
        ...channelsAt(first.url, '-first').map((channel) => ({ ...channel, priority: 1 })),
        ...channelsAt(second.url, '-second').map((channel) => ({ ...channel, priority: 2 })),
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
});

const ask = () => call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body: messages({ chunks: 1 }) });

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

test('a stream on a channel that is drained ends whole, while new requests go elsewhere, until the draining is undone', async () => {
  const body = messages({ chunks: 10, hold: 'long', holdAfter: 5 }, { stream: true });
  const open = openCall(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  await expect.poll(() => stack.upstream.waiting('long')).toBe(1);
  const request = stack.upstream.requests.find(({ script }) => script.hold === 'long');

  const channelId = await drain(stack, 'anthropic-first', true);
  await reaches(second);
  const before = stack.upstream.requests.length;
  for (let index = 0; index < 20; index++) expect((await ask()).status).toBe(200);
  expect(stack.upstream.requests).toHaveLength(before);
  const inFlight = async () =>
    (
      await stack.database.query<{ in_flight: number }>('SELECT in_flight FROM channel_state WHERE channel_id = $1', [
        channelId,
      ])
    )[0]?.in_flight;
  await eventually(async () => (await inFlight()) === 1, { withinMs: 8_000, what: () => 'nobody tells of the stream' });

  stack.upstream.release('long');
  expect((await open.whole).equals(request!.sent)).toBe(true);
  const { headers } = await open.head;
  expect(await receiptOf(stack, String(headers['x-request-id']))).toMatchObject({
    outcome: 'completed',
    attempts: [{ status: 200 }],
  });
  await eventually(async () => (await inFlight()) === 0, {
    withinMs: 8_000,
    what: () => 'it is not told to be drained',
  });

  await drain(stack, 'anthropic-first', false);
  await reaches(stack.upstream);
});

test('files and stored responses of a drained channel stay within reach, and new ones are made elsewhere', async () => {
  const client = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1`, maxRetries: 0 });
  const upload = async (text: string) =>
    new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 }).files.create({
      file: await toFile(Buffer.from(text), 'f.txt'),
      purpose: 'user_data',
    });
  const files = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 }).files;
  const file = await upload('kept');
  const response = await client.responses.create({ model: 'gpt-test', input: sim({ chunks: 2 }) });
  expect(second.requests).toHaveLength(0);

  await drain(stack, 'openai-first', true);
  await eventually(
    async () => {
      await client.chat.completions.create({ model: 'gpt-test', messages: [{ role: 'user', content: 'hello' }] });
      return second.requests.length > 0;
    },
    { withinMs, what: () => 'requests still go to the drained channel' },
  );
  expect(await (await files.content(file.id)).text()).toBe('kept');
  expect(await client.responses.retrieve(response.id)).toMatchObject({ id: response.id });
  const next = { model: 'gpt-test', input: sim({ chunks: 1 }), previous_response_id: response.id };
  stack.upstream.clear();
  expect((await client.responses.create(next)).status).toBe('completed');
  expect(stack.upstream.requests).toHaveLength(1);

  second.clear();
  await upload('made elsewhere');
  expect(second.requests).toHaveLength(1);
  expect(stack.upstream.requests).toHaveLength(1);
  await drain(stack, 'openai-first', false);
});

test('where a model has drained channels only, its requests are refused as they are without any, and not charged', async () => {
  const both = ['gemini-first', 'gemini-second'];
  for (const name of both) await drain(stack, name, true);
  const request = {
    headers: { 'x-goog-api-key': stack.key },
    body: { contents: [{ role: 'user', parts: [{ text: 'hello' }] }] },
  };
  const answer = await eventually(
    async () => {
      const one = await call(`${stack.url}/v1beta/models/gemini-test:generateContent`, request);
      return one.status !== 200 && one;
    },
    { withinMs, what: () => 'it is still answered' },
  );
  expect(answer.status).toBe(503);
  for (const name of both) await drain(stack, name, false);
});
