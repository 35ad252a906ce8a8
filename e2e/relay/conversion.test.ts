import { charge, type Price, parseUsd } from '@ai-bridge/domain';
import { sim } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { upstreamKey } from '../support/config.ts';
import { newestReceipt } from '../support/receipt.ts';
import { type Said, sdkClient } from '../support/sdk-clients.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { onlyPrice, protocols, type SpokenProtocol, spoken, withOneProtocolEach } from '../support/upstreams.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ config: (config, upstream) => withOneProtocolEach(config, upstream.url) });
});
let startedAtMs = 0;
beforeEach(() => {
  startedAtMs = Date.now();
  stack.upstream.clear();
  stack.upstream.behave({});
});
afterAll(() => stack.stop());

const pairs = protocols.flatMap((client) =>
  protocols.filter((upstream) => upstream !== client).map((upstream) => [client, upstream] as const),
);
const ways = pairs.flatMap(([client, upstream]) => [true, false].map((stream) => [client, upstream, stream] as const));

const price = {
  ...{ id: '', modelId: '', version: 1, requestFee: 0n, tiers: [] },
  ...Object.fromEntries(Object.entries(onlyPrice).map(([kind, usd]) => [kind, parseUsd(usd, 6)])),
} as unknown as Price;

/** What each protocol calls an answer that ended of itself, and one that ended in a call. */
const stops: Record<SpokenProtocol, readonly [end: string, call: string]> = {
  'anthropic-messages': ['end_turn', 'tool_use'],
  'openai-chat': ['stop', 'tool_calls'],
  'openai-responses': ['completed', 'completed'],
  gemini: ['STOP', 'STOP'],
};

/** What the relay asked the upstream for customers: signs of life that it looks for meanwhile are its own affair. */
const asked = () => stack.upstream.requests.filter(({ method }) => method === 'POST');

describe.each(ways)('a client of %s on an upstream of %s, stream: %s', (client, upstream, stream) => {
  const ask = (prompt: string, more = {}) =>
    sdkClient(client, stack).ask({ model: spoken[upstream], stream, prompt, ...more });

  test('gets text, thinking and usage, and pays what the upstream reported', async () => {
    const script = sim({ chunks: 4, thinking: 3, inputTokens: 33, echoNonce: 'nonce', usage: { cacheRead: 7 } });
    const { said } = await ask(script);
    expect(said.text).toMatch(/^nonce .*w3/);
    expect(said.stop).toBe(stops[client][0]);
    expect(said.usage.output).toBe(7);
    const receipt = await newestReceipt(stack, startedAtMs);
    expect(receipt).toMatchObject({ outcome: 'completed', protocol: { client, upstream }, stream });
    expect(receipt.usage).toMatchObject({ cacheRead: 7, output: 7, source: 'reported' });
    expect(BigInt(receipt.chargeNanoUsd)).toBe(charge(receipt.usage, price));
    // The last piece: OpenAI's accumulator keeps only the last of a field that it does not know.
    expect(said.thinking).toContain('thought 2');
  });

  test('has its tool called, and the result comes back in the next turn', async () => {
    const prompt = sim({ toolPath: '/data/file', thinking: 1 });
    const first = await ask(prompt, { offersTool: true });
    expect(first.said.calls).toMatchObject([{ name: 'read_file', input: { path: '/data/file' } }]);
    expect(first.said.stop).toBe(stops[client][1]);
    const history: { raw: unknown; said: Said; toolOutput: string } = { ...first, toolOutput: 'forty-two' };
    const second = await ask(prompt, { offersTool: true, history });
    expect(second.said.text).toBe('The tool said: forty-two');
    expect(asked()).toHaveLength(2);
    for (const seen of asked()) expect(JSON.stringify(seen.headers)).not.toContain(stack.key);
  });

  test('can send a picture', async () => {
    const image = Buffer.alloc(600, 7).toString('base64');
    await ask(sim({ chunks: 1 }), { image });
    expect(JSON.stringify(stack.upstream.requests[0]?.json)).toContain(image);
  });
});

test.each(pairs)(
  '%s on %s: an error of the upstream inside its stream is told as the client tells errors',
  async (client, upstream) => {
    const ask = sdkClient(client, stack).ask({
      ...{ model: spoken[upstream], stream: true },
      prompt: sim({ chunks: 5, errorEventAfter: 3 }),
    });
    // Responses has a status for it; everywhere else the SDKs throw.
    if (client === 'openai-responses') expect((await ask).said.stop).toBe('failed');
    else await expect(ask).rejects.toThrow();
    expect(await newestReceipt(stack, startedAtMs)).toMatchObject({
      outcome: 'upstream_broke',
      protocol: { client, upstream },
    });
  },
);

test.each(pairs)(
  '%s on %s: a request that the upstream finds wrong is a 400 in the client’s words',
  async (client, upstream) => {
    const ask = sdkClient(client, stack).ask({
      ...{ model: spoken[upstream], stream: false },
      prompt: sim({ status: 400, message: `no such thing, said ${upstreamKey}` }),
    });
    const error = await ask.then(
      () => undefined,
      (thrown: Error & { status?: number }) => thrown,
    );
    expect(error?.status).toBe(400);
    expect(error?.message).toContain('no such thing');
    expect(error?.message).not.toContain(upstreamKey);
  },
);

test.each(pairs)(
  '%s on %s: an error before the first content is tried elsewhere, and told when there is nowhere',
  async (client, upstream) => {
    const ask = sdkClient(client, stack).ask({
      ...{ model: spoken[upstream], stream: true },
      prompt: sim({ errorEventAfter: 0 }),
    });
    await expect(ask).rejects.toThrow();
    expect(await newestReceipt(stack, startedAtMs)).toMatchObject({ outcome: 'failed', chargeNanoUsd: '0' });
  },
);

test('the answer says that it was converted, and the receipt what was lost', async () => {
  const answer = await call(`${stack.url}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${stack.key}` },
    body: {
      model: spoken['anthropic-messages'],
      messages: [{ role: 'user', content: sim({ chunks: 1 }) }],
      seed: 7,
      frequency_penalty: 0.5,
    },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({
    'x-bridge-converted': '1',
    'content-type': 'application/json; charset=utf-8',
  });
  const receipt = await newestReceipt(stack, startedAtMs);
  expect(receipt.losses.map(({ path }) => path)).toEqual(expect.arrayContaining(['seed', 'frequency_penalty']));
});

test('what cannot be said to the upstream is a 400 that names the field, without an attempt or a charge', async () => {
  const before = (await stack.balance()).postedNanoUsd;
  const answer = await call(`${stack.url}/v1/chat/completions`, {
    headers: { authorization: `Bearer ${stack.key}` },
    body: { model: spoken['anthropic-messages'], messages: [{ role: 'user', content: 'hi' }], n: 3 },
  });
  expect(answer.status).toBe(400);
  expect(answer.json<{ error: { param: string } }>().error.param).toBe('n');
  expect(asked()).toHaveLength(0);
  expect((await stack.atRest()).postedNanoUsd).toBe(before);
});

test.each([
  ['/v1/messages/count_tokens', { messages: [{ role: 'user', content: 'one two three four five' }] }, 'input_tokens'],
  [
    `/v1beta/models/${spoken['openai-chat']}:countTokens`,
    { contents: [{ role: 'user', parts: [{ text: 'one two three four five' }] }] },
    'totalTokens',
  ],
])(
  '%s of a model whose upstream does not count is an estimate, says so, and costs nothing',
  async (path, body, field) => {
    const before = (await stack.balance()).postedNanoUsd;
    const answer = await call(`${stack.url}${path}`, {
      headers: { authorization: `Bearer ${stack.key}` },
      body: { model: spoken['openai-chat'], ...body },
    });
    expect(answer.headers).toMatchObject({ 'x-bridge-estimated': '1', 'x-bridge-model': spoken['openai-chat'] });
    const tokens = answer.json<Record<string, number>>()[field];
    expect(tokens).toBeGreaterThan(4);
    expect(tokens).toBeLessThan(30);
    expect(asked()).toHaveLength(0);
    expect((await stack.balance()).postedNanoUsd).toBe(before);
  },
);

test.each([
  ['gemini', '/v1/messages/count_tokens', 'input_tokens', ':countTokens'],
  ['anthropic-messages', ':countTokens', 'totalTokens', '/v1/messages/count_tokens'],
  ['openai-responses', '/v1/messages/count_tokens', 'input_tokens', '/v1/responses/input_tokens'],
] as const)(
  'tokens for a model of %s are counted by its upstream, whatever the client speaks',
  async (upstream, path, field, counter) => {
    const model = spoken[upstream];
    const text = sim({ inputTokens: 77 });
    const isGemini = path === ':countTokens';
    const answer = await call(`${stack.url}${isGemini ? `/v1beta/models/${model}:countTokens` : path}`, {
      headers: { authorization: `Bearer ${stack.key}` },
      body: isGemini
        ? { contents: [{ role: 'user', parts: [{ text }] }] }
        : { model, messages: [{ role: 'user', content: text }] },
    });
    expect(answer.json()).toEqual({ [field]: 77 });
    expect(answer.headers['x-bridge-estimated']).toBe('0');
    expect(asked()[0]?.path).toContain(counter);
  },
);

test('a channel that speaks Chat and Responses is asked in Responses, or in Chat where only that can carry the request', async () => {
  const ask = (more: object) =>
    call(`${stack.url}/v1/messages`, {
      headers: { authorization: `Bearer ${stack.key}` },
      body: { model: 'gpt-test', max_tokens: 50, messages: [{ role: 'user', content: sim({ chunks: 1 }) }], ...more },
    });
  expect((await ask({})).status).toBe(200);
  expect((await ask({ stop_sequences: ['END'] })).status).toBe(200);
  expect(stack.upstream.requests.map(({ path }) => path)).toEqual(['/v1/responses', '/v1/chat/completions']);
});

test('a Gemini client without alt=sse gets one JSON array', async () => {
  const path = `/v1beta/models/${spoken['anthropic-messages']}:streamGenerateContent`;
  const answer = await call(`${stack.url}${path}`, {
    headers: { 'x-goog-api-key': stack.key },
    body: { contents: [{ role: 'user', parts: [{ text: sim({ chunks: 3, echoNonce: 'array' }) }] }] },
  });
  const chunks = answer.json<{ candidates: { content: { parts: { text: string }[] } }[] }[]>();
  expect(chunks.map((chunk) => chunk.candidates[0]?.content.parts[0]?.text).join('')).toContain('array');
});

test.each(protocols)(
  '%s: a conversation that goes from one upstream to another and back loses no turn',
  async (client) => {
    const { ask } = sdkClient(client, stack);
    const prompt = sim({ toolPath: '/data/file', thinking: 1 });
    for (const first of protocols) {
      const turn = { stream: true, prompt, offersTool: true };
      const begun = await ask({ ...turn, model: spoken[first] });
      for (const next of protocols) {
        stack.upstream.clear();
        const history = { ...begun, toolOutput: `from ${first} to ${next}` };
        const { said } = await ask({ ...turn, model: spoken[next], history });
        expect(said.text).toBe(`The tool said: from ${first} to ${next}`);
        const sent = stack.upstream.requests[0]?.body.toString() ?? '';
        // No upstream ever sees what was sealed for the client.
        expect(sent).not.toContain('QxRelay1');
        expect(sent).not.toContain('UXhSZWxh');
      }
    }
  },
);

test('the books are sound after all of it', async () => {
  await stack.atRest();
});
