import { freePort } from '@ai-bridge/dev';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { type ChannelConfig, organization, prices, upstreamKey } from '../support/config.ts';
import { earnRetries } from '../support/pairs.ts';
import { anthropicHeaders, bearer } from '../support/prompts.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const strictKey = 'ab-imported-strict-key-0001';
const poorKey = 'ab-imported-poor-key-00001';

let stack: Stack;
let others: FakeUpstream;
beforeAll(async () => {
  others = await startFakeUpstream();
  const dead = `http://127.0.0.1:${await freePort()}`;
  const channel = (name: string, preset: string, baseUrl: string, models: ChannelConfig['models']): ChannelConfig => {
    return { name, preset, baseUrl, apiKey: upstreamKey, allowPrivate: true, models };
  };
  stack = await startStack({
    config: (config, upstream) => ({
      ...config,
      channels: [
        channel('anthropic', 'anthropic', dead, ['claude-test']),
        channel('sibling', 'anthropic', others.url, { 'claude-sibling': 'claude-haiku-4-5' }),
        channel('openai', 'openai', others.url, { 'gpt-test': 'gpt-4o-2024-08-06' }),
        channel('gemini', 'gemini', others.url, ['gemini-test']),
        channel('openai-sibling', 'openai', dead, ['gpt-down']),
        // Only for earning failovers.
        channel('quiet', 'openai', upstream.url, ['exact-test']),
      ],
      models: [
        { id: 'claude-test', price: prices['claude-test'], fallback: ['gpt-test', 'gemini-test'] },
        { id: 'claude-sibling', price: prices['claude-test'], fallback: [] },
        { id: 'claude-down', price: prices['claude-test'], fallback: ['claude-sibling'] },
        { id: 'gpt-test', price: prices['gpt-test'], fallback: [] },
        { id: 'gpt-down', price: prices['gpt-test'], fallback: ['gpt-test'] },
        { id: 'gemini-test', price: prices['gemini-test'], fallback: [] },
        { id: 'exact-test', price: prices['exact-test'], fallback: [] },
      ],
      organizations: [
        ...config.organizations,
        organization('strict', 1_000_000, { secret: strictKey, fallback: false }),
        organization('poor', 100, { secret: poorKey }),
      ],
    }),
  });
  const rows = `UPDATE channel SET models = models || '{"claude-down":"claude-down"}' WHERE name = 'anthropic'`;
  await stack.database.query(rows);
});
beforeEach(async () => {
  others.behave({});
  await earnRetries(stack, 6);
  others.clear();
});
afterAll(async () => {
  await others.stop();
  await stack.stop();
});

const ask = (more: object = {}, headers: Record<string, string> = {}) =>
  call(`${stack.url}/v1/messages`, {
    headers: { ...anthropicHeaders(stack), ...headers },
    body: { model: 'claude-test', max_tokens: 100, messages: [{ role: 'user', content: 'hello' }], ...more },
  });

test.each([false, true])(
  'when Claude is down, GPT answers in its place, says so, and is charged at its own price (stream: %s)',
  async (stream) => {
    const answer = await ask({ stream });
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      'x-bridge-model': 'gpt-test',
      'x-bridge-provider': 'openai',
      'x-bridge-converted': '1',
    });
    expect(answer.body.toString()).toContain('"model":"gpt-test"');
    expect(others.requests.map(({ json }) => json['model'])).toEqual(['gpt-4o-2024-08-06']);
    const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
    expect(receipt.model).toEqual({ requested: 'claude-test', used: 'gpt-test' });
    expect(receipt.attempts.at(-1)).toMatchObject({ provider: 'openai', paidBy: 'customer' });
    expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge('gpt-test', { input: 10, output: 5 }));
  },
);

test('when GPT is down too, Gemini answers', async () => {
  await stack.database.query(`UPDATE channel SET base_url = base_url || '/gone' WHERE name = 'openai'`);
  others.behave({ status: 500 });
  expect((await ask()).status).toBe(529);
  expect(others.requests.map(({ path }) => path.includes(':generateContent'))).toEqual([false, true]);
  others.behave({});
  await stack.database.query(`UPDATE channel SET enabled = false WHERE name = 'openai'`);
  await expect.poll(async () => (await ask()).headers['x-bridge-model']).toBe('gemini-test');
  const answer = await ask();
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge('gemini-test', { input: 10, output: 5 }));
  const back = `UPDATE channel SET enabled = true, base_url = replace(base_url, '/gone', '') WHERE name = 'openai'`;
  await stack.database.query(back);
  await expect.poll(async () => (await ask()).headers['x-bridge-model']).toBe('gpt-test');
});

test('a model of the same protocol names itself and its provider too, under the ids that customers know', async () => {
  const body = { model: 'gpt-down', messages: [{ role: 'user', content: 'hello' }] };
  const answer = await call(`${stack.url}/v1/chat/completions`, { headers: bearer(stack), body });
  expect(answer.json()).toMatchObject({ model: 'gpt-test', provider: 'openai', object: 'chat.completion' });
  const streamed = await call(`${stack.url}/v1/chat/completions`, {
    headers: bearer(stack),
    body: { ...body, stream: true },
  });
  const chunks = streamed.body
    .toString()
    .split('\n\n')
    .filter((text) => text.startsWith('data: {'));
  expect(chunks.length).toBeGreaterThan(3);
  for (const chunk of chunks)
    expect(JSON.parse(chunk.slice(6))).toMatchObject({ model: 'gpt-test', provider: 'openai' });
  const responses = { model: 'gpt-down', input: 'hello' };
  const answered = await call(`${stack.url}/v1/responses`, { headers: bearer(stack), body: responses });
  expect(answered.json()).toMatchObject({ model: 'gpt-test', provider: 'openai', object: 'response' });
});

test('thinking that the first model signed does not go to another one, and the receipt says so', async () => {
  const thinking = { type: 'thinking', thinking: 'hm', signature: 'CANARY-SIGNATURE' };
  const messages = [
    { role: 'user', content: 'hello' },
    { role: 'assistant', content: [thinking, { type: 'text', text: 'hi' }] },
    { role: 'user', content: 'and now?' },
  ];
  const answer = await ask({ model: 'claude-down', messages }, { 'anthropic-beta': 'some-beta' });
  expect(answer.headers['x-bridge-model']).toBe('claude-sibling');
  expect(answer.json()).toMatchObject({ model: 'claude-sibling', type: 'message' });
  const [sent] = others.requests;
  expect(sent!.json['model']).toBe('claude-haiku-4-5');
  expect(sent!.headers['anthropic-beta']).toBe('some-beta');
  expect(sent!.body.toString()).not.toContain('CANARY-SIGNATURE');
  expect(sent!.body.toString()).toContain('and now?');
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(receipt.losses.length).toBeGreaterThan(0);
});

test('what only the first model’s provider can do is not made up by another one', async () => {
  const answer = await ask({ mcp_servers: [{ type: 'url', url: 'https://example.com', name: 'x' }] });
  expect(answer.status).toBe(529);
  expect(others.requests).toHaveLength(0);
});

test.each([
  ['the request’s header', () => ask({}, { 'x-bridge-fallback': 'OFF' })],
  ['a strict key', () => ask({}, { 'x-api-key': strictKey })],
])('%s keeps the model', async (_, send) => {
  const answer = await send();
  expect(answer.status).toBe(529);
  expect(others.requests).toHaveLength(0);
});

test('the site keeps the model for everybody', async () => {
  await stack.database.query(`INSERT INTO setting (key, value) VALUES ('crossModelFallback', 'false')`);
  await expect.poll(async () => (await ask()).status).toBe(529);
  await stack.database.query(`DELETE FROM setting WHERE key = 'crossModelFallback'`);
  await expect.poll(async () => (await ask()).status).toBe(200);
});

test('a balance that the dearer model would exceed is not overdrawn by a fallback', async () => {
  await stack.database.query(`UPDATE model SET fallback = '{claude-sibling}' WHERE id = 'gpt-down'`);
  const body = { model: 'gpt-down', max_tokens: 40, messages: [{ role: 'user', content: 'hello' }] };
  const headers = { authorization: `Bearer ${poorKey}` };
  await expect
    .poll(async () => {
      others.clear();
      const answer = await call(`${stack.url}/v1/chat/completions`, { headers, body });
      return [answer.status, others.requests.length];
    })
    .toEqual([503, 0]);
  // Whose balance holds it gets the dearer model's answer, at its price.
  const answer = await call(`${stack.url}/v1/chat/completions`, { headers: bearer(stack), body });
  expect(answer.json()).toMatchObject({ model: 'claude-sibling', provider: 'anthropic' });
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge('claude-test', { input: 10, output: 5 }));
  await stack.atRest();
});
