import { protocols, RelayError } from '@ai-bridge/domain';
import { describe, expect, test } from 'vitest';
import { foreignExtras } from '../neutral/foreign.ts';
import { chatCodec } from './index.ts';

const ask = { role: 'user', content: 'x' };

function parse(body: unknown) {
  return chatCodec.parseRequest(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), undefined).value;
}

function pathOfError(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof RelayError && error.code === 'invalid_request') return error.detail.path;
    throw error;
  }
  return undefined;
}

describe('what is malformed is refused with its path', () => {
  test.each<[unknown, string]>([
    ['{', 'body'],
    ['[]', 'body'],
    [{ model: 'm' }, 'messages'],
    [{ model: 'm', messages: [] }, 'messages'],
    [{ messages: [ask] }, 'model'],
    [{ model: 'm', messages: ['x'] }, 'messages.0'],
    [{ model: 'm', messages: [{ role: 'robot', content: 'x' }] }, 'messages.0.role'],
    [{ model: 'm', messages: [{ role: 'user', content: 5 }] }, 'messages.0.content'],
    [{ model: 'm', messages: [ask, { role: 'user', content: [{ type: 'text' }] }] }, 'messages.1.content.0.text'],
    [{ model: 'm', messages: [{ role: 'user', content: [{ type: 'image_url' }] }] }, 'messages.0.content.0.image_url'],
    [
      { model: 'm', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: 'data:x' }] }] },
      'messages.0.content.0.image_url.url',
    ],
    [{ model: 'm', messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.tool_call_id'],
    [{ model: 'm', messages: [{ role: 'assistant', tool_calls: [{ id: 'a' }] }] }, 'messages.0.tool_calls.0.function'],
    [
      { model: 'm', messages: [{ role: 'system', content: [{ type: 'image_url', image_url: 'x' }] }] },
      'messages.0.content.0',
    ],
    [{ model: 'm', messages: [ask], temperature: 'hot' }, 'temperature'],
    [{ model: 'm', messages: [ask], stop: [1] }, 'stop.0'],
    [{ model: 'm', messages: [ask], stream: 'yes' }, 'stream'],
    [{ model: 'm', messages: [ask], tools: [{ type: 'function' }] }, 'tools.0.function'],
    [{ model: 'm', messages: [ask], tools: [{ type: 'function', function: {} }] }, 'tools.0.function.name'],
    [{ model: 'm', messages: [ask], logit_bias: { 1: 'x' } }, 'logit_bias.1'],
  ])('%j', (body, path) => {
    expect(pathOfError(() => parse(body))).toBe(path);
  });
});

test('neighbouring tool messages are one turn, and know the names of their tools', () => {
  const call = (id: string, name: string) => ({ id, type: 'function', function: { name, arguments: '{}' } });
  const messages = [
    ask,
    { role: 'assistant', content: null, tool_calls: [call('a', 'read'), call('b', 'list')] },
    { role: 'tool', tool_call_id: 'b', content: 'B' },
    { role: 'tool', tool_call_id: 'a', content: [{ type: 'text', text: 'A' }] },
    ask,
  ];
  const { turns } = parse({ model: 'm', messages });
  expect(turns.map((turn) => turn.role)).toEqual(['user', 'assistant', 'user', 'user']);
  expect(turns[2]?.parts).toMatchObject([
    { kind: 'tool_result', callId: 'b', name: 'list', parts: [{ text: 'B' }], isError: false },
    { kind: 'tool_result', callId: 'a', name: 'read', parts: [{ text: 'A' }] },
  ]);
});

test('system texts before the conversation are the system text, later ones are turns', () => {
  const messages = [
    { role: 'developer', content: 'a' },
    { role: 'system', content: 'b' },
    ask,
    { role: 'system', content: 'c' },
  ];
  const { system, turns } = parse({ model: 'm', messages });
  expect(system.map((part) => part.text)).toEqual(['a', 'b']);
  expect(turns.at(-1)).toEqual({ role: 'system', parts: [{ kind: 'text', text: 'c' }] });
});

test('reasoning_content of a client is thinking without a signature', () => {
  const { turns } = parse({
    model: 'm',
    messages: [ask, { role: 'assistant', content: 'y', reasoning_content: 'hm' }],
  });
  expect(turns[1]?.parts).toEqual([
    { kind: 'thinking', text: 'hm' },
    { kind: 'text', text: 'y' },
  ]);
});

describe('how much to reason', () => {
  test.each<[object, object | undefined]>([
    [{}, undefined],
    [{ reasoning_effort: 'xhigh' }, { effort: 'xhigh' }],
    [{ reasoning_effort: 'auto' }, undefined],
    [{ reasoning: { effort: 'low', exclude: true } }, { effort: 'low', isShown: false }],
    [{ reasoning: { max_tokens: 2000 } }, { budgetTokens: 2000 }],
    [{ thinking: { type: 'disabled' } }, { effort: 'none' }],
    [{ thinking: { type: 'enabled' } }, { budgetTokens: -1 }],
    [{ thinking: { type: 'enabled', budget_tokens: 5000 } }, { budgetTokens: 5000 }],
    [{ enable_thinking: false, thinking_budget: 100 }, { effort: 'none' }],
  ])('%j', (fields, expected) => {
    expect(parse({ model: 'm', messages: [ask], ...fields }).reasoning).toEqual(expected);
  });
});

describe('fields that only this protocol has', () => {
  const fate = (fields: object) => {
    const request = parse({ model: 'm', messages: [ask], ...fields });
    return protocols
      .filter((protocol) => protocol !== 'openai-chat')
      .map(
        (protocol) => pathOfError(() => foreignExtras(request, protocol)) ?? foreignExtras(request, protocol).length,
      );
  };

  test.each<[object, string | number]>([
    [{ n: 2 }, 'n'],
    [{ n: 1 }, 0],
    [{ logprobs: true, top_logprobs: 3 }, 'logprobs'],
    [{ logprobs: false }, 0],
    [{ modalities: ['text'] }, 0],
    [{ modalities: ['text', 'audio'], audio: {} }, 'modalities'],
    [{ response_format: { type: 'grammar', grammar: 'x' } }, 'response_format'],
    [{ tool_choice: { type: 'of_tomorrow' } }, 'tool_choice'],
    [{ metadata: { a: 'b' } }, 1],
    [{ prediction: { type: 'content', content: 'x' } }, 1],
    [{ store: false }, 0],
    [{ of_tomorrow: 1 }, 1],
    [{ of_tomorrow: null }, 0],
  ])('%j elsewhere: %s', (fields, expected) => {
    expect(fate(fields)).toEqual([expected, expected, expected]);
  });
});
