import { describe, expect, test } from 'vitest';
import type { Part } from '../neutral/parts.ts';
import type { NeutralRequest, Tool } from '../neutral/request.ts';
import { contentsOf, home, model, pathsOf, refusalOf, rejects, render, say, targetOf, user } from './gemini.fixture.ts';

const fun: Tool = { kind: 'function', name: 'f', schema: { type: 'object' } };

describe('media', () => {
  const sourceOf = (source: Extract<Part, { kind: 'image' }>['source'], name = 'gemini-3-flash-preview') =>
    render({ turns: [user({ kind: 'image', source })] }, targetOf(name)).body.contents[0].parts[0];

  test('addresses stay addresses where the model reads them', () => {
    expect(sourceOf({ kind: 'url', url: 'https://a.test/b.png?x' })).toEqual({
      fileData: { mimeType: 'image/png', fileUri: 'https://a.test/b.png?x' },
    });
    expect(refusalOf(() => sourceOf({ kind: 'url', url: 'https://a.test/b.png' }, 'gemini-2.0-flash'))?.path).toBe(
      'messages.0.content.0.source.url',
    );
    expect(refusalOf(() => sourceOf({ kind: 'url', url: 'http://a.test/b.png' }))?.path).toBe(
      'messages.0.content.0.source.url',
    );
  });

  test('files of another provider are refused, Google’s are written back', () => {
    expect(refusalOf(() => sourceOf({ kind: 'file', protocol: 'openai-chat', id: 'file-1' }))?.path).toBe(
      'messages.0.content.0.source',
    );
    expect(sourceOf({ kind: 'file', protocol: 'gemini', id: 'gs://a/b', mediaType: 'image/png' })).toEqual({
      fileData: { mimeType: 'image/png', fileUri: 'gs://a/b' },
    });
  });

  test('documents keep title and context, in words', () => {
    const source = { kind: 'text', text: 'body' } as const;
    const parts = contentsOf([
      user({ kind: 'document', source }, { kind: 'document', source, title: 'T', context: 'C' }),
    ])[0].parts;
    expect(parts).toEqual([
      { inlineData: { mimeType: 'text/plain', data: 'Ym9keQ==' } },
      { text: 'Title: T\nC\n\nbody' },
    ]);
  });
});

describe('tools', () => {
  test('are declared with JSON schemas, free text as one property', () => {
    const { body, losses } = render({
      tools: [
        { kind: 'function', name: 'f', description: 'd', schema: { $schema: 'x', type: 'object' }, isStrict: true },
        { kind: 'function', name: 'g' },
        {
          kind: 'freeform',
          name: 'patch',
          description: 'edits',
          format: { type: 'grammar', syntax: 'lark', definition: 'start: "a"' },
        },
        { kind: 'web_search', protocol: 'anthropic-messages', value: {} },
      ],
    });
    expect(body.tools).toEqual([
      {
        functionDeclarations: [
          { name: 'f', description: 'd', parametersJsonSchema: { type: 'object' } },
          { name: 'g' },
          {
            name: 'patch',
            description: 'edits\n\nThe input must follow this lark grammar:\nstart: "a"',
            parametersJsonSchema: {
              ...{ type: 'object', properties: { input: { type: 'string' } } },
              ...{ required: ['input'], additionalProperties: false },
            },
          },
        ],
      },
      { googleSearch: {} },
    ]);
    expect(pathsOf(losses)).toEqual(['tools.0.strict', 'tools.2.format']);
  });

  test('that only another provider has, and searches kept to domains, are refused', () => {
    const tool: Tool = { kind: 'opaque', protocol: 'anthropic-messages', name: 'code_execution', value: {} };
    const search: Tool = { kind: 'web_search', protocol: 'anthropic-messages', value: {}, allowedDomains: ['a.test'] };
    expect(rejects({ tools: [tool] })?.path).toBe('tools.0');
    expect(rejects({ tools: [search] })?.path).toBe('tools.0.allowed_domains');
  });

  test.each([
    [{ kind: 'auto' }, { mode: 'AUTO' }],
    [{ kind: 'any' }, { mode: 'ANY' }],
    [{ kind: 'none' }, { mode: 'NONE' }],
    [
      { kind: 'tool', name: 'f' },
      { mode: 'ANY', allowedFunctionNames: ['f'] },
    ],
    [
      { kind: 'some', names: ['f'], isForced: true },
      { mode: 'ANY', allowedFunctionNames: ['f'] },
    ],
    [
      { kind: 'some', names: ['f'], isForced: false },
      { mode: 'VALIDATED', allowedFunctionNames: ['f'] },
    ],
  ] as const)('the choice %j', (toolChoice, functionCallingConfig) => {
    expect(render({ tools: [fun], toolChoice }).body.toolConfig).toEqual({ functionCallingConfig });
  });

  test('a choice needs its function, and no function needs a choice', () => {
    expect(rejects({ tools: [fun], toolChoice: { kind: 'tool', name: 'x' } })?.path).toBe('tool_choice');
    expect(render({ toolChoice: { kind: 'auto' } }).body.toolConfig).toBeUndefined();
  });
});

describe('settings', () => {
  test('are written under their names', () => {
    const { body, losses } = render({
      maxOutputTokens: 100,
      sampling: { temperature: 1.5, topP: 0.5, topK: 3, stop: ['a'], presencePenalty: 1, frequencyPenalty: 0, seed: 7 },
      serviceTier: 'flex',
    });
    expect(body.generationConfig).toEqual({
      temperature: 1.5,
      topP: 0.5,
      topK: 3,
      stopSequences: ['a'],
      presencePenalty: 1,
      seed: 7,
      maxOutputTokens: 100,
    });
    expect(body.serviceTier).toBe('flex');
    expect(losses).toEqual([]);
  });

  test('that Gemini has not are losses, each told once', () => {
    const { losses } = render(
      {
        system: [{ kind: 'text', text: 's', cache: '5m' }],
        turns: [user({ kind: 'text', text: 'a', cache: '1h' })],
        user: 'u',
        promptCacheKey: 'k',
        verbosity: 'low',
        serviceTier: 'scale',
        parallelToolCalls: false,
        maxOutputTokens: 500,
        sampling: { logitBias: { 1: 2 }, seed: 2 ** 40 },
      },
      targetOf(home.model, 100),
    );
    expect([...pathsOf(losses)].sort()).toEqual([
      'cache_control',
      'logit_bias',
      'max_tokens',
      'parallel_tool_calls',
      'prompt_cache_key',
      'seed',
      'service_tier',
      'user',
      'verbosity',
    ]);
  });

  test('six stop sequences are refused, five are not', () => {
    const stop = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(rejects({ sampling: { stop } })?.path).toBe('stop');
    expect(rejects({ sampling: { stop: stop.slice(1) } })).toBeUndefined();
  });

  test('the answer’s form', () => {
    const of = (format: NeutralRequest['format']) => render({ format }).body.generationConfig;
    expect(of({ kind: 'json' })).toEqual({ responseMimeType: 'application/json' });
    expect(of({ kind: 'schema', name: 'n', description: 'd', schema: { type: 'object', $id: 'x' } })).toEqual({
      responseMimeType: 'application/json',
      responseJsonSchema: { type: 'object', description: 'd' },
    });
  });

  test('of another protocol alone are losses or refused, as the table says', () => {
    const extras = { protocol: 'openai-responses', fields: { store: true } } as const;
    expect(pathsOf(render({ extras }).losses)).toEqual(['store']);
    expect(rejects({ extras: { protocol: 'openai-responses', fields: { conversation: 'c' } } })?.path).toBe(
      'conversation',
    );
  });

  test('parts of another protocol alone are losses or refused', () => {
    const part = (name: string): Part => ({ kind: 'opaque', protocol: 'openai-responses', name, value: {} });
    expect(rejects({ turns: [say('user', 'a'), model(part('web_search_call'))] })).toBeUndefined();
    expect(rejects({ turns: [say('user', 'a'), model(part('compaction'))] })?.path).toBe('messages.1.content.0');
  });
});
