import { RelayError } from '@ai-bridge/domain';
import { describe, expect, test } from 'vitest';
import type { NeutralRequest } from '../neutral/request.ts';
import { responsesCodec } from './index.ts';
import { parsed, upstream } from './test-kit.ts';

const home = { origin: upstream, maxOutputTokens: 50_000 };
const hello: NeutralRequest = {
  model: 'x',
  stream: true,
  system: [],
  turns: [{ role: 'user', parts: [{ kind: 'text', text: 'hi' }] }],
  tools: [],
  sampling: {},
};

function render(request: Partial<NeutralRequest>, model = 'gpt-5') {
  const { value, losses } = responsesCodec.renderRequest(
    { ...hello, ...request },
    { ...home, origin: { ...upstream, model } },
  );
  return { body: JSON.parse(value), losses };
}

const lost = (request: Partial<NeutralRequest>, model?: string) =>
  render(request, model).losses.map(({ path }) => path);

function refusedPath(request: Partial<NeutralRequest>): string | undefined {
  try {
    render(request);
  } catch (error) {
    if (error instanceof RelayError && error.code === 'invalid_request') return error.detail.path;
    throw error;
  }
  return undefined;
}

describe('a request of this protocol', () => {
  const parameters = { type: 'object', properties: {}, additionalProperties: false };
  const input = [
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'be kind' }] },
    {
      type: 'message',
      role: 'user',
      content: [
        { type: 'input_text', text: 'look', prompt_cache_breakpoint: { mode: 'explicit' } },
        { type: 'input_image', detail: 'low', image_url: 'data:image/png;base64,AAAA' },
        { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,BBBB' },
        { type: 'input_file', file_id: 'file-1' },
        { type: 'input_audio', input_audio: { data: 'CCCC', format: 'wav' } },
        { type: 'input_new', x: 1 },
      ],
    },
    { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }], encrypted_content: 'blob' },
    { type: 'message', role: 'assistant', phase: 'commentary', content: [{ type: 'output_text', text: 'one' }] },
    {
      type: 'message',
      role: 'assistant',
      phase: 'final_answer',
      content: [
        { type: 'output_text', text: 'two' },
        { type: 'refusal', refusal: 'no' },
      ],
    },
    { type: 'web_search_call', id: 'ws', status: 'completed' },
    { type: 'function_call', call_id: '1', name: 'click', namespace: 'mcp', arguments: '{"n":12345678901234567890}' },
    { type: 'custom_tool_call', call_id: '2', name: 'patch', input: '***' },
    {
      type: 'function_call_output',
      call_id: '1',
      output: [
        { type: 'input_image', detail: 'auto', image_url: 'https://a/b' },
        { type: 'input_text', text: 't' },
      ],
    },
    { type: 'custom_tool_call_output', call_id: '2', output: 'done' },
    { type: 'item_reference', id: 'i' },
    { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'now hurry' }] },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'go' }] },
  ];
  const body = {
    model: 'gpt-5',
    stream: false,
    instructions: 'help',
    input,
    store: true,
    include: ['web_search_call.results'],
    metadata: { a: 'b' },
    previous_response_id: 'resp_0',
    temperature: 0.5,
    top_p: 1,
    max_output_tokens: 5,
    user: 'u',
    service_tier: 'flex',
    prompt_cache_key: 'k',
    truncation: 'auto',
    parallel_tool_calls: true,
    background: false,
    'odd.field': 1,
    reasoning: { effort: 'xhigh', summary: 'detailed', context: 'auto' },
    text: { verbosity: 'low', format: { type: 'json_schema', name: 'n', description: 'd', schema: parameters } },
    tool_choice: {
      type: 'allowed_tools',
      mode: 'auto',
      tools: [{ type: 'function', name: 'f' }, { type: 'web_search' }],
    },
    tools: [
      { type: 'function', name: 'f', description: 'd', parameters, defer_loading: true },
      { type: 'function', name: 'g', parameters: null, strict: true },
      { type: 'custom', name: 'patch', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
      {
        type: 'namespace',
        name: 'mcp',
        description: 'm',
        tools: [{ type: 'function', name: 'click', parameters, strict: false }],
      },
      { type: 'web_search', search_context_size: 'low' },
      { type: 'mcp', server_label: 's', server_url: 'https://s' },
    ],
  };

  test('is written as it was said', () => {
    const { value, losses } = responsesCodec.renderRequest(parsed(body), home);
    expect(JSON.parse(value)).toEqual(body);
    expect(losses).toEqual([]);
  });

  /**
   * The differences that are allowed: a string input is a user message, strings of content are lists of parts, `system` is `developer`,
   * ids and states of items and log probabilities of earlier answers are left out, parts of one summary are joined, neighbouring assistant
   * messages of one phase are one, leading developer messages have one part each, an image says its `detail`, nulls are left out.
   */
  test.each([
    [{ input: 'hi' }, { input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }] }],
    [
      { input: [{ role: 'system', content: 'x' }] },
      { input: [{ type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'x' }] }] },
    ],
    [
      {
        input: [
          {
            id: 'msg',
            type: 'message',
            status: 'completed',
            role: 'assistant',
            content: [{ type: 'output_text', text: 'a', annotations: [], logprobs: [] }],
          },
        ],
      },
      { input: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'a' }] }] },
    ],
    [
      {
        input: [
          {
            type: 'reasoning',
            id: 'rs',
            summary: [
              { type: 'summary_text', text: 'a' },
              { type: 'summary_text', text: 'b' },
            ],
            content: null,
            encrypted_content: 'x',
          },
        ],
      },
      { input: [{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'a\n\nb' }], encrypted_content: 'x' }] },
    ],
    [
      { input: [], safety_identifier: 's', user: 'u' },
      { input: [], safety_identifier: 's', user: 'u' },
    ],
    [{ input: [], reasoning: null, text: null, tools: null }, { input: [] }],
  ])('may differ in form only: %j', (before, after) => {
    const { value } = responsesCodec.renderRequest(parsed(before), home);
    expect(JSON.parse(value)).toEqual({ model: 'gpt-5', stream: false, ...after });
  });

  test('reasoning that nobody sealed is not sent back', () => {
    const request = parsed({ input: [{ type: 'reasoning', summary: [{ type: 'summary_text', text: 'a' }] }] });
    const { value, losses } = responsesCodec.renderRequest(request, home);
    expect(JSON.parse(value).input).toEqual([]);
    expect(losses).toHaveLength(1);
  });
});

describe('a request of another protocol', () => {
  test('is not stored, and asks for sealed reasoning where there is any', () => {
    expect(render({}).body).toEqual({
      model: 'gpt-5',
      stream: true,
      store: false,
      include: ['reasoning.encrypted_content'],
      input: [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }],
    });
    expect(render({}, 'gpt-4o').body).not.toHaveProperty('include');
  });

  test('has one text of the system as instructions, several as messages', () => {
    const text = (value: string) => ({ kind: 'text', text: value }) as const;
    expect(render({ system: [text('a')] }).body['instructions']).toBe('a');
    const { body } = render({ system: [text('a'), text('b')] });
    expect(body).not.toHaveProperty('instructions');
    expect(body['input'].map(({ role }: { role: string }) => role)).toEqual(['developer', 'developer', 'user']);
  });

  test('has tools that are not strict unless they were said to be, with properties and names that are taken', () => {
    const long = `mcp__${'x'.repeat(80)}`;
    const { body } = render({
      tools: [
        { kind: 'function', name: long },
        { kind: 'function', name: 'b', schema: { type: 'object', properties: { a: {} } }, isStrict: true },
        { kind: 'freeform', name: 'c', format: { type: 'grammar', grammar: { syntax: 'lark', definition: 'd' } } },
        {
          kind: 'web_search',
          allowedDomains: ['a.b'],
          location: { country: 'DE' },
          protocol: 'anthropic-messages',
          value: {},
        },
      ],
      toolChoice: { kind: 'tool', name: long },
    });
    const name = body['tools'][0].name;
    expect(name).toMatch(/^[\w-]{1,64}$/);
    expect(body['tools']).toEqual([
      { type: 'function', name, parameters: { type: 'object', properties: {} }, strict: false },
      { type: 'function', name: 'b', parameters: { type: 'object', properties: { a: {} } }, strict: true },
      { type: 'custom', name: 'c', format: { type: 'grammar', syntax: 'lark', definition: 'd' } },
      {
        type: 'web_search',
        filters: { allowed_domains: ['a.b'] },
        user_location: { type: 'approximate', country: 'DE' },
      },
    ]);
    expect(body['tool_choice']).toEqual({ type: 'function', name });
  });

  test('keeps pictures in the results of tools, and tells of errors in words', () => {
    const callId = `toolu_${'1'.repeat(70)}`;
    const { body } = render({
      turns: [
        {
          role: 'assistant',
          parts: [
            { kind: 'tool_call', id: callId, name: 'f', form: 'json', input: '' },
            { kind: 'tool_call', id: 'b', name: 'g', form: 'text', input: 'x' },
          ],
        },
        {
          role: 'user',
          parts: [
            {
              kind: 'tool_result',
              callId,
              isError: false,
              parts: [{ kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA' } }],
            },
            { kind: 'tool_result', callId: 'b', isError: true, parts: [{ kind: 'text', text: 'boom' }] },
            { kind: 'text', text: 'and?' },
          ],
        },
      ],
    });
    const id = body['input'][0].call_id;
    expect(id.length).toBeLessThanOrEqual(64);
    expect(body['input']).toEqual([
      { type: 'function_call', call_id: id, name: 'f', arguments: '{}' },
      { type: 'custom_tool_call', call_id: 'b', name: 'g', input: 'x' },
      {
        type: 'function_call_output',
        call_id: id,
        output: [{ type: 'input_image', detail: 'auto', image_url: 'data:image/png;base64,AA' }],
      },
      { type: 'custom_tool_call_output', call_id: 'b', output: 'Error: boom' },
      { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'and?' }] },
    ]);
  });

  test('sends thinking back to whom it belongs only', () => {
    const thinking = (origin: object) => ({ kind: 'thinking', text: 't', signature: { origin, blob: 'b' } }) as never;
    const turns = (origin: object) => [
      { role: 'assistant', parts: [thinking(origin), { kind: 'text', text: 'a' }] } as const,
      ...hello.turns,
    ];
    expect(render({ turns: turns(upstream) }).body['input'][0]).toEqual({
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: 't' }],
      encrypted_content: 'b',
    });
    for (const origin of [
      { ...upstream, channelId: 'other' },
      { ...upstream, model: 'gpt-6' },
      { ...upstream, protocol: 'anthropic-messages' },
    ]) {
      const { body, losses } = render({ turns: turns(origin) });
      expect(body['input'][0].type).toBe('message');
      expect(losses.map(({ path }) => path)).toEqual(['messages.0.content.0']);
    }
  });

  test('loses one thing once, however often it stands there', () => {
    const part = { kind: 'text', text: 'a', cache: '5m' } as const;
    const { losses, body } = render({ turns: [{ role: 'user', parts: [part, part, part] }] });
    expect(losses).toEqual([
      { path: 'messages.0.content.0.cache_control', reason: 'no cache mark can stand here (3 times)' },
    ]);
    expect(body['input'][0].content[0]).not.toHaveProperty('prompt_cache_breakpoint');
    expect(
      render({ turns: [{ role: 'user', parts: [part] }] }, 'gpt-5.6').body['input'][0].content[0]
        .prompt_cache_breakpoint,
    ).toEqual({ mode: 'explicit' });
  });

  test('loses the sampling that this model does not take', () => {
    const sampling = {
      temperature: 1,
      topP: 1,
      topK: 1,
      presencePenalty: 1,
      frequencyPenalty: 1,
      seed: 1,
      logitBias: { a: 1 },
      stop: [],
    };
    const everywhere = ['top_k', 'presence_penalty', 'frequency_penalty', 'seed', 'logit_bias'];
    expect(lost({ sampling })).toEqual(['temperature', 'top_p', ...everywhere]);
    expect(lost({ sampling }, 'gpt-4o')).toEqual(everywhere);
    expect(lost({ sampling, reasoning: { effort: 'none' } }, 'gpt-6')).toEqual(everywhere);
  });

  test.each([
    ['gpt-5', { effort: 'max' }, { effort: 'high' }],
    ['gpt-5', { effort: 'none' }, { effort: 'minimal' }],
    ['gpt-6', { effort: 'minimal' }, { effort: 'low' }],
    ['gpt-5.2', { budgetTokens: 10_000, isShown: true }, { effort: 'high', summary: 'auto' }],
    ['o3', { effort: 'minimal' }, { effort: 'low' }],
    ['gpt-4o', { effort: 'high' }, undefined],
    ['someone/else', { effort: 'max' }, { effort: 'max' }],
  ] as const)('%s reasons as near as it can: %j', (model, reasoning, expected) => {
    expect(render({ reasoning }, model).body['reasoning']).toEqual(expected);
  });

  test.each([
    [10, 16],
    [100, 100],
    [99_999, 50_000],
  ])('a cap of %i is %i', (maxOutputTokens, cap) => {
    expect(render({ maxOutputTokens }).body['max_output_tokens']).toBe(cap);
  });

  test('has a user of a length that is taken', () => {
    expect(render({ user: 'u' }).body['safety_identifier']).toBe('u');
    expect(render({ user: 'u'.repeat(129) }).body['safety_identifier']).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['stop', { sampling: { stop: ['x'] } }],
    ['max_tokens', { maxOutputTokens: 0 }],
    ['tools.0', { tools: [{ kind: 'opaque', protocol: 'gemini', name: 'codeExecution', value: {} }] }],
    [
      'messages.0.content.0',
      { turns: [{ role: 'user', parts: [{ kind: 'video', source: { kind: 'url', url: 'x' } }] }] },
    ],
    [
      'messages.0.content.0',
      { turns: [{ role: 'user', parts: [{ kind: 'image', source: { kind: 'file', protocol: 'gemini', id: 'x' } }] }] },
    ],
    [
      'messages.0.content.0',
      { turns: [{ role: 'user', parts: [{ kind: 'tool_result', callId: 'x', parts: [], isError: false }] }] },
    ],
    [
      'messages.0.content.0',
      { turns: [{ role: 'user', parts: [{ kind: 'opaque', protocol: 'gemini', name: 'unheard_of', value: {} }] }] },
    ],
  ] as [string, Partial<NeutralRequest>][])('what cannot be said is refused: %s', (path, request) => {
    expect(refusedPath(request)).toBe(path);
  });
});
