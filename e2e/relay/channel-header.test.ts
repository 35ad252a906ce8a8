import { changeSettings } from '@ai-bridge/catalog';
import { type FakeUpstream, sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, call } from '../support/call.ts';
import { type ChannelConfig, prices, upstreamKey } from '../support/config.ts';
import { drain } from '../support/drain.ts';
import { eventually } from '../support/eventually.ts';
import { channelFigures } from '../support/pairs.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { staffKey } from '../support/staff-key.ts';
import { protocols, requestIn, type SpokenProtocol, spoken } from '../support/upstreams.ts';
import { withPrisma } from '../support/with-prisma.ts';

/** What the product promises: a change holds everywhere within a second. */
const withinMs = 1_000;
const actor = { kind: 'console', userId: 'usr_admin' } as const;

let stack: Stack;
/** Behind the channels that are tried; all others lead to the stack's own. */
let tried: FakeUpstream;
let operator: string;
let support: string;

/** Customers get `any` from the channel `house`. Those on trial are open to a group that no key is in. */
const onTrial = (name: string, protocol: SpokenProtocol, over: Partial<ChannelConfig> = {}): ChannelConfig => ({
  ...{ name, preset: 'custom', protocol, baseUrl: tried.url, apiKey: upstreamKey, allowPrivate: true },
  models: { any: protocol === 'gemini' ? 'gemini-3-pro-preview' : 'any', hidden: 'hidden' },
  groups: ['trial'],
  ...over,
});

beforeAll(async () => {
  tried = await startFakeUpstream();
  stack = await startStack({
    config: (config, upstream) => ({
      ...config,
      groups: [{ id: 'trial' }],
      channels: [
        ...config.channels,
        onTrial('house', 'anthropic-messages', { baseUrl: upstream.url, models: ['any'], groups: ['default'] }),
        ...protocols.map((protocol) => onTrial(spoken[protocol], protocol)),
        onTrial('failing', 'anthropic-messages'),
        onTrial('备用', 'anthropic-messages'),
        onTrial('off', 'anthropic-messages', { enabled: false, groups: ['default'] }),
      ],
      models: [
        ...config.models,
        { id: 'any', price: prices['claude-test'], fallback: ['gpt-test'] },
        { id: 'hidden', price: prices['claude-test'] },
      ],
    }),
  });
  operator = await staffKey(stack, 'operator');
  support = await staffKey(stack, 'support');
});
beforeEach(() => {
  stack.upstream.clear();
  tried.clear();
  tried.behave({});
});
afterAll(async () => {
  await stack.stop();
  await tried.stop();
});

/** What was asked of an upstream for clients: looking whether it lives is our own affair. */
const asked = (upstream: FakeUpstream) => upstream.requests.filter(({ method }) => method === 'POST');
const headers = (key: string, channel?: string) => ({
  authorization: `Bearer ${key}`,
  ...(channel !== undefined && { 'x-bridge-channel': channel }),
});
const ask = (
  key: string,
  channel?: string,
  client: SpokenProtocol = 'anthropic-messages',
  { model = 'any', stream = false } = {},
) => {
  const { path, body } = requestIn(client, model, 'hello', stream);
  // As bytes: Node writes the head of a request with a text behind it as UTF-8, whatever its headers are.
  const bytes = Buffer.from(JSON.stringify(body));
  return call(`${stack.url}${path}`, { headers: headers(key, channel), body: bytes });
};
const errorOf = (answer: Answer) => answer.json<{ error: Record<string, unknown> }>().error;
const endpoints: Record<SpokenProtocol, RegExp> = {
  'anthropic-messages': /^\/v1\/messages$/,
  'openai-chat': /\/chat\/completions$/,
  'openai-responses': /\/responses$/,
  gemini: /:(streamGenerateContent\?alt=sse|generateContent)$/,
};

test('a staff key’s request goes to the channel that it names alone, in every protocol on either side, streamed and whole', async () => {
  for (const client of protocols) {
    for (const channel of protocols) {
      for (const stream of [false, true]) {
        const what = `${client} on ${channel}, stream: ${stream}`;
        tried.clear();
        const answer = await ask(operator, spoken[channel], client, { stream });
        expect([answer.status, answer.headers['x-bridge-model']], what).toEqual([200, 'any']);
        expect(answer.headers['x-bridge-converted'], what).toBe(client === channel ? '0' : '1');
        expect(asked(tried), what).toHaveLength(1);
        expect(asked(tried)[0]?.path, what).toMatch(endpoints[channel]);
        expect(asked(tried)[0]?.headers, what).not.toHaveProperty('x-bridge-channel');
      }
    }
  }
  expect(asked(stack.upstream)).toHaveLength(0);
  expect((await ask(operator)).status).toBe(200);
  expect(asked(stack.upstream)).toHaveLength(1);
});

test('a channel is named by its id as well, and by a name that is not of latin letters', async () => {
  const [row] = await stack.database.query<{ id: string }>(`SELECT id FROM channel WHERE name = '备用'`);
  for (const channel of [row?.id, Buffer.from('备用').toString('latin1')])
    expect((await ask(operator, channel)).status).toBe(200);
  expect([asked(tried).length, asked(stack.upstream).length]).toEqual([2, 0]);
});

test('tokens are counted by the channel that is named, whatever it speaks', async () => {
  const count = (channel: string) =>
    call(`${stack.url}/v1/messages/count_tokens`, {
      headers: headers(operator, channel),
      body: { model: 'any', messages: [{ role: 'user', content: sim({ inputTokens: 77 }) }] },
    });
  for (const protocol of ['anthropic-messages', 'openai-responses', 'gemini'] as const)
    expect((await count(spoken[protocol])).json(), protocol).toEqual({ input_tokens: 77 });
  expect((await count(spoken['openai-chat'])).headers['x-bridge-estimated']).toBe('1');
  expect(asked(tried).map(({ path }) => path)).toEqual([
    '/v1/messages/count_tokens',
    expect.stringMatching(/\/responses\/input_tokens$/),
    expect.stringMatching(/:countTokens$/),
  ]);
  expect(asked(stack.upstream)).toHaveLength(0);
});

test('it is charged as any request is, to the organization of the key', async () => {
  const before = (await stack.atRest()).postedNanoUsd;
  const answer = await ask(operator, spoken['anthropic-messages']);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  const charge = expectedCharge('claude-test', { input: receipt.usage.input, output: receipt.usage.output });
  expect(charge).toBeGreaterThan(0n);
  expect(BigInt(receipt.chargeNanoUsd)).toBe(charge);
  expect(before - (await stack.atRest()).postedNanoUsd).toBe(charge);
});

test('that staff named the channel is written down with the request, for staff', async () => {
  const routeOf = async (answer: Answer) => {
    const requestId = String(answer.headers['x-request-id']);
    await receiptOf(stack, requestId);
    const [row] = await stack.database.query<{ routing: unknown }>('SELECT routing FROM usage_record WHERE id = $1', [
      requestId,
    ]);
    return row?.routing;
  };
  expect(await routeOf(await ask(operator, spoken['anthropic-messages']))).toEqual({ rejected: [], isChosen: true });
  expect(await routeOf(await ask(operator))).toBeNull();
});

test('where it fails nothing else answers, no other model either; ejected, it is tried again for who names it', async () => {
  tried.behave({ status: 500 });
  for (let failure = 0; failure < 5; failure++) {
    const answer = await ask(operator, 'failing');
    expect([answer.status, answer.headers['x-bridge-attempts']]).toEqual([529, '1']);
  }
  expect(asked(tried)).toHaveLength(5);
  await expect.poll(async () => (await channelFigures(stack, 'failing')).state).toBe(2);
  tried.behave({});
  expect((await ask(operator, 'failing')).status).toBe(200);
  expect(asked(stack.upstream)).toHaveLength(0);
});

test('a drained channel is tried by staff, while customers are turned away as ever', async () => {
  await drain(stack, 'anthropic', true);
  const chat = { model: 'claude-test' } as const;
  await eventually(async () => (await ask(stack.key, undefined, 'openai-chat', chat)).status === 503, { withinMs });
  stack.upstream.clear();
  expect((await ask(stack.key, 'anthropic', 'openai-chat', chat)).status).toBe(503);
  expect(asked(stack.upstream)).toHaveLength(0);
  expect((await ask(operator, 'anthropic', 'openai-chat', chat)).status).toBe(200);
  expect(asked(stack.upstream)).toHaveLength(1);
  await drain(stack, 'anthropic', false);
});

test('the header of a customer, and of staff who may not test channels, decides on nothing and tells nothing', async () => {
  /** All of an answer but its id and what is left of limits. */
  const told = ({ status, headers: sent, body }: Answer) => {
    const id = String(sent['x-request-id']);
    const text = body
      .toString()
      .replaceAll(id, 'ID')
      .replace(/msg_\w+/, 'MESSAGE');
    return { status, names: Object.keys(sent).sort(), text: status === 200 ? '' : text };
  };
  for (const key of [stack.key, support]) {
    for (const model of ['any', 'hidden', 'no-such-model']) {
      const plain = told(await ask(key, undefined, 'anthropic-messages', { model }));
      for (const channel of [spoken['anthropic-messages'], 'off', 'no-such', ''])
        expect(told(await ask(key, channel, 'anthropic-messages', { model })), `${model} ${channel}`).toEqual(plain);
    }
  }
  expect(asked(tried)).toHaveLength(0);
  expect(asked(stack.upstream)).toHaveLength(10);
  for (const { headers: sent } of asked(stack.upstream)) expect(sent).not.toHaveProperty('x-bridge-channel');
});

test('a channel that there is not, or that is switched off, is a 400 in the client’s protocol that names the header', async () => {
  for (const channel of ['no-such', 'off', '']) {
    for (const client of protocols) {
      const answer = await ask(operator, channel, client);
      expect([answer.status, String(errorOf(answer)['message'])], `${client} ${channel}`).toEqual([
        400,
        expect.stringMatching(/x-bridge-channel.*no channel that is switched on has this id or name/),
      ]);
    }
  }
  expect(errorOf(await ask(operator, 'off'))).toMatchObject({ type: 'invalid_request_error' });
  expect(errorOf(await ask(operator, 'off', 'openai-chat'))).toMatchObject({ param: 'x-bridge-channel' });
  expect(errorOf(await ask(operator, 'off', 'gemini'))).toMatchObject({ status: 'INVALID_ARGUMENT' });
  expect([asked(tried).length, asked(stack.upstream).length]).toEqual([0, 0]);
});

test('what the channel cannot take is a 400 with the reason, though another channel could', async () => {
  const post = (path: string, channel: string, body: object) =>
    call(`${stack.url}${path}`, { headers: headers(operator, channel), body });
  const chat = { messages: [{ role: 'user', content: 'hello' }] };
  const refusals = [
    await post('/v1/chat/completions', spoken['openai-chat'], { model: 'gpt-test', ...chat }),
    await post('/v1/embeddings', spoken['anthropic-messages'], { model: 'any', input: 'hello' }),
    await post('/v1/openai/chat/completions', spoken['openai-chat'], { model: 'any', ...chat }),
    await post('/v1/chat/completions', spoken['anthropic-messages'], { model: 'any', ...chat, n: 3 }),
  ];
  expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  const [unserved, unspoken, foreign, field] = refusals.map(errorOf);
  expect(unserved).toMatchObject({ param: 'x-bridge-channel', message: expect.stringContaining('gpt-test') });
  expect(unspoken).toMatchObject({ message: expect.stringContaining('does not speak openai-chat') });
  expect(foreign).toMatchObject({ message: expect.stringContaining('is not a channel of openai') });
  expect(field).toMatchObject({ param: 'n' });
  expect([asked(tried).length, asked(stack.upstream).length]).toEqual([0, 0]);
  const own = await post('/v1/openai/chat/completions', 'openai', { model: 'gpt-test', ...chat });
  expect([own.status, asked(stack.upstream).length]).toEqual([200, 1]);
});

test('where the site demands a second factor of staff, a key of who has none is a customer’s', async () => {
  const demand = (requireTwoFactorForStaff: boolean) =>
    withPrisma(stack, (prisma) => changeSettings(prisma, { requireTwoFactorForStaff }, actor));
  await demand(true);
  await eventually(async () => (await ask(operator, 'no-such')).status === 200, { withinMs });
  expect(asked(tried)).toHaveLength(0);
  await demand(false);
  await eventually(async () => (await ask(operator, 'no-such')).status === 400, { withinMs });
});
