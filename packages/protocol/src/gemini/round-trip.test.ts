import { expect, test } from 'vitest';
import { type Body, parse, targetOf } from './gemini.fixture.ts';
import { geminiCodec } from './index.ts';

const again = (body: unknown, model = 'gemini-3.1-pro-preview'): Body =>
  JSON.parse(geminiCodec.renderRequest(parse(body), targetOf(model)).value);

const full = {
  systemInstruction: { parts: [{ text: 'be kind' }] },
  contents: [
    {
      role: 'user',
      parts: [
        { text: 'look' },
        { inlineData: { mimeType: 'image/png', data: 'AA==' }, mediaResolution: { level: 'MEDIA_RESOLUTION_HIGH' } },
        {
          fileData: {
            mimeType: 'application/pdf',
            fileUri: 'https://generativelanguage.googleapis.com/v1beta/files/x',
          },
        },
        { fileData: { mimeType: 'video/mp4', fileUri: 'https://youtu.be/x' }, videoMetadata: { fps: 2 } },
        { inlineData: { mimeType: 'audio/wav', data: 'AA==' } },
      ],
    },
    {
      role: 'model',
      parts: [
        { text: 'Hm', thought: true, thoughtSignature: 's0' },
        { text: 'I see', thoughtSignature: 's1' },
        { executableCode: { language: 'PYTHON', code: '1' } },
        { functionCall: { id: 'a', name: 'f', args: { x: 1 } }, thoughtSignature: 's2' },
        { functionCall: { id: 'b', name: 'f', args: {} } },
      ],
    },
    {
      role: 'user',
      parts: [
        { functionResponse: { id: 'a', name: 'f', response: { output: 'one' } } },
        {
          functionResponse: {
            id: 'b',
            name: 'f',
            response: { error: 'two' },
            parts: [{ inlineData: { mimeType: 'image/png', data: 'AA==' } }],
          },
        },
      ],
    },
  ],
  tools: [
    {
      functionDeclarations: [{ name: 'f', description: 'd', parametersJsonSchema: { type: 'object', properties: {} } }],
    },
    { googleSearch: { timeRangeFilter: {} } },
    { codeExecution: {} },
  ],
  toolConfig: {
    functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f'] },
    includeServerSideToolInvocations: true,
  },
  generationConfig: {
    temperature: 0.5,
    topP: 0.9,
    topK: 4,
    candidateCount: 2,
    maxOutputTokens: 50,
    stopSequences: ['x'],
    presencePenalty: 0.5,
    frequencyPenalty: 0.25,
    seed: 3,
    responseMimeType: 'application/json',
    responseJsonSchema: { type: 'object' },
    responseModalities: ['TEXT'],
    mediaResolution: 'MEDIA_RESOLUTION_LOW',
    thinkingConfig: { includeThoughts: true, thinkingLevel: 'LOW' },
  },
  safetySettings: [{ category: 'HARM_CATEGORY_HARASSMENT', threshold: 'OFF' }],
  cachedContent: 'cachedContents/x',
  labels: { a: 'b' },
  serviceTier: 'flex',
  somethingNew: { a: 1 },
};

test('a request for its own protocol comes out as it came in', () => {
  expect(again(full)).toEqual(full);
});

test.each<[string, unknown, unknown]>([
  ['a result under another key, or whole, is the output', { response: { result: 'x' } }, { response: { output: 'x' } }],
  ['an object as a result is its JSON', { response: { a: 1 } }, { response: { output: '{"a":1}' } }],
])('the only differences in a result: %s', (_name, sent, written) => {
  const contents = (response: unknown) => [
    { role: 'user', parts: [{ text: 'go' }] },
    { role: 'model', parts: [{ functionCall: { name: 'f', args: {} }, thoughtSignature: 's' }] },
    { role: 'user', parts: [{ functionResponse: { name: 'f', ...(response as object) } }] },
  ];
  expect(again({ contents: contents(sent) }).contents).toEqual(contents(written));
});

test.each<[string, object, object]>([
  [
    'schemas are JSON schemas',
    { tools: [{ functionDeclarations: [{ name: 'f', parameters: { type: 'OBJECT' } }] }] },
    { tools: [{ functionDeclarations: [{ name: 'f', parametersJsonSchema: { type: 'object' } }] }] },
  ],
  [
    'tools of one entry get entries of their own, functions first',
    { tools: [{ googleSearch: {}, functionDeclarations: [{ name: 'f' }] }] },
    { tools: [{ functionDeclarations: [{ name: 'f' }] }, { googleSearch: {} }] },
  ],
  [
    'budgets are levels where the model has levels',
    { generationConfig: { thinkingConfig: { thinkingBudget: 1000 } } },
    { generationConfig: { thinkingConfig: { thinkingLevel: 'LOW' } } },
  ],
  ['zero output tokens are none', { generationConfig: { maxOutputTokens: 0, stopSequences: [] } }, {}],
  [
    'names are in camelCase',
    { generation_config: { top_p: 1 }, safety_settings: [] },
    { generationConfig: { topP: 1 }, safetySettings: [] },
  ],
])('the only differences elsewhere: %s', (_name, sent, written) => {
  const contents = [{ role: 'user', parts: [{ text: 'go' }] }];
  expect(again({ contents, ...sent })).toEqual({ contents, ...written });
});

test('words of a list as an answer stay as they are', () => {
  const body = {
    contents: [{ role: 'user', parts: [{ text: 'go' }] }],
    generationConfig: { responseMimeType: 'text/x.enum', responseSchema: { type: 'STRING', enum: ['a'] } },
  };
  expect(again(body)).toEqual(body);
});
