import { describe, expect, test } from 'vitest';
import type { Part } from '../neutral/parts.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { clientToolName } from '../neutral/tool-names.ts';
import { assistant, call, f, hello, neutral, pathOf, render, result, target, user } from './request.fixture.ts';

describe('tools', () => {
  test('a freeform tool is a function with one text, in its definition and its calls', () => {
    const { body } = render(
      neutral({
        tools: [
          {
            kind: 'freeform',
            name: 'apply_patch',
            description: 'Patches.',
            format: { type: 'grammar', definition: 'x' },
          },
        ],
        turns: [
          hello,
          assistant({ kind: 'tool_call', id: 'a', name: 'apply_patch', form: 'text', input: '*** Begin "x"' }),
          user(result('a')),
        ],
      }),
    );
    expect(body.tools[0]).toMatchObject({
      name: 'apply_patch',
      description: expect.stringContaining('grammar'),
      input_schema: { type: 'object', properties: { input: { type: 'string' } }, required: ['input'] },
    });
    expect(body.messages[1].content[0].input).toEqual({ input: '*** Begin "x"' });
  });

  test.each<[Partial<NeutralRequest>, unknown]>([
    [{}, undefined],
    [{ toolChoice: { kind: 'auto' } }, { type: 'auto' }],
    [{ toolChoice: { kind: 'any' } }, { type: 'any' }],
    [{ toolChoice: { kind: 'none' }, parallelToolCalls: false }, { type: 'none' }],
    [
      { toolChoice: { kind: 'tool', name: 'f' }, parallelToolCalls: false },
      { type: 'tool', name: 'f', disable_parallel_tool_use: true },
    ],
    [{ parallelToolCalls: false }, { type: 'auto', disable_parallel_tool_use: true }],
    [{ parallelToolCalls: true }, undefined],
    [{ toolChoice: { kind: 'some', names: ['f'], isForced: true } }, { type: 'any' }],
  ])('the choice %j is %j', (some, choice) => {
    expect(render(neutral({ tools: [f], ...some })).body.tool_choice).toEqual(choice);
  });

  test('a name that Anthropic does not take is shortened, wherever it stands, and found again in the answer', () => {
    const name = 'files.read:all';
    const request = neutral({
      tools: [{ ...f, name }],
      toolChoice: { kind: 'tool', name },
      turns: [hello, assistant({ ...call('a'), name } as Part), user(result('a'))],
    });
    const { body } = render(request);
    const sent = body.tools[0].name;
    expect(sent).toMatch(/^[a-zA-Z0-9_-]{1,64}$/);
    expect([body.tool_choice.name, body.messages[1].content[0].name]).toEqual([sent, sent]);
    expect(clientToolName(request, sent)).toBe(name);
  });

  test('what only another protocol knows of a tool is a loss', () => {
    const extras = { protocol: 'openai-responses', fields: { defer_loading: true } } as const;
    const { body, lost } = render(neutral({ tools: [{ ...f, extras, namespace: { name: 'g', description: 'G' } }] }));
    expect(body.tools).toEqual([{ name: 'f', input_schema: { type: 'object' } }]);
    expect(lost).toEqual(['tools.0.namespace.description', 'tools.0.defer_loading']);
  });

  test('a choice of some tools offers these alone', () => {
    const tools = [f, { ...f, name: 'g' }];
    const { body } = render(neutral({ tools, toolChoice: { kind: 'some', names: ['g'], isForced: false } }));
    expect(body.tools.map(({ name }: { name: string }) => name)).toEqual(['g']);
  });

  test('strict tools of other clients get a schema that Anthropic guarantees', () => {
    const schema = { type: 'object', properties: { maximum: { type: 'integer', maximum: 9 }, o: { type: 'object' } } };
    const { body, lost } = render(neutral({ tools: [{ ...f, schema, isStrict: true }] }));
    expect(body.tools[0]).toEqual({
      name: 'f',
      strict: true,
      input_schema: {
        type: 'object',
        additionalProperties: false,
        properties: { maximum: { type: 'integer' }, o: { type: 'object', additionalProperties: false } },
      },
    });
    expect(lost).toEqual(['tools.0.input_schema']);
    const old = render(neutral({ tools: [{ ...f, isStrict: true }] }), target('claude-opus-4-1'));
    expect([old.body.tools[0], old.lost]).toEqual([
      { name: 'f', input_schema: { type: 'object' } },
      ['tools.0.strict'],
    ]);
  });

  test('web search of other protocols is Anthropic’s own', () => {
    const search = {
      kind: 'web_search',
      protocol: 'openai-responses',
      value: {},
      allowedDomains: ['a.b'],
      location: { city: 'Oslo' },
    } as const;
    expect(render(neutral({ tools: [search] })).body.tools).toEqual([
      {
        type: 'web_search_20250305',
        name: 'web_search',
        allowed_domains: ['a.b'],
        user_location: { type: 'approximate', city: 'Oslo' },
      },
    ]);
  });

  test.each<[string, Partial<NeutralRequest>, string]>([
    [
      'a tool of another provider',
      { tools: [{ kind: 'opaque', protocol: 'openai-responses', name: 'file_search', value: {} }] },
      'tools.0',
    ],
    ['a demanded call without a tool', { toolChoice: { kind: 'any' } }, 'tool_choice'],
    [
      'an extra that changes the answer',
      { extras: { protocol: 'openai-responses', fields: { previous_response_id: 'x' } } },
      'previous_response_id',
    ],
  ])('%s is a 400', (_, some, path) => {
    expect(pathOf(() => render(neutral(some)))).toBe(path);
  });
});
