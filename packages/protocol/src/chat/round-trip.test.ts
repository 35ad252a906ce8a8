import { describe, expect, test } from 'vitest';
import { chatCodec } from './index.ts';
import { targetOf } from './testing-values.ts';

type Body = Record<string, unknown>;

const ask = { role: 'user', content: 'x' };

function roundTrip(body: Body, model = 'gpt-4o'): Body {
  const { value } = chatCodec.parseRequest(
    Buffer.from(JSON.stringify({ model: 'asked', messages: [ask], ...body })),
    undefined,
  );
  return JSON.parse(chatCodec.renderRequest(value, targetOf(model)).value);
}

/**
 * Differences that a request of this protocol may have when it is written again: the model is the target's; `system` and `developer` are
 * the target's word for it; leading system texts are one; a lone text is no array; `max_tokens` is the target's word for it, as is
 * `user`; `stream_options.include_usage` is always asked for; `functions` are tools, `function` messages tool messages; arguments that
 * are empty are `{}`; audio of type mpeg is mp3.
 */
describe('what a request says is said again', () => {
  const schema = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };

  test.each<[string, Body]>([
    ['a text', { messages: [ask] }],
    ['an empty text', { messages: [{ role: 'user', content: '' }] }],
    [
      'names',
      {
        messages: [
          { ...ask, name: 'bob' },
          { role: 'assistant', content: 'y' },
          { ...ask, name: 'eve' },
        ],
      },
    ],
    ['a system text in the middle', { messages: [ask, { role: 'system', content: 'be brief' }, ask] }],
    [
      'parts of all kinds',
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'look' },
              { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA', detail: 'low' } },
              { type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
              { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
              { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' } },
              { type: 'file', file: { file_id: 'file-1' } },
              { type: 'of_tomorrow', of_tomorrow: { x: 1 } },
            ],
          },
        ],
      },
    ],
    [
      'calls and their results',
      {
        messages: [
          ask,
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                id: 'a',
                type: 'function',
                function: { name: 'read', arguments: '{"n": 12345678901234567890,\n"n":1}' },
              },
              { id: 'b', type: 'function', function: { name: 'read', arguments: 'not json' } },
            ],
          },
          { role: 'tool', tool_call_id: 'a', content: 'A' },
          { role: 'tool', tool_call_id: 'b', content: '' },
          { role: 'assistant', content: 'done' },
          ask,
        ],
      },
    ],
    ['a refusal', { messages: [ask, { role: 'assistant', content: null, refusal: 'no' }, ask] }],
    ['an audio answer', { messages: [ask, { role: 'assistant', content: null, audio: { id: 'audio_1' } }, ask] }],
    [
      'tools and a forced one',
      {
        tools: [{ type: 'function', function: { name: 'read', description: 'd', parameters: schema, strict: true } }],
        tool_choice: { type: 'function', function: { name: 'read' } },
        parallel_tool_calls: false,
      },
    ],
    [
      'sampling',
      {
        temperature: 1.5,
        top_p: 0.5,
        seed: 3,
        stop: ['a', 'b'],
        presence_penalty: 1,
        frequency_penalty: -1,
        logit_bias: { 5: -100 },
      },
    ],
    [
      'a format',
      { response_format: { type: 'json_schema', json_schema: { name: 'n', description: 'd', schema, strict: true } } },
    ],
    ['JSON', { response_format: { type: 'json_object' } }],
    [
      'fields of its own',
      {
        n: 2,
        logprobs: true,
        top_logprobs: 5,
        modalities: ['text', 'audio'],
        audio: { voice: 'alloy', format: 'wav' },
        prediction: { type: 'content', content: 'x' },
        metadata: { a: 'b' },
        store: true,
        prompt_cache_options: { mode: 'explicit' },
        of_tomorrow: [1, { x: null }],
      },
    ],
    ['hints', { safety_identifier: 'u', prompt_cache_key: 'k', service_tier: 'flex', max_completion_tokens: 5 }],
    ['a stream', { stream: true, stream_options: { include_usage: true } }],
  ])('%s', (_name, body) => {
    expect(roundTrip(body)).toEqual({ messages: [ask], ...body, model: 'gpt-4o' });
  });

  test.each<[string, string, Body]>([
    ['an effort', 'gpt-5.6', { reasoning_effort: 'xhigh', verbosity: 'low' }],
    [
      'cache marks',
      'gpt-5.6',
      {
        messages: [
          { role: 'user', content: [{ type: 'text', text: 'x', prompt_cache_breakpoint: { mode: 'explicit' } }] },
        ],
      },
    ],
    [
      'tools of free text',
      'gpt-5',
      {
        messages: [
          ask,
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'a', type: 'custom', custom: { name: 'patch', input: '*** Begin\n' } }],
          },
          { role: 'tool', tool_call_id: 'a', content: 'ok' },
        ],
        tools: [
          {
            type: 'custom',
            custom: {
              name: 'patch',
              format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'start: "x"' } },
            },
          },
          { type: 'function', function: { name: 'read' } },
        ],
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: {
            mode: 'required',
            tools: [
              { type: 'custom', custom: { name: 'patch' } },
              { type: 'function', function: { name: 'read' } },
            ],
          },
        },
      },
    ],
    ['web search', 'gpt-4o-search-preview', { web_search_options: { search_context_size: 'low' } }],
    ['a switch', 'glm-4.6', { thinking: { type: 'disabled' } }],
    ['a switch with a budget', 'qwen3-max', { enable_thinking: true, thinking_budget: 500, top_k: 20 }],
    [
      'thinking',
      'deepseek-v4-pro',
      { messages: [ask, { role: 'assistant', content: 'y', reasoning_content: 'hm' }, ask] },
    ],
    [
      "Google's signature",
      'gemini-3.8-flash',
      {
        messages: [
          ask,
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                id: 'a',
                type: 'function',
                function: { name: 'read', arguments: '{}' },
                extra_content: { google: { thought_signature: 's' } },
              },
            ],
          },
        ],
      },
    ],
    [
      'signed reasoning',
      'anthropic/claude-opus-5',
      {
        messages: [
          ask,
          {
            role: 'assistant',
            content: 'y',
            reasoning_details: [{ type: 'reasoning.text', text: 'hm', signature: 's' }],
          },
          ask,
        ],
      },
    ],
  ])('%s, to %s', (_name, model, body) => {
    expect(roundTrip(body, model)).toEqual({ messages: [ask], ...body, model });
  });

  test('what came before there were tools is said in their words', () => {
    const body = roundTrip({
      messages: [
        ask,
        { role: 'assistant', content: null, function_call: { name: 'read', arguments: '{}' } },
        { role: 'function', name: 'read', content: 'A' },
      ],
      functions: [{ name: 'read', parameters: { type: 'object', properties: {} } }],
      function_call: { name: 'read' },
    });
    expect(body).toMatchObject({
      messages: [
        ask,
        { tool_calls: [{ id: 'call_1', function: { name: 'read' } }] },
        { role: 'tool', tool_call_id: 'call_1', content: 'A' },
      ],
      tools: [{ type: 'function', function: { name: 'read' } }],
      tool_choice: { type: 'function', function: { name: 'read' } },
    });
  });

  test('leading system and developer texts become one', () => {
    const messages = [
      { role: 'system', content: 'a' },
      { role: 'developer', content: [{ type: 'text', text: 'b' }] },
      ask,
    ];
    expect(roundTrip({ messages })['messages']).toEqual([{ role: 'system', content: 'a\n\nb' }, ask]);
    expect(roundTrip({ messages }, 'gpt-5')['messages']).toEqual([{ role: 'developer', content: 'a\n\nb' }, ask]);
  });

  test('max_tokens and user are said in the words that the target knows', () => {
    expect(roundTrip({ max_tokens: 5, user: 'u' })).toMatchObject({ max_completion_tokens: 5, safety_identifier: 'u' });
    expect(roundTrip({ max_completion_tokens: 5, user: 'u' }, 'deepseek-v4-pro')).toMatchObject({
      max_tokens: 5,
      user: 'u',
    });
  });
});
