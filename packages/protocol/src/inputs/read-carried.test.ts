import type { ModelInput, Protocol } from '@ai-bridge/domain';
import { modelInputs } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { mayCarry, readCarried } from './read-carried.ts';

const pdf = { type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' };
const png = { type: 'base64', media_type: 'image/png', data: 'iVBORw==' };
const anthropic = (...content: readonly unknown[]) => ({
  messages: [
    { role: 'user', content },
    { role: 'assistant', content: 'fine' },
    { role: 'user', content: 'and now?' },
  ],
});
const result = (...content: readonly unknown[]) => anthropic({ type: 'tool_result', tool_use_id: 't', content });
const chat = (...content: readonly unknown[]) => ({ messages: [{ role: 'user', content }] });
const picture = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
const gemini = (...parts: readonly unknown[]) => ({
  contents: [{ role: 'user', parts: [{ text: 'look' }, ...parts] }],
});
const item = (type: string, more: object = {}) => ({
  input: [
    { role: 'user', content: 'go' },
    { type, ...more },
  ],
});
const said = (...content: readonly unknown[]) => ({ input: [{ role: 'user', content }] });

type Case = readonly [Protocol, object, Partial<Record<ModelInput, string>>];

test.each<Case>([
  ['anthropic-messages', anthropic({ type: 'image', source: png }), { images: 'messages.0.content.0' }],
  [
    'anthropic-messages',
    result({ type: 'text', text: 'seen' }, { type: 'image', source: png }),
    { images: 'messages.0.content.0.content.1', tools: 'messages.0.content.0' },
  ],
  ['anthropic-messages', anthropic({ type: 'document', source: pdf }), { documents: 'messages.0.content.0' }],
  [
    'anthropic-messages',
    anthropic({ type: 'document', source: { type: 'content', content: [{ type: 'image', source: png }] } }),
    { images: 'messages.0.content.0.source.content.0' },
  ],
  [
    'anthropic-messages',
    anthropic({ type: 'tool_use', id: 't', name: 'n', input: {} }),
    { tools: 'messages.0.content.0' },
  ],
  ['anthropic-messages', { tools: [{ name: 'n' }], messages: [] }, { tools: 'tools' }],
  ['openai-chat', chat({ type: 'text', text: 'x' }, picture), { images: 'messages.0.content.1' }],
  [
    'openai-chat',
    { messages: [{ role: 'tool', tool_call_id: 't', content: [picture] }] },
    { images: 'messages.0.content.0', tools: 'messages.0' },
  ],
  [
    'openai-chat',
    chat({ type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } }),
    { documents: 'messages.0.content.0' },
  ],
  ['openai-chat', { messages: [{ role: 'assistant', tool_calls: [{ id: 't' }] }] }, { tools: 'messages.0.tool_calls' }],
  ['openai-chat', { functions: [{ name: 'n' }], messages: [] }, { tools: 'functions' }],
  [
    'openai-chat',
    { messages: [{ role: 'assistant', function_call: { name: 'n' } }] },
    { tools: 'messages.0.function_call' },
  ],
  ['openai-responses', said({ type: 'input_image', file_id: 'f' }), { images: 'input.0.content.0' }],
  [
    'openai-responses',
    item('function_call_output', { output: [{ type: 'input_image', image_url: 'data:image/png;base64,iVBORw==' }] }),
    { images: 'input.1.output.0', tools: 'input.1' },
  ],
  [
    'openai-responses',
    item('computer_call_output', { output: { type: 'computer_screenshot' } }),
    { images: 'input.1.output' },
  ],
  [
    'openai-responses',
    said({ type: 'input_file', file_url: 'https://example.com/a.pdf' }),
    { documents: 'input.0.content.0' },
  ],
  ['openai-responses', item('custom_tool_call', { name: 'n', input: '' }), { tools: 'input.1' }],
  ['openai-responses', { tools: [{ type: 'web_search' }], input: 'x' }, { tools: 'tools' }],
  ['gemini', gemini({ inlineData: { mimeType: 'image/png', data: 'iVBORw==' } }), { images: 'contents.0.parts.1' }],
  [
    'gemini',
    gemini({ file_data: { mime_type: 'application/pdf', file_uri: 'x' } }),
    { documents: 'contents.0.parts.1' },
  ],
  ['gemini', { contents: [{ parts: { inlineData: { mimeType: 'IMAGE/PNG' } } }] }, { images: 'contents.0.parts.0' }],
  [
    'gemini',
    gemini({ functionResponse: { name: 'n', parts: [{ inlineData: { mimeType: 'image/png' } }] } }),
    { images: 'contents.0.parts.1.functionResponse.parts.0', tools: 'contents.0.parts.1' },
  ],
  ['gemini', gemini({ function_call: { name: 'n' } }), { tools: 'contents.0.parts.1' }],
  ['gemini', { contents: [], tools: [{ googleSearch: {} }] }, { tools: 'tools' }],
])('%s: what is carried is found where it stands: %j', (protocol, request, found) => {
  const body = Buffer.from(JSON.stringify(request));
  const carried = readCarried(protocol, body);
  for (const input of modelInputs) expect([input, carried.pathOf(input)]).toEqual([input, found[input]]);
  for (const input of modelInputs)
    if (found[input]) expect([input, mayCarry(protocol, body, input)]).toEqual([input, true]);
});

const plain: readonly (readonly [Protocol, object])[] = [
  ['anthropic-messages', { ...anthropic({ type: 'text', text: 'an "image", "tools" and a "document"' }), tools: [] }],
  ['anthropic-messages', anthropic({ type: 'document', source: { type: 'text', data: 'words' } })],
  ['anthropic-messages', anthropic({ type: 'document', source: { type: 'file', file_id: 'f' } })],
  ['anthropic-messages', { messages: [{ role: 'user', content: 'x' }, 7, null], tools: 'none' }],
  ['openai-chat', { ...chat({ type: 'text', text: '"image_url"' }), tools: [], functions: null }],
  ['openai-chat', chat({ type: 'file', file: { file_id: 'f' } })],
  ['openai-chat', chat({ type: 'file', file: { file_data: 'data:text/plain;base64,aGk=' } })],
  ['openai-chat', { model: 'm', input: 'an embedding' }],
  ['openai-responses', { input: 'an "input_image"' }],
  ['openai-responses', said({ type: 'input_file', file_id: 'f' })],
  ['gemini', { ...gemini({ inlineData: { mimeType: 'audio/wav' } }), tools: [{ functionDeclarations: [] }, {}] }],
];

test.each(plain)(
  '%s: words, texts, files that are not known and empty lists are none of these: %j',
  (protocol, request) => {
    const carried = readCarried(protocol, Buffer.from(JSON.stringify(request)));
    expect(modelInputs.map((input) => carried.pathOf(input))).toEqual([undefined, undefined, undefined]);
  },
);

test('words in a text are no reason to parse a body', () => {
  const body = Buffer.from(JSON.stringify(anthropic({ type: 'text', text: 'an "image", "tools" and a "document"' })));
  expect(modelInputs.map((input) => mayCarry('anthropic-messages', body, input))).toEqual([false, false, false]);
});

test('what is no object carries nothing', () => {
  expect(readCarried('openai-chat', Buffer.from('[')).pathOf('images')).toBeUndefined();
});

test('a type whose slash is escaped is found', () => {
  const body = Buffer.from('{"contents":[{"parts":[{"inlineData":{"mimeType":"image\\/png"}}]}]}');
  expect([mayCarry('gemini', body, 'images'), readCarried('gemini', body).pathOf('images')]).toEqual([
    true,
    'contents.0.parts.0',
  ]);
});
