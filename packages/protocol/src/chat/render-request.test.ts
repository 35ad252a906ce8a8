import { RelayError } from '@ai-bridge/domain';
import { describe, expect, test } from 'vitest';
import type { Part, ToolResultPart } from '../neutral/parts.ts';
import type { NeutralRequest, Turn } from '../neutral/request.ts';
import { chatCodec } from './index.ts';
import { requestOf, targetOf } from './testing-values.ts';

const ask: Turn = { role: 'user', parts: [{ kind: 'text', text: 'x' }] };

function render(fields: Partial<NeutralRequest>, model = 'gpt-4o', most?: number) {
  const { value, losses } = chatCodec.renderRequest(requestOf({ turns: [ask], ...fields }), targetOf(model, most));
  return { body: JSON.parse(value), losses: losses.map((loss) => loss.path) };
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

const call = (id: string, more: object = {}): Part => ({
  kind: 'tool_call',
  id,
  name: 'read',
  form: 'json',
  input: '{}',
  ...more,
});
const result = (callId: string, parts: ToolResultPart['parts'], isError = false): Part => ({
  kind: 'tool_result',
  callId,
  parts,
  isError,
});
const text = (value: string) => ({ kind: 'text', text: value }) as const;
const image = { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AAAA' } } as const;
const imageUrl = { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } };

describe('a turn of the user with results', () => {
  test('is split: results directly behind the calls in their order, images behind all of them, then the rest', () => {
    const { body } = render({
      turns: [
        ask,
        { role: 'assistant', parts: [text('let me see'), call('a'), call('b')] },
        { role: 'user', parts: [text('and?'), result('b', [text('B'), image]), result('a', [text('A')], true)] },
      ],
    });
    expect(body.messages.slice(1)).toMatchObject([
      { role: 'assistant', content: 'let me see', tool_calls: [{ id: 'a' }, { id: 'b' }] },
      { role: 'tool', tool_call_id: 'a', content: 'Error: A' },
      { role: 'tool', tool_call_id: 'b', content: expect.stringMatching(/^B\n\[1 attachment/) },
      { role: 'user', content: [imageUrl] },
      { role: 'user', content: 'and?' },
    ]);
  });

  test('may stand behind other turns: its results go back to their calls', () => {
    const { body } = render({
      turns: [
        { role: 'assistant', parts: [call('a')] },
        { role: 'assistant', parts: [call('b')] },
        { role: 'assistant', parts: [text('both run')] },
        { role: 'user', parts: [result('a', [text('A')]), result('b', [text('B')])] },
      ],
    });
    expect(body.messages.map((message: { role: string }) => message.role)).toEqual([
      ...['assistant', 'tool', 'assistant', 'tool', 'assistant'],
    ]);
  });

  test('pairs calls that share an id in their order', () => {
    const { body } = render({
      turns: [
        { role: 'assistant', parts: [call('a')] },
        { role: 'user', parts: [result('a', [text('first')])] },
        { role: 'assistant', parts: [call('a')] },
        { role: 'user', parts: [result('a', [text('second')])] },
      ],
    });
    expect(body.messages.map((message: { content: unknown }) => message.content)).toEqual([
      null,
      'first',
      null,
      'second',
    ]);
  });

  test('is refused where a result has no call, and where a call has no result', () => {
    const orphan: Turn = { role: 'user', parts: [text('x'), result('a', [])] };
    expect(pathOfError(() => render({ turns: [ask, orphan] }))).toBe('messages.1.content.1');
    const waiting: Turn = { role: 'assistant', parts: [call('a')] };
    expect(pathOfError(() => render({ turns: [ask, waiting, ask] }))).toBe('messages.1');
  });

  test('need not be there behind calls at the very end', () => {
    expect(render({ turns: [ask, { role: 'assistant', parts: [call('a')] }] }).body.messages).toHaveLength(2);
  });
});

describe('media', () => {
  test('a document of text is told as text, with its title', () => {
    const document: Part = { kind: 'document', source: { kind: 'text', text: 'body' }, title: 'T' };
    expect(render({ turns: [{ role: 'user', parts: [document] }] }).body.messages[0].content).toBe('# T\n\nbody');
  });

  test.each<[string, Part]>([
    [
      'a file of another provider',
      { kind: 'image', source: { kind: 'file', protocol: 'anthropic-messages', id: 'f' } },
    ],
    ['a document at an address', { kind: 'document', source: { kind: 'url', url: 'https://a.example' } }],
    ['a document to be cited', { kind: 'document', source: { kind: 'text', text: 'x' }, isCited: true }],
    [
      'audio of a kind that is not taken',
      { kind: 'audio', source: { kind: 'base64', mediaType: 'audio/ogg', data: 'A' } },
    ],
    ['a video', { kind: 'video', source: { kind: 'url', url: 'https://a.example' } }],
    [
      'a block that only its own protocol knows',
      { kind: 'opaque', protocol: 'anthropic-messages', name: 'container_upload', value: {} },
    ],
  ])('%s is refused', (_name, part) => {
    const path = pathOfError(() => render({ turns: [{ role: 'user', parts: [part] }] }));
    expect(path).toMatch(/^messages\.0\.content\.0/);
  });

  test('a video goes to vendors that take it', () => {
    const video: Part = { kind: 'video', source: { kind: 'url', url: 'https://a.example' } };
    const { body } = render({ turns: [{ role: 'user', parts: [video] }] }, 'kimi-k3');
    expect(body.messages[0].content[0].type).toBe('video_url');
  });
});

describe('reasoning', () => {
  test.each<[string, NeutralRequest['reasoning'], object]>([
    ['gpt-5', { effort: 'none' }, { reasoning_effort: 'minimal' }],
    ['gpt-5.2', { effort: 'minimal' }, { reasoning_effort: 'low' }],
    ['gpt-5.2', { effort: 'max' }, { reasoning_effort: 'xhigh' }],
    ['gpt-6-sol', { budgetTokens: 20_000 }, { reasoning_effort: 'high' }],
    ['deepseek-v4-pro', { effort: 'medium' }, { thinking: { type: 'enabled' }, reasoning_effort: 'high' }],
    ['deepseek-v4-pro', { effort: 'xhigh' }, { thinking: { type: 'enabled' }, reasoning_effort: 'max' }],
    ['deepseek-v4-pro', { effort: 'none' }, { thinking: { type: 'disabled' } }],
    ['kimi-k2.6', { budgetTokens: 5_000 }, { thinking: { type: 'enabled' } }],
    ['kimi-k3', { effort: 'medium' }, { reasoning_effort: 'high' }],
    ['glm-5.3', { effort: 'none' }, { reasoning_effort: 'low' }],
    ['MiniMax-M3', { effort: 'high' }, { thinking: { type: 'adaptive' }, reasoning_split: true }],
    ['qwen3-max', { budgetTokens: 5_000 }, { enable_thinking: true, thinking_budget: 5_000 }],
    ['z-ai/glm-4.6', { effort: 'none' }, { reasoning_effort: 'none' }],
  ])('%s, %j: %j', (model, reasoning, expected) => {
    expect(render({ reasoning }, model).body).toMatchObject(expected);
  });

  test('is a loss where the model does not reason', () => {
    const { body, losses } = render({ reasoning: { effort: 'high' } });
    expect(body).not.toHaveProperty('reasoning_effort');
    expect(losses).toEqual(['reasoning.effort']);
  });

  test("is off, and told as lost, where OpenAI's endpoint refuses it beside tools", () => {
    const tools = [{ kind: 'function', name: 'read' }] as const;
    const { body, losses } = render({ reasoning: { effort: 'high' }, tools }, 'gpt-5.6');
    expect(body.reasoning_effort).toBe('none');
    expect(losses).toEqual(['reasoning.effort']);
    expect(render({ reasoning: { effort: 'high' }, tools }, 'gpt-5.2').body.reasoning_effort).toBe('high');
  });
});

describe('sampling', () => {
  const sampling = { temperature: 0.5, topP: 0.9, presencePenalty: 1, seed: 1 };

  test('is lost field by field at a model that refuses it', () => {
    const { body, losses } = render({ sampling }, 'gpt-5');
    expect(Object.keys(body)).toEqual(['model', 'messages', 'seed', 'stream', 'stream_options']);
    expect(losses).toEqual(['temperature', 'top_p', 'presence_penalty']);
  });

  test('comes back with effort none', () => {
    expect(render({ sampling, reasoning: { effort: 'none' } }, 'gpt-6-sol').body).toMatchObject({
      temperature: 0.5,
      top_p: 0.9,
    });
    expect(render({ sampling }, 'gpt-5.1').body).toMatchObject({ temperature: 0.5 });
    expect(render({ sampling }, 'gpt-6-sol').body).not.toHaveProperty('temperature');
  });

  test('has at most four stop sequences, and none where the model would not stop at them', () => {
    const stop = ['a', 'b', 'c', 'd', 'e'];
    const { body, losses } = render({ sampling: { stop } });
    expect([body.stop, losses]).toEqual([['a', 'b', 'c', 'd'], ['stop']]);
    expect(pathOfError(() => render({ sampling: { stop } }, 'o3'))).toBe('stop');
  });
});

describe('tools', () => {
  const read = { kind: 'function', name: 'read', schema: { type: 'object' } } as const;
  const patch = {
    kind: 'freeform',
    name: 'patch',
    format: { type: 'grammar', syntax: 'lark', definition: 'start: x' },
  } as const;

  test('of free text are functions for models that know nothing else, also in the history', () => {
    const turns: Turn[] = [
      { role: 'assistant', parts: [{ kind: 'tool_call', id: 'a', name: 'patch', form: 'text', input: '*** "x"' }] },
      { role: 'user', parts: [result('a', [text('ok')])] },
    ];
    const { body, losses } = render({ turns, tools: [patch], toolChoice: { kind: 'tool', name: 'patch' } });
    expect(body.tools[0].function.parameters.required).toEqual(['input']);
    expect(body.tools[0].function.description).toContain('start: x');
    expect(body.tool_choice).toEqual({ type: 'function', function: { name: 'patch' } });
    expect(JSON.parse(body.messages[0].tool_calls[0].function.arguments)).toEqual({ input: '*** "x"' });
    expect(losses).toEqual(['tools.0.format']);
  });

  test('without properties have an empty list of them', () => {
    expect(render({ tools: [read] }).body.tools[0].function.parameters).toEqual({ type: 'object', properties: {} });
  });

  test('that only some may be called are filtered for models without allowed_tools', () => {
    const tools = [read, { ...read, name: 'write' }] as const;
    const toolChoice = { kind: 'some', names: ['write'], isForced: true } as const;
    const { body } = render({ tools, toolChoice });
    expect(body.tools.map((tool: { function: { name: string } }) => tool.function.name)).toEqual(['write']);
    expect(body.tool_choice).toBe('required');
  });

  test('with names that are not taken get others, everywhere the same', () => {
    const name = `mcp__server.${'x'.repeat(80)}`;
    const turns: Turn[] = [{ role: 'assistant', parts: [call('a', { name })] }];
    const { body } = render({ turns, tools: [{ kind: 'function', name }], toolChoice: { kind: 'tool', name } });
    const written = body.tools[0].function.name;
    expect(written).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(body.tool_choice.function.name).toBe(written);
    expect(body.messages[0].tool_calls[0].function.name).toBe(written);
  });

  test('that only another protocol has are refused', () => {
    const tool = { kind: 'opaque', protocol: 'anthropic-messages', name: 'bash_20250124', value: {} } as const;
    expect(pathOfError(() => render({ tools: [read, tool] }))).toBe('tools.1');
  });

  test('web search is lost beside other tools, and refused where it is the only one', () => {
    const search = { kind: 'web_search', protocol: 'anthropic-messages', value: {} } as const;
    expect(render({ tools: [read, search] }).losses).toEqual(['tools.1']);
    expect(pathOfError(() => render({ tools: [search] }))).toBe('tools.0');
    expect(render({ tools: [search] }, 'gpt-5-search-api').body).toMatchObject({ web_search_options: {} });
  });

  test('a choice is not said where there are none, and refused where it forces one', () => {
    expect(render({ toolChoice: { kind: 'auto' } }).body).not.toHaveProperty('tool_choice');
    expect(pathOfError(() => render({ toolChoice: { kind: 'any' } }))).toBe('tool_choice');
  });
});

describe('thinking in the history', () => {
  const sealed = { origin: { protocol: 'anthropic-messages', channelId: 'c', model: 'claude' }, blob: 's' } as const;
  const turns: Turn[] = [
    ask,
    { role: 'assistant', parts: [{ kind: 'thinking', text: 'hm', signature: sealed }, call('a')] },
    { role: 'user', parts: [result('a', [text('A')])] },
    { role: 'assistant', parts: [call('b')] },
    { role: 'user', parts: [result('b', [text('B')])] },
  ];

  test.each(['deepseek-v4-pro', 'kimi-k3'])('goes back to %s on every message with calls', (model) => {
    const { body } = render({ turns }, model);
    expect(body.messages[1].reasoning_content).toBe('hm');
    expect(body.messages[3].reasoning_content).toBe(' ');
  });

  test('goes back to MiniMax in its own form', () => {
    expect(render({ turns }, 'MiniMax-M3').body.messages[1].reasoning_details).toMatchObject([{ text: 'hm' }]);
  });

  test('is one loss for OpenAI, and the foreign signature another', () => {
    const { body, losses } = render({ turns });
    expect(JSON.stringify(body)).not.toContain('hm');
    expect(losses).toEqual(['messages.1.signature', 'messages.1.thinking']);
  });

  test('a turn of nothing else is left out', () => {
    const only: Turn = {
      role: 'assistant',
      parts: [{ kind: 'thinking', text: '', isRedacted: true, signature: sealed }],
    };
    expect(render({ turns: [ask, only, ask] }).body.messages).toHaveLength(2);
  });

  test("another model's signature of a call is not sent", () => {
    const signature = { ...sealed, origin: { ...sealed.origin, protocol: 'gemini' } } as const;
    const { body, losses } = render({ turns: [ask, { role: 'assistant', parts: [call('a', { signature })] }] });
    expect(JSON.stringify(body)).not.toContain('extra_content');
    expect(losses).toEqual(['messages.1.tool_calls.signature']);
  });
});

describe('limits and hints', () => {
  test('the cap is the model its own where the client wants more', () => {
    const { body, losses } = render({ maxOutputTokens: 32_000 }, 'gpt-4o', 16_384);
    expect([body.max_completion_tokens, losses]).toEqual([16_384, ['max_tokens']]);
    expect(pathOfError(() => render({ maxOutputTokens: 0 }))).toBe('max_tokens');
  });

  test('cache marks on many parts are one loss, and at most three are written', () => {
    const parts = Array.from({ length: 40 }, () => ({ kind: 'text', text: 'x', cache: '5m' }) as const);
    expect(render({ system: parts.slice(0, 2), turns: [{ role: 'user', parts }] }).losses).toEqual([
      'system.cache_control',
    ]);
    const { body, losses } = render({ system: parts.slice(0, 2), turns: [{ role: 'user', parts }] }, 'gpt-5.6');
    expect(JSON.stringify(body).match(/prompt_cache_breakpoint/g)).toHaveLength(3);
    expect(losses).toEqual(['messages.0.content.1.cache_control']);
  });

  test('a long id of the user is hashed to what is taken', () => {
    expect(render({ user: 'u'.repeat(200) }).body.safety_identifier).toMatch(/^[0-9a-f]{64}$/);
  });

  test('a schema is an instruction where it cannot be enforced', () => {
    const format = { kind: 'schema', schema: { type: 'object' } } as const;
    const { body, losses } = render({ format }, 'deepseek-v4-pro');
    expect(body.response_format).toEqual({ type: 'json_object' });
    expect(body.messages[0]).toMatchObject({ role: 'system', content: expect.stringContaining('JSON Schema') });
    expect(losses).toEqual(['response_format']);
    expect(render({ format }).body.response_format.json_schema.name).toBe('response');
  });

  test('what another protocol has of its own is a loss', () => {
    const extras = { protocol: 'gemini', fields: { of_tomorrow: 1 } } as const;
    const { body, losses } = render({ extras });
    expect(body).not.toHaveProperty('of_tomorrow');
    expect(losses).toEqual(['of_tomorrow']);
  });
});
