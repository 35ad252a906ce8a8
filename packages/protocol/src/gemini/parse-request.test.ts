import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foreignExtras } from '../neutral/foreign.ts';
import { parse, refusalOf } from './gemini.fixture.ts';
import { geminiCodec } from './index.ts';
import { sealSlot } from './signature-slot.ts';

const own = (blob: string) => ({ origin: { protocol: 'gemini', channelId: undefined, model: undefined }, blob });
const partsOf = (...parts: unknown[]) => parse({ contents: [{ role: 'model', parts }] }).turns[0]?.parts;

test('model and stream come from the path', () => {
  const body = { model: 'models/other', contents: [{ parts: [{ text: 'hi' }] }] };
  expect(parse(body, { model: 'gemini-3-pro', stream: false })).toMatchObject({
    model: 'gemini-3-pro',
    stream: false,
    turns: [{ role: 'user', parts: [{ kind: 'text', text: 'hi' }] }],
  });
  expect(refusalOf(() => geminiCodec.parseRequest(Buffer.from('{}'), undefined))).toEqual({
    path: 'model',
    reason: 'is required',
  });
});

test('snake_case is read like camelCase, but not in what is the client’s own', () => {
  const request = parse({
    system_instruction: { parts: [{ text: 'be kind' }] },
    contents: [
      { role: 'model', parts: [{ function_call: { name: 'f', args: { a_b: { c_d: 1 } } } }] },
      { role: 'user', parts: [{ function_response: { name: 'f', response: { x_y: 1 } } }] },
      { role: 'user', parts: [{ inline_data: { mime_type: 'image/png', data: 'AA' } }] },
    ],
    generation_config: { max_output_tokens: 5, top_p: 0.5, thinking_config: { thinking_budget: 9 } },
    tool_config: { function_calling_config: { mode: 'ANY', allowed_function_names: ['f'] } },
    tools: [{ function_declarations: [{ name: 'f', parameters_json_schema: { properties: { a_b: {} } } }] }],
  });
  expect(request).toMatchObject({
    system: [{ kind: 'text', text: 'be kind' }],
    turns: [
      { parts: [{ kind: 'tool_call', input: '{"a_b":{"c_d":1}}' }] },
      { parts: [{ kind: 'tool_result', parts: [{ text: '{"x_y":1}' }] }] },
      { parts: [{ kind: 'image', source: { mediaType: 'image/png' } }] },
    ],
    maxOutputTokens: 5,
    sampling: { topP: 0.5 },
    reasoning: { budgetTokens: 9 },
    toolChoice: { kind: 'tool', name: 'f' },
    tools: [{ name: 'f', schema: { properties: { a_b: {} } } }],
  });
});

test('a field in two spellings is refused, null is as if absent', () => {
  expect(refusalOf(() => parse({ generationConfig: { topP: 1, top_p: 1 }, contents: [] }))?.path).toBe(
    'generationConfig.topP',
  );
  expect(parse({ contents: null, tools: null, generationConfig: { topP: null } }).sampling).toEqual({});
});

test.each([
  [{ contents: 'hi' }, 'contents'],
  [{ contents: [5] }, 'contents.0'],
  [{ contents: [{ role: 'assistant', parts: [] }] }, 'contents.0.role'],
  [{ contents: [{ role: 'constructor', parts: [] }] }, 'contents.0.role'],
  [{ contents: [{ parts: [{ text: 5 }] }] }, 'contents.0.parts.0.text'],
  [{ contents: [{ role: 'model', parts: [{ functionCall: {} }] }] }, 'contents.0.parts.0.functionCall.name'],
  [{ contents: [{ parts: [{ functionCall: { name: 'f' } }] }] }, 'contents.0.parts.0.functionCall'],
  [{ contents: [{ role: 'model', parts: [{ functionResponse: {} }] }] }, 'contents.0.parts.0.functionResponse'],
  [
    { contents: [{ role: 'model', parts: [{ functionCall: { name: 'f', args: [] } }] }] },
    'contents.0.parts.0.functionCall.args',
  ],
  [{ contents: [{ parts: [{ inlineData: { data: 'A' } }] }] }, 'contents.0.parts.0.inlineData.mimeType'],
  [{ systemInstruction: { parts: [{ fileData: { fileUri: 'gs://a' } }] } }, 'systemInstruction.parts.0'],
  [{ generationConfig: { temperature: 'hot' } }, 'generationConfig.temperature'],
  [{ generationConfig: { stopSequences: [1] } }, 'generationConfig.stopSequences.0'],
  [
    { generationConfig: { thinkingConfig: { thinkingLevel: 'HUGE' } } },
    'generationConfig.thinkingConfig.thinkingLevel',
  ],
  [{ toolConfig: { functionCallingConfig: { mode: 'SOME' } } }, 'toolConfig.functionCallingConfig.mode'],
  [{ tools: [{ functionDeclarations: [{}] }] }, 'tools.0.functionDeclarations.0.name'],
])('a malformed field is named: %j', (body, path) => {
  expect(refusalOf(() => parse(body))?.path).toBe(path);
});

describe('calls and results', () => {
  const call = (name: string, id?: string) => ({
    role: 'model',
    parts: [{ functionCall: { name, ...(id && { id }) } }],
  });
  const result = (name: string, response: object, id?: string) => ({
    role: 'user',
    parts: [{ functionResponse: { name, response, ...(id && { id }) } }],
  });
  const idsOf = (...contents: unknown[]) =>
    parse({ contents }).turns.flatMap(({ parts }) =>
      parts.flatMap((part) =>
        part.kind === 'tool_call' ? [part.id] : part.kind === 'tool_result' ? [part.callId] : [],
      ),
    );

  test('without ids belong together by name and order, and keep their ids as the conversation grows', () => {
    const both = { role: 'model', parts: [{ functionCall: { name: 'f' } }, { functionCall: { name: 'g' } }] };
    const history = [both, result('g', {}), result('f', {}), call('f'), result('f', {})];
    const [f, g, ofG, ofF, later, ofLater] = idsOf(...history);
    expect([ofF, ofG, ofLater]).toEqual([f, g, later]);
    expect(new Set([f, g, later]).size).toBe(3);
    expect(idsOf(...history.slice(0, 3))).toEqual([f, g, ofG, ofF]);
    for (const id of [f, g, later]) expect(id).toMatch(/^[a-zA-Z0-9_-]{1,40}$/);
  });

  test('with ids belong together by id', () => {
    const both = {
      role: 'model',
      parts: [{ functionCall: { name: 'f', id: 'a' } }, { functionCall: { name: 'f', id: 'b' } }],
    };
    expect(idsOf(both, result('f', {}, 'b'), result('f', {}, 'a'))).toEqual(['a', 'b', 'b', 'a']);
  });

  test.each([
    [{ output: 'x' }, 'x', false],
    [{ result: 'x' }, 'x', false],
    [{ output: { a: 1 } }, '{"a":1}', false],
    [{ error: 'bad' }, 'bad', true],
    [{ error: 'bad', code: 5 }, '{"error":"bad","code":5}', false],
    [{ temperature: 21 }, '{"temperature":21}', false],
  ])('the result %j reads as %s', (response, text, isError) => {
    expect(parse({ contents: [call('f'), result('f', response)] }).turns[1]?.parts[0]).toMatchObject({
      parts: [{ kind: 'text', text }],
      isError,
    });
  });

  test('a result may hold pictures', () => {
    const contents = [
      call('f'),
      {
        role: 'function',
        parts: [{ functionResponse: { name: 'f', parts: [{ inlineData: { mimeType: 'image/png', data: 'AA' } }] } }],
      },
    ];
    expect(parse({ contents }).turns[1]).toMatchObject({
      role: 'user',
      parts: [{ kind: 'tool_result', name: 'f', parts: [{ kind: 'image' }] }],
    });
  });
});

describe('parts', () => {
  test.each([
    [
      { inlineData: { mimeType: 'image/png', data: 'AA' } },
      { kind: 'image', source: { kind: 'base64', mediaType: 'image/png', data: 'AA' } },
    ],
    [
      { inlineData: { mimeType: 'application/pdf', data: 'AA', displayName: 'x.pdf' } },
      { kind: 'document', title: 'x.pdf' },
    ],
    [
      { inlineData: { mimeType: 'text/csv', data: 'YSxi' } },
      { kind: 'document', source: { kind: 'text', text: 'a,b' } },
    ],
    [{ inlineData: { mimeType: 'audio/wav', data: 'AA' } }, { kind: 'audio' }],
    [{ inlineData: { mimeType: 'video/mp4', data: 'AA' } }, { kind: 'video' }],
    [
      { fileData: { fileUri: 'https://a.test/b.png' } },
      { kind: 'image', source: { kind: 'url', url: 'https://a.test/b.png' } },
    ],
    [
      {
        fileData: { fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/x', mimeType: 'application/pdf' },
      },
      { kind: 'document', source: { kind: 'file', protocol: 'gemini', mediaType: 'application/pdf' } },
    ],
    [{ fileData: { fileUri: 'https://youtu.be/x' } }, { kind: 'video', source: { kind: 'file', protocol: 'gemini' } }],
    [
      { text: 't', thought: true },
      { kind: 'thinking', text: 't' },
    ],
    [
      { text: 't', thought: true, thoughtSignature: 's' },
      { kind: 'thinking', text: 't', signature: own('s') },
    ],
    [{ executableCode: { code: '1' } }, { kind: 'opaque', protocol: 'gemini', name: 'executableCode' }],
    [{ somethingNew: 1 }, { kind: 'opaque', name: 'somethingNew', value: { somethingNew: 1 } }],
  ])('%j', (part, expected) => {
    expect(partsOf(part)?.[0]).toMatchObject(expected);
  });

  test('a film of which only some seconds are meant stays whole, for Gemini only', () => {
    const part = { fileData: { fileUri: 'https://youtu.be/x' }, videoMetadata: { startOffset: '5s' } };
    expect(partsOf(part)).toEqual([{ kind: 'opaque', protocol: 'gemini', name: 'fileData', value: part }]);
  });

  test('a signed text is a text and its signature', () => {
    expect(partsOf({ text: 't', thoughtSignature: 's' })).toEqual([
      { kind: 'text', text: 't' },
      { kind: 'thinking', text: '', isRedacted: true, signature: own('s') },
    ]);
  });

  test('signatures that we sealed tell where they are from', () => {
    const signature = { origin: { protocol: 'anthropic-messages', channelId: 'c', model: 'm' }, blob: 'b' } as const;
    expect(partsOf({ functionCall: { name: 'f' }, thoughtSignature: sealSlot(signature) })?.[0]).toMatchObject({
      signature,
    });
  });

  test('the pieces of a streamed answer become one text again, those of the user stay apart', () => {
    const pieces = [{ text: 'a' }, { text: 'b' }];
    const contents = [{ parts: pieces }, ...pieces.map((piece) => ({ role: 'model', parts: [piece] }))];
    expect(parse({ contents }).turns).toEqual([
      {
        role: 'user',
        parts: [
          { kind: 'text', text: 'a' },
          { kind: 'text', text: 'b' },
        ],
      },
      { role: 'assistant', parts: [{ kind: 'text', text: 'ab' }] },
    ]);
  });
});

test('whatever the JSON, it is read or refused with a path', () => {
  const names = [
    'contents',
    'parts',
    'role',
    'text',
    'functionCall',
    'functionResponse',
    'name',
    'args',
    'response',
    'tools',
  ];
  const more = [
    'functionDeclarations',
    'parameters',
    'generationConfig',
    'thinkingConfig',
    'inlineData',
    'mimeType',
    'data',
  ];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      fc.constantFrom('f', 'model', 'image/png', 5, true, null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names, ...more), tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names, ...more), value, { maxKeys: 4 }), (body) => {
      const refusal = refusalOf(() => parse(body));
      if (refusal) expect(refusal.path).toMatch(/./);
    }),
  );
});

describe('tools', () => {
  test('Google’s schemas become JSON schemas', () => {
    const parameters = {
      type: 'OBJECT',
      properties: {
        type: { type: 'STRING', nullable: true },
        n: { type: 'ARRAY', minItems: '2', items: { type: 'INTEGER' } },
      },
      required: ['type'],
    };
    const [tool] = parse({ tools: [{ functionDeclarations: [{ name: 'f', parameters }] }] }).tools;
    expect(tool).toMatchObject({
      schema: {
        type: 'object',
        properties: {
          type: { type: ['string', 'null'] },
          n: { type: 'array', minItems: 2, items: { type: 'integer' } },
        },
        required: ['type'],
      },
    });
  });

  test('search is web search, Google’s other tools are its own', () => {
    const { tools } = parse({ tools: [{ googleSearch: {}, codeExecution: {} }, { urlContext: {} }] });
    expect(tools.map((tool) => [tool.kind, 'name' in tool ? tool.name : ''])).toEqual([
      ['web_search', ''],
      ['opaque', 'codeExecution'],
      ['opaque', 'urlContext'],
    ]);
  });

  test.each([
    ['AUTO', undefined, { kind: 'auto' }],
    ['ANY', undefined, { kind: 'any' }],
    ['ANY', ['f'], { kind: 'tool', name: 'f' }],
    ['ANY', ['f', 'g'], { kind: 'some', names: ['f', 'g'], isForced: true }],
    ['VALIDATED', ['f'], { kind: 'some', names: ['f'], isForced: false }],
    ['NONE', undefined, { kind: 'none' }],
  ])('the mode %s with %j', (mode, allowedFunctionNames, expected) => {
    expect(parse({ toolConfig: { functionCallingConfig: { mode, allowedFunctionNames } } }).toolChoice).toEqual(
      expected,
    );
  });
});

describe('settings', () => {
  test('of thinking', () => {
    const of = (thinkingConfig: object) => parse({ generationConfig: { thinkingConfig } }).reasoning;
    expect(of({ thinkingLevel: 'LOW', includeThoughts: true })).toEqual({ effort: 'low', isShown: true });
    expect(of({ thinkingBudget: -1 })).toEqual({ budgetTokens: -1 });
    expect(of({})).toBeUndefined();
  });

  test('of the answer’s form', () => {
    const of = (generationConfig: object) => parse({ generationConfig }).format;
    expect(of({ responseMimeType: 'application/json' })).toEqual({ kind: 'json' });
    expect(of({ responseMimeType: 'application/json', responseSchema: { type: 'STRING' } })).toEqual({
      kind: 'schema',
      schema: { type: 'string' },
    });
    expect(of({ responseMimeType: 'text/plain' })).toBeUndefined();
  });

  test.each([
    [{ cachedContent: 'cachedContents/x' }, 'cachedContent'],
    [{ continuationToken: 't' }, 'continuationToken'],
    [{ generationConfig: { candidateCount: 2 } }, 'generationConfig.candidateCount'],
    [{ generationConfig: { responseModalities: ['TEXT', 'IMAGE'] } }, 'generationConfig.responseModalities'],
    [{ generationConfig: { speechConfig: {} } }, 'generationConfig.speechConfig'],
    [{ generationConfig: { responseLogprobs: true } }, 'generationConfig.responseLogprobs'],
    [
      { generationConfig: { responseMimeType: 'text/x.enum', responseSchema: { type: 'STRING', enum: ['a'] } } },
      'generationConfig.responseMimeType',
    ],
  ])('%j is refused elsewhere', (body, path) => {
    expect(refusalOf(() => foreignExtras(parse(body), 'openai-chat'))?.path).toBe(path);
  });

  test('hints are losses elsewhere, and what every provider does is none', () => {
    const request = parse({
      safetySettings: [],
      labels: {},
      generationConfig: { candidateCount: 1, responseModalities: ['TEXT'], mediaResolution: 'MEDIA_RESOLUTION_LOW' },
    });
    expect(foreignExtras(request, 'openai-chat').map(({ path }) => path)).toEqual([
      'safetySettings',
      'labels',
      'generationConfig.mediaResolution',
    ]);
  });
});
