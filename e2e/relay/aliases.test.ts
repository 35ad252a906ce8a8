import { sim } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { anthropicHeaders, bearer, messages } from '../support/prompts.ts';
import { expectedCharge, receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const otherNames = { 'claude-test': 'claude-latest', 'gpt-test': 'claude-gpt', 'gemini-test': 'flash' } as const;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    config: (config) => ({
      ...config,
      models: config.models.map((model) => {
        const alias = (otherNames as Record<string, string>)[model.id];
        return alias === undefined ? model : { ...model, aliases: [alias] };
      }),
    }),
  });
});
afterAll(() => stack.stop());

const content = `hello ${sim({ inputTokens: 40, chunks: 3 })}`;
const hello = { messages: [{ role: 'user', content }], max_tokens: 100 };
const gemini = { contents: [{ role: 'user', parts: [{ text: content }] }] };

test.each([
  ['claude-test', '/v1/messages', { ...hello, model: 'claude-latest' }],
  ['claude-test', '/v1/chat/completions', { ...hello, model: 'claude-latest' }],
  ['gpt-test', '/v1/chat/completions', { ...hello, model: 'claude-gpt' }],
  ['gpt-test', '/v1/messages', { ...hello, model: 'claude-gpt' }],
  ['gpt-test', '/v1/responses', { model: 'claude-gpt', input: content }],
  ['gemini-test', '/v1beta/models/flash:generateContent', gemini],
] as const)('%s answers under its other name on %s, and the receipt has both', async (model, path, body) => {
  const answer = await call(`${stack.url}${path}`, { headers: { ...bearer(stack), 'anthropic-version': 'x' }, body });
  expect([answer.status, answer.headers['x-bridge-model']]).toEqual([200, model]);
  const seen = stack.upstream.requests.at(-1);
  expect(seen?.json['model'] ?? /models\/([^:]+):/.exec(seen?.path ?? '')?.[1]).toBe(model);
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(receipt.model).toEqual({ requested: otherNames[model], used: model });
  expect(BigInt(receipt.chargeNanoUsd)).toBe(expectedCharge(model, receipt.usage));
});

test('tokens are counted under another name', async () => {
  const { max_tokens: _, ...body } = messages({ inputTokens: 77 }, { model: 'claude-latest' });
  const answer = await call(`${stack.url}/v1/messages/count_tokens`, { headers: anthropicHeaders(stack), body });
  expect(answer.json()).toMatchObject({ input_tokens: 77 });
});

test('other names are listed after the models, and can be asked for by themselves', async () => {
  const list = async (path: string) => (await call(`${stack.url}${path}`, { headers: bearer(stack) })).json();
  const { data } = (await list('/v1/models')) as unknown as { data: { id: string }[] };
  const ids = data.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['claude-test', ...Object.values(otherNames)]));
  expect(await list('/v1/models/claude-gpt')).toMatchObject({ id: 'claude-gpt' });
});
