import { describe, expect, test } from 'vitest';
import { foreignExtras } from '../neutral/foreign.ts';
import { parse, pathOf, render, target } from './request.fixture.ts';

/** What every model under test takes. */
const model = 'claude-sonnet-4-5';
const call = { type: 'tool_use', id: 'toolu_1', name: 'f', input: { q: 1 } };
const result = { type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'found' }] };
const user = (...content: unknown[]) => ({ role: 'user', content });
const assistant = (...content: unknown[]) => ({ role: 'assistant', content });
const text = (said: string) => ({ type: 'text', text: said });

function again(body: Record<string, unknown>, to = model) {
  const parsed = parse({ model: to, max_tokens: 100, ...body });
  expect(parsed.losses).toEqual([]);
  const { body: rendered, lost } = render(parsed.value, target(to));
  expect(lost).toEqual([]);
  return rendered;
}

/*
 * Allowed differences: a string as content is a block of text; `false` flags that are the default, `caller: direct` and null fields are not
 * written; neighbours of the same role are one message; blank text is gone.
 */
describe('a request that was parsed and rendered for the same protocol is the same', () => {
  test.each<[string, Record<string, unknown>]>([
    ['text and system', { messages: [user(text('hi'))], system: [text('be kind')], stream: true }],
    ['sampling', { messages: [user(text('hi'))], temperature: 0.5, top_k: 4, stop_sequences: ['X'] }],
    [
      'cache marks',
      {
        messages: [user({ ...text('hi'), cache_control: { type: 'ephemeral' } })],
        system: [{ ...text('a'), cache_control: { type: 'ephemeral', ttl: '1h' } }],
        tools: [
          { name: 'f', input_schema: { type: 'object' }, cache_control: { type: 'ephemeral', ttl: '1h' } },
          { type: 'bash_20250124', name: 'bash', cache_control: { type: 'ephemeral', ttl: '1h' } },
        ],
      },
    ],
    ['the whole-request cache mark', { messages: [user(text('hi'))], cache_control: { type: 'ephemeral', ttl: '1h' } }],
    [
      'media',
      {
        messages: [
          user(
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'QUJD' } },
            { type: 'image', source: { type: 'url', url: 'https://x/y.png' } },
            { type: 'image', source: { type: 'file', file_id: 'file_1' } },
            { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'QUJD' }, title: 'T' },
            { type: 'document', source: { type: 'url', url: 'https://x/y.pdf' }, citations: { enabled: true } },
            { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'words' }, context: 'C' },
            { type: 'document', source: { type: 'content', content: [text('chunk')] } },
            {
              type: 'search_result',
              source: 's',
              title: 't',
              content: [text('r')],
              cache_control: { type: 'ephemeral' },
            },
          ),
        ],
      },
    ],
    [
      'tools and their choice',
      {
        messages: [user(text('hi'))],
        tools: [
          {
            name: 'f',
            description: 'does',
            input_schema: { type: 'object', properties: { q: { type: 'integer', minimum: 1 } } },
            strict: true,
            input_examples: [{ q: 1 }],
            eager_input_streaming: true,
          },
          {
            type: 'web_search_20260209',
            name: 'web_search',
            max_uses: 3,
            user_location: { type: 'approximate', city: 'Oslo' },
          },
          { type: 'code_execution_20260521', name: 'code_execution' },
        ],
        tool_choice: { type: 'tool', name: 'f', disable_parallel_tool_use: true },
      },
    ],
    [
      'a conversation with tools, thinking and citations',
      {
        thinking: { type: 'enabled', budget_tokens: 5000 },
        max_tokens: 9000,
        messages: [
          user(text('hi')),
          assistant(
            { type: 'thinking', thinking: 'hm', signature: 'SIG' },
            { type: 'redacted_thinking', data: 'RED' },
            { ...text('it says'), citations: [{ type: 'char_location', cited_text: 'so' }] },
            call,
          ),
          user({ ...result, is_error: true }, text('go on')),
        ],
      },
    ],
    [
      'calls of toolsets and of server tools',
      {
        messages: [
          user(text('hi')),
          assistant(
            { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'q' } },
            { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
            { ...call, toolset_name: 'computer' },
          ),
          user({ ...result, toolset_name: 'computer', content: [{ type: 'browser_state', x: 1 }] }),
        ],
      },
    ],
    [
      'fields that only Anthropic knows',
      {
        messages: [user(text('hi'))],
        metadata: { user_id: 'u', other: 1 },
        container: 'c_1',
        context_management: { edits: [] },
        service_tier: 'standard_only',
        inference_geo: 'us',
      },
    ],
  ])('%s', (_, body) => {
    expect(again(body)).toEqual({ model, max_tokens: 100, ...body });
  });

  test.each<[string, string, Record<string, unknown>]>([
    [
      'thinking off with an effort',
      'claude-opus-5',
      { thinking: { type: 'disabled' }, output_config: { effort: 'high' } },
    ],
    ['an effort without thinking', 'claude-opus-4-7', { output_config: { effort: 'xhigh' } }],
    ['thinking that is not shown', 'claude-opus-5-5', { thinking: { type: 'adaptive', display: 'omitted' } }],
    ['thinking between tools', 'claude-sonnet-5-5', { thinking: { type: 'between_tools' } }],
    [
      'a format and a budget for the task',
      'claude-opus-5',
      {
        output_config: {
          task_budget: { type: 'tokens', total: 9 },
          format: { type: 'json_schema', schema: { type: 'object' } },
        },
      },
    ],
  ])('%s', (_, to, body) => {
    const messages = [user(text('hi'))];
    expect(again({ ...body, messages }, to)).toEqual({ model: to, max_tokens: 100, ...body, messages });
  });

  test('what Claude Code sends is not refused for other providers, and what clears results is', () => {
    const body = {
      model,
      messages: [user(text('hi'))],
      thinking: { type: 'adaptive' },
      output_config: { effort: 'high' },
      tools: [{ name: 'f', input_schema: { type: 'object' }, eager_input_streaming: true }],
    };
    const losses = (edit: string) =>
      foreignExtras(parse({ ...body, context_management: { edits: [{ type: edit }] } }).value, 'openai-chat');
    expect(losses('clear_thinking_20251015')).toEqual([]);
    expect(pathOf(() => losses('clear_tool_uses_20250919'))).toBe('context_management');
  });

  test('numbers beyond 2^53 in inputs keep their digits', () => {
    const input = '{"id":12345678901234567890,"deep":[{"n":-98765432109876543210}],"s":"12345678901234567890"}';
    const body = `{"model":"m","max_tokens":5,"temperature":0.30000000000000004,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"tool_use","id":"a","name":"f","input":${input}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"a"}]}]}`;
    expect(render(parse(body).value, target(model)).text).toContain(`"input":${input}`);
  });
});
