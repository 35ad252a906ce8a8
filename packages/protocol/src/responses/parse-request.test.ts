import { RelayError } from '@ai-bridge/domain';
import { describe, expect, test } from 'vitest';
import { foreignExtras, foreignPart } from '../neutral/foreign.ts';
import type { OpaquePart } from '../neutral/parts.ts';
import { sealSignature } from '../neutral/signature.ts';
import { responsesCodec } from './index.ts';
import { parsed } from './test-kit.ts';

function pathOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    if (error instanceof RelayError) return error.detail.path;
    throw error;
  }
  return undefined;
}

const turnsOf = (input: unknown) => parsed({ input }).turns;
const user = (text: string) => ({ role: 'user', content: text });
const call = (id: string, fields: object = {}) => ({
  type: 'function_call',
  call_id: id,
  name: 'f',
  arguments: '{}',
  ...fields,
});
const output = (id: string, value: unknown = 'ok') => ({
  type: 'function_call_output',
  call_id: id,
  output: value,
  id: `fco_${id}`,
});
const said = (text: string) => ({
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
});

describe('input', () => {
  test('a string is a user turn', () => {
    expect(turnsOf('hi')).toEqual([{ role: 'user', parts: [{ kind: 'text', text: 'hi' }] }]);
  });

  test('what the model said until somebody answers is one turn, the answers of its tools are another', () => {
    const input = [
      user('do'),
      {
        type: 'reasoning',
        id: 'rs',
        summary: [
          { type: 'summary_text', text: 'a' },
          { type: 'summary_text', text: 'b' },
        ],
        content: null,
        encrypted_content: 'blob',
      },
      said('well'),
      call('1'),
      call('2'),
      output('1'),
      output('2'),
      user('more'),
      call('3'),
    ];
    const turns = turnsOf(input);
    expect(turns.map(({ role, parts }) => [role, parts.map(({ kind }) => kind)])).toEqual([
      ['user', ['text']],
      ['assistant', ['thinking', 'text', 'tool_call', 'tool_call']],
      ['user', ['tool_result', 'tool_result']],
      ['user', ['text']],
      ['assistant', ['tool_call']],
    ]);
    expect(turns[1]?.parts[0]).toEqual({
      kind: 'thinking',
      text: 'a\n\nb',
      signature: { origin: { protocol: 'openai-responses', channelId: undefined, model: undefined }, blob: 'blob' },
    });
    expect(turns[2]?.parts[0]).toMatchObject({ callId: '1', name: 'f', isError: false });
  });

  test("sealed thinking of another provider is that provider's again", () => {
    const signature = {
      origin: { protocol: 'anthropic-messages', channelId: 'ch', model: 'claude' },
      blob: 'sig',
    } as const;
    const turns = turnsOf([{ type: 'reasoning', summary: [], encrypted_content: sealSignature(signature) }]);
    expect(turns[0]?.parts[0]).toEqual({ kind: 'thinking', text: '', isRedacted: true, signature });
  });

  test("developer messages before the conversation are the system's, later ones stay where they are", () => {
    const developer = (text: string) => ({
      role: 'developer',
      id: 'msg_x',
      type: 'message',
      content: [{ type: 'input_text', text }],
    });
    const request = parsed({ instructions: 'one', input: [developer('two'), user('hi'), developer('three')] });
    expect(request.system.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(request.turns.map(({ role }) => role)).toEqual(['user', 'system']);
  });

  test('pictures, files and sounds are read, in results of tools too', () => {
    const image = { type: 'input_image', image_url: 'data:image/png;base64,AAAA', detail: 'high' };
    const parts = [
      image,
      { type: 'input_image', image_url: 'https://a/b.png' },
      { type: 'input_image', file_id: 'file-1' },
      { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,BBBB' },
      { type: 'input_audio', input_audio: { data: 'CCCC', format: 'mp3' } },
      { type: 'input_text', text: 't', prompt_cache_breakpoint: { mode: 'explicit' } },
    ];
    expect(turnsOf([{ role: 'user', content: parts }])[0]?.parts).toEqual([
      { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' }, detail: 'high' },
      { kind: 'image', source: { kind: 'url', url: 'https://a/b.png' } },
      { kind: 'image', source: { kind: 'file', protocol: 'openai-responses', id: 'file-1' } },
      { kind: 'document', source: { kind: 'base64', mediaType: 'application/pdf', data: 'BBBB' }, title: 'a.pdf' },
      { kind: 'audio', source: { kind: 'base64', mediaType: 'audio/mpeg', data: 'CCCC' } },
      { kind: 'text', text: 't', cache: '5m' },
    ]);
    expect(turnsOf([call('1'), output('1', [image])])[1]?.parts[0]).toMatchObject({ parts: [{ kind: 'image' }] });
  });

  test('custom calls are free text, calls of a group carry its name', () => {
    const custom = { type: 'custom_tool_call', call_id: 'c', name: 'apply_patch', input: '***' };
    const turns = turnsOf([
      custom,
      { type: 'custom_tool_call_output', call_id: 'c', output: 'done' },
      call('d', { namespace: 'mcp' }),
    ]);
    expect(turns.flatMap(({ parts }) => parts)).toMatchObject([
      { kind: 'tool_call', form: 'text', input: '***' },
      { kind: 'tool_result', callId: 'c', name: 'apply_patch' },
      { kind: 'tool_call', name: 'mcp__f', namespace: 'mcp' },
    ]);
  });

  test.each([
    ['item_reference', { type: 'item_reference', id: 'x' }, 'refuse'],
    ['compaction', { type: 'compaction', encrypted_content: 'x' }, 'refuse'],
    ['local_shell_call', { type: 'local_shell_call', call_id: 'x', action: {} }, 'refuse'],
    ['computer_call_output', { type: 'computer_call_output', call_id: 'x', output: {} }, 'refuse'],
    ['function_call', call('x', { caller: { type: 'program', caller_id: 'p' } }), 'refuse'],
    ['custom_tool_call_output', { type: 'custom_tool_call_output', call_id: 'x', output: '' }, 'refuse'],
    ['web_search_call', { type: 'web_search_call', id: 'x' }, 'loss'],
    ['reasoning', { type: 'reasoning', id: 'rs', summary: [] }, 'loss'],
    ['brand_new', { type: 'brand_new' }, 'refuse'],
  ])('%s is opaque, and elsewhere a %s', (name, item, fate) => {
    const part = turnsOf([user('hi'), item]).at(-1)?.parts[0] as OpaquePart;
    expect(part).toEqual({ kind: 'opaque', protocol: 'openai-responses', name, value: item });
    expect(pathOf(() => foreignPart(part, 'input.1'))).toBe(fate === 'refuse' ? 'input.1' : undefined);
  });

  test.each([
    ['input', 5],
    ['input.0', ['x']],
    ['input.0.role', [{ role: 'wizard', content: '' }]],
    ['input.0.content', [{ role: 'user', content: 5 }]],
    [
      'input.0.content.1.text',
      [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'a' },
            { type: 'input_text', text: 5 },
          ],
        },
      ],
    ],
    ['input.1.arguments', [user('a'), { ...call('1'), arguments: {} }]],
    ['input.0.call_id', [{ type: 'function_call_output', output: '' }]],
    ['input.0.output', [{ type: 'function_call_output', call_id: '1' }]],
    ['input.0.type', [{ type: 5 }]],
  ])('what is malformed is named: %s', (path, input) => {
    expect(pathOf(() => turnsOf(input))).toBe(path);
  });
});

describe('tools', () => {
  test('functions, custom tools, groups and web search have a form of their own, all others are opaque', () => {
    const fn = (name: string) => ({
      type: 'function',
      name,
      description: 'd',
      parameters: { type: 'object' },
      strict: false,
    });
    const { tools } = parsed({
      tools: [
        { ...fn('a'), defer_loading: true },
        { type: 'custom', name: 'b', format: { type: 'text' } },
        { type: 'namespace', name: 'ns', description: 'g', tools: [fn('c'), { type: 'custom', name: 'd' }] },
        {
          type: 'web_search',
          filters: { allowed_domains: ['x.y'] },
          user_location: { type: 'approximate', country: 'DE', city: null },
        },
        { type: 'local_shell' },
        { type: 'namespace', name: 'odd', tools: [{ type: 'mcp' }] },
      ],
    });
    const namespace = { name: 'ns', description: 'g' };
    expect(tools).toMatchObject([
      { kind: 'function', name: 'a', isStrict: false, extras: { fields: { defer_loading: true } } },
      { kind: 'freeform', name: 'b', format: { type: 'text' } },
      { kind: 'function', name: 'ns__c', namespace },
      { kind: 'freeform', name: 'ns__d', namespace },
      { kind: 'web_search', allowedDomains: ['x.y'], location: { country: 'DE' } },
      { kind: 'opaque', name: 'local_shell' },
      { kind: 'opaque', name: 'namespace' },
    ]);
  });

  test.each([
    ['auto', { kind: 'auto' }],
    ['none', { kind: 'none' }],
    ['required', { kind: 'any' }],
    [
      { type: 'function', name: 'f' },
      { kind: 'tool', name: 'f' },
    ],
    [
      { type: 'custom', name: 'f' },
      { kind: 'tool', name: 'f' },
    ],
    [
      { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'f' }] },
      { kind: 'some', names: ['f'], isForced: true },
    ],
  ])('a choice of %j is neutral', (choice, expected) => {
    const request = parsed({ tool_choice: choice });
    expect(request.toolChoice).toEqual(expected);
    expect(foreignExtras(request, 'gemini')).toEqual([]);
  });

  test.each([{ type: 'file_search' }, { type: 'mcp', server_label: 'x' }, { type: 'apply_patch' }])(
    'a choice of %j is refused elsewhere',
    (choice) => {
      expect(pathOf(() => foreignExtras(parsed({ tool_choice: choice }), 'gemini'))).toBe('tool_choice');
    },
  );
});

describe('fields', () => {
  test('all that have a neutral name get it', () => {
    const format = { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true };
    expect(
      parsed({
        stream: true,
        max_output_tokens: 100,
        temperature: 0.5,
        top_p: 0.9,
        parallel_tool_calls: false,
        user: 'u',
        safety_identifier: 's',
        prompt_cache_key: 'k',
        service_tier: 'flex',
        reasoning: { effort: 'high', summary: 'auto' },
        text: { format, verbosity: 'low' },
      }),
    ).toMatchObject({
      stream: true,
      maxOutputTokens: 100,
      sampling: { temperature: 0.5, topP: 0.9 },
      parallelToolCalls: false,
      user: 's',
      promptCacheKey: 'k',
      serviceTier: 'flex',
      reasoning: { effort: 'high', isShown: true },
      verbosity: 'low',
      format: { kind: 'schema', name: 'n', isStrict: true },
    });
  });

  test.each(['previous_response_id', 'conversation', 'prompt', 'moderation', 'top_logprobs'])(
    '%s cannot be asked of another provider',
    (field) => {
      expect(pathOf(() => foreignExtras(parsed({ [field]: 'x' }), 'anthropic-messages'))).toBe(field);
    },
  );

  test('a background answer and log probabilities cannot be asked of another provider', () => {
    expect(pathOf(() => foreignExtras(parsed({ background: true }), 'gemini'))).toBe('background');
    expect(pathOf(() => foreignExtras(parsed({ include: ['message.output_text.logprobs'] }), 'gemini'))).toBe(
      'include',
    );
  });

  test('what Codex sends loses nothing but its metadata', () => {
    const request = parsed({
      store: false,
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: 'k',
      client_metadata: { a: 'b' },
      background: false,
      tool_choice: 'auto',
      instructions: 'i',
      truncation: 'disabled',
      stream_options: null,
      previous_response_id: null,
      reasoning: { effort: 'ultra', summary: 'detailed', context: 'auto' },
    });
    expect(foreignExtras(request, 'anthropic-messages').map(({ path }) => path)).toEqual([
      'client_metadata',
      'reasoning.context',
      'reasoning.effort',
      'reasoning.summary',
    ]);
    expect(foreignExtras(request, 'openai-responses')).toEqual([]);
  });

  test.each([
    ['model', { model: undefined }],
    ['model', { model: 5 }],
    ['stream', { stream: 'yes' }],
    ['temperature', { temperature: '1' }],
    ['max_output_tokens', { max_output_tokens: 0 }],
    ['tools', { tools: {} }],
    ['tools.0.name', { tools: [{ type: 'function' }] }],
    ['tools.0.parameters', { tools: [{ type: 'function', name: 'f', parameters: 'x' }] }],
    ['tools.0.tools.0.name', { tools: [{ type: 'namespace', name: 'n', tools: [{ type: 'function' }] }] }],
    ['tool_choice', { tool_choice: 'maybe' }],
    ['text.format.type', { text: { format: { type: 'xml' } } }],
    ['text.format.schema', { text: { format: { type: 'json_schema', name: 'n' } } }],
    ['reasoning', { reasoning: 'high' }],
    ['reasoning.effort', { reasoning: { effort: 5 } }],
  ])('what is malformed is named: %s', (path, body) => {
    expect(pathOf(() => parsed(body))).toBe(path);
  });

  test('a body that is no object is refused', () => {
    expect(() => responsesCodec.parseRequest(Buffer.from('[]'), undefined)).toThrow(RelayError);
  });
});
