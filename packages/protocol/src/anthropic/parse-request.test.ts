import { describe, expect, test } from 'vitest';
import { sealSignature } from '../neutral/signature.ts';
import { slotText } from './encode-block.ts';
import { parse, pathOf } from './request.fixture.ts';

const base = { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'hi' }] };
const parsed = (some: object) => parse({ ...base, ...some }).value;
const assistant = (...content: unknown[]) => ({ messages: [...base.messages, { role: 'assistant', content }] });

test('fields have their neutral names', () => {
  const { value, losses } = parse({
    ...base,
    system: 'be kind',
    stream: true,
    temperature: 0.5,
    top_p: 0.9,
    top_k: 4,
    stop_sequences: ['X'],
    metadata: { user_id: 'u' },
    service_tier: 'auto',
    cache_control: { type: 'ephemeral', ttl: '1h' },
    tool_choice: { type: 'any', disable_parallel_tool_use: true },
    output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
    tools: [
      { name: 'f', input_schema: { type: 'object' }, strict: true },
      {
        type: 'web_search_20250305',
        name: 'web_search',
        allowed_domains: ['a.b'],
        user_location: { type: 'approximate', city: 'Oslo', region: null },
      },
    ],
  });
  expect(losses).toEqual([]);
  expect(value).toMatchObject({
    model: 'm',
    stream: true,
    system: [{ kind: 'text', text: 'be kind' }],
    turns: [{ role: 'user', parts: [{ kind: 'text', text: 'hi' }] }],
    maxOutputTokens: 100,
    sampling: { temperature: 0.5, topP: 0.9, topK: 4, stop: ['X'] },
    user: 'u',
    serviceTier: 'auto',
    cache: '1h',
    toolChoice: { kind: 'any' },
    parallelToolCalls: false,
    format: { kind: 'schema', schema: { type: 'object' } },
    tools: [
      { kind: 'function', name: 'f', isStrict: true },
      { kind: 'web_search', allowedDomains: ['a.b'], location: { city: 'Oslo' } },
    ],
  });
});

test.each([
  [{ thinking: { type: 'disabled' } }, { effort: 'none' }],
  [{ thinking: { type: 'between_tools' } }, { effort: 'none' }],
  [{ thinking: { type: 'enabled', budget_tokens: 5000 } }, { budgetTokens: 5000, isShown: true }],
  [{ thinking: { type: 'adaptive', display: 'omitted' } }, { isShown: false }],
  [
    { thinking: { type: 'adaptive' }, output_config: { effort: 'max' } },
    { effort: 'max', isShown: true },
  ],
  [{ output_config: { effort: 'low' } }, { effort: 'low' }],
  [{}, undefined],
])('%j is reasoning %j', (body, reasoning) => {
  expect(parsed(body).reasoning).toEqual(reasoning);
});

test('max_tokens 0, which only warms the cache, is told; a missing one is not said', () => {
  expect(parsed({ max_tokens: 0 }).maxOutputTokens).toBe(0);
  expect(parsed({ max_tokens: undefined }).maxOutputTokens).toBeUndefined();
});

describe('signatures', () => {
  const thinking = (signature: string) =>
    parsed(assistant({ type: 'thinking', thinking: 'hm', signature })).turns[1]?.parts[0];

  test('Anthropic’s own come from nobody knows which account', () => {
    const origin = { protocol: 'anthropic-messages', channelId: undefined, model: undefined };
    expect(thinking('SIG')).toMatchObject({ signature: { origin, blob: 'SIG' } });
  });

  test('sealed ones are opened, in thinking and in redacted thinking', () => {
    const signature = { origin: { protocol: 'openai-responses', channelId: 'c', model: 'm' }, blob: 'B' } as const;
    expect(thinking(sealSignature(signature))).toMatchObject({ signature });
    const redacted = parsed(assistant({ type: 'redacted_thinking', data: sealSignature(signature) }));
    expect(redacted.turns[1]?.parts[0]).toEqual({ kind: 'thinking', text: '', isRedacted: true, signature });
  });

  test('the stand-in that the encoder writes where there is none is none', () => {
    expect(thinking(slotText(undefined))).toEqual({ kind: 'thinking', text: 'hm', signature: undefined });
  });
});

test('blocks that only Anthropic knows are kept whole', () => {
  const blocks = [
    { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
    { type: 'tool_use', id: 't', name: 'click', input: {}, toolset_name: 'computer' },
    { type: 'block_of_tomorrow', x: 1, cache_control: { type: 'ephemeral' } },
  ];
  expect(parsed(assistant(...blocks)).turns[1]?.parts).toEqual(
    blocks.map((value, index) => ({
      kind: 'opaque',
      protocol: 'anthropic-messages',
      name: value.type,
      value,
      cache: index === 2 ? '5m' : undefined,
    })),
  );
});

test('unknown fields never fail: on top they are extras, in blocks one loss of a kind', () => {
  const content = [
    { type: 'text', text: 'a', novelty: 1 },
    { type: 'text', text: 'b', novelty: 2 },
  ];
  const { value, losses } = parse({ ...base, messages: [{ role: 'user', content, clear_at: 1 }], container: 'c' });
  expect(value.extras).toEqual({ protocol: 'anthropic-messages', fields: { container: 'c' } });
  expect(losses.map(({ path }) => path)).toEqual(['messages.0.clear_at', 'messages.0.content.0.novelty']);
});

test.each<[unknown, string]>([
  ['{', ''],
  ['[]', ''],
  [{ ...base, model: 5 }, 'model'],
  [{ ...base, messages: undefined }, 'messages'],
  [{ ...base, messages: {} }, 'messages'],
  [{ ...base, max_tokens: '5' }, 'max_tokens'],
  [{ ...base, stream: 'yes' }, 'stream'],
  [{ ...base, system: [{ type: 'image', source: { type: 'url', url: 'x' } }] }, 'system.0.type'],
  [{ ...base, messages: [{ role: 'tool', content: 'x' }] }, 'messages.0.role'],
  [{ ...base, messages: [{ role: 'user' }] }, 'messages.0.content'],
  [{ ...base, messages: [{ role: 'user', content: [{ text: 'x' }] }] }, 'messages.0.content.0.type'],
  [{ ...base, messages: [{ role: 'user', content: [{ type: 'text', text: 5 }] }] }, 'messages.0.content.0.text'],
  [{ ...base, ...assistant({ type: 'tool_use', name: 'f' }) }, 'messages.1.content.0.id'],
  [{ ...base, thinking: { type: 'enabled' } }, 'thinking.budget_tokens'],
  [{ ...base, output_config: { effort: 'huge' } }, 'output_config.effort'],
  [{ ...base, tool_choice: { type: 'some' } }, 'tool_choice.type'],
  [{ ...base, tools: [{ input_schema: {} }] }, 'tools.0.name'],
  [{ ...base, stop_sequences: [1] }, 'stop_sequences.0'],
])('a malformed field is a 400 with its path: %j', (body, path) => {
  expect(pathOf(() => parse(body))).toBe(path);
});
