import { type GenerateContentResponse, GoogleGenAI } from '@google/genai';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { NeutralEvent } from '../neutral/events.ts';
import { chunkOf, contextOf, decodeStream, encode, home, readFixture, streamOf } from './gemini.fixture.ts';
import { geminiCodec } from './index.ts';
import { openSlot } from './signature-slot.ts';

// The SDK warns of every answer that is not text alone.
beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const sdk = () => new GoogleGenAI({ apiKey: 'k', httpOptions: { baseUrl: 'http://relay.test' } });

function answerWith(body: string, type = 'text/event-stream'): void {
  vi.stubGlobal('fetch', async () => new Response(body, { headers: { 'content-type': type } }));
}

/** What the SDK makes of a stream, and what of it goes into the next request. */
async function readBySdk(stream: string) {
  answerWith(stream);
  const chat = sdk().chats.create({ model: 'm' });
  const chunks: GenerateContentResponse[] = [];
  for await (const chunk of await chat.sendMessageStream({ message: 'hi' })) chunks.push(chunk);
  const last = chunks.at(-1);
  return {
    text: chunks.map((chunk) => chunk.text ?? '').join(''),
    calls: chunks.flatMap((chunk) => chunk.functionCalls ?? []),
    finish: last?.candidates?.[0]?.finishReason,
    usage: last?.usageMetadata,
    history: chat
      .getHistory(true)
      .slice(1)
      .flatMap(({ parts }) => parts ?? []),
  };
}

const text = (index: number, ...pieces: string[]): NeutralEvent[] => [
  { type: 'open', index, block: { kind: 'text' } },
  ...pieces.map((piece): NeutralEvent => ({ type: 'delta', index, text: piece })),
  { type: 'close', index },
];
const whole = (...events: NeutralEvent[]): NeutralEvent[] => [
  { type: 'start', id: 'x', model: 'y' },
  ...events,
  { type: 'end' },
];

describe('the official SDK reads', () => {
  test.each(['thoughts.sse', 'thoughts-crlf.sse', 'finish-on-every-chunk.sse', 'cached-and-tools.sse'])(
    'the same from %s converted as from the original',
    async (file) => {
      const original = await readBySdk(readFixture(file).toString());
      const converted = await readBySdk(encode(decodeStream(readFixture(file))));
      expect(converted.text).toBe(original.text);
      // Calls get an id where they had none.
      expect(converted.calls.map(({ id: _id, ...call }) => call)).toEqual(original.calls);
      expect(converted.finish).toBe(original.finish);
      const { toolUsePromptTokenCount: toolUse = 0, ...usage } = original.usage ?? {};
      // What tools put into the prompt is part of the prompt then.
      expect(converted.usage).toEqual({ ...usage, promptTokenCount: (usage.promptTokenCount ?? 0) + toolUse });
    },
  );

  test('text, usage and the end', async () => {
    const events = whole(
      ...text(0, 'Hel', 'lo "\n'),
      { type: 'usage', usage: { input: 3, cacheRead: 2, output: 9, reasoning: 4 } },
      { type: 'stop', reason: 'length' },
    );
    const read = await readBySdk(encode(events));
    expect(read.text).toBe('Hello "\n');
    expect(read.finish).toBe('MAX_TOKENS');
    expect(read.usage).toEqual({
      promptTokenCount: 5,
      cachedContentTokenCount: 2,
      candidatesTokenCount: 5,
      thoughtsTokenCount: 4,
      totalTokenCount: 14,
    });
  });

  test('a body', async () => {
    const events = whole(...text(0, 'Hel', 'lo'), { type: 'stop', reason: 'end' });
    answerWith(geminiCodec.encodeBody(events, contextOf({ stream: false })), 'application/json');
    const response = await sdk().models.generateContent({ model: 'm', contents: 'hi' });
    expect(response.text).toBe('Hello');
    expect(response.responseId).toBe('req1');
    expect(response.modelVersion).toBe('asked-for');
  });

  test('an error in the middle as an error', async () => {
    const events: NeutralEvent[] = [
      { type: 'start', id: 'x', model: 'y' },
      { type: 'error', error: { type: 't', message: 'secret account name' } },
    ];
    expect(encode(events)).not.toContain('secret');
    await expect(readBySdk(encode(events))).rejects.toThrow(/UNAVAILABLE/);
  });
});

describe('calls', () => {
  const call = (input: string[], form: 'json' | 'text' = 'json'): NeutralEvent[] => [
    { type: 'open', index: 0, block: { kind: 'tool_call', id: 't1', name: 'f', form } },
    ...input.map((piece): NeutralEvent => ({ type: 'delta', index: 0, text: piece })),
    { type: 'close', index: 0 },
  ];
  const argsOf = async (events: NeutralEvent[]) =>
    (await readBySdk(encode(whole(...events, { type: 'stop', reason: 'tool_call' })))).calls[0]?.args;

  test.each([
    ['in pieces', call(['{"a":', '1', '}']), { a: 1 }],
    ['without an input', call([]), {}],
    ['over several lines', call(['{\r\n  "a": "x\\ny"\n}']), { a: 'x\ny' }],
    ['cut off', call(['{"a":']), { _raw: '{"a":' }],
    ['with a list', call(['[1]']), { _raw: '[1]' }],
    ['of free text', call(['a "b"'], 'text'), { input: 'a "b"' }],
  ])('%s come whole, in one part', async (_name, events, args) => {
    expect(await argsOf(events)).toEqual(args);
    expect(encode(events).match(/functionCall/g)).toHaveLength(1);
  });

  test('numbers keep all of their digits', () => {
    expect(encode(call(['{"id":12345678901234567890}']))).toContain('"args":{"id":12345678901234567890}');
  });

  test('keep their ids, and end the answer with STOP', async () => {
    const read = await readBySdk(encode(whole(...call(['{}']), { type: 'stop', reason: 'tool_call' })));
    expect(read.calls).toEqual([{ id: 't1', name: 'f', args: {} }]);
    expect(read.finish).toBe('STOP');
  });
});

describe('thoughts', () => {
  const origin = { protocol: 'anthropic-messages', channelId: 'c', model: 'claude' } as const;
  const events = whole(
    { type: 'open', index: 0, block: { kind: 'thinking' } },
    { type: 'delta', index: 0, text: 'Hm' },
    { type: 'signature', index: 0, signature: { origin, blob: 'sig' } },
    { type: 'close', index: 0 },
    ...text(1, 'Hi'),
    { type: 'stop', reason: 'end' },
  );

  test('are shown to whom asked for them, and are no text', async () => {
    const read = await readBySdk(encode(events, contextOf({ reasoning: { isShown: true } })));
    expect(read.text).toBe('Hi');
    expect(read.history).toContainEqual({ text: 'Hm', thought: true });
  });

  test('are not shown to others, but their proof is', async () => {
    const stream = encode(events);
    expect(stream).not.toContain('Hm');
    const { history } = await readBySdk(stream);
    const sealed = history.find((part) => part.thoughtSignature)?.thoughtSignature;
    expect(openSlot(sealed)).toEqual({ origin, blob: 'sig' });
  });

  test('come back from the history of the SDK as they were', async () => {
    const { history } = await readBySdk(encode(events, contextOf({ reasoning: { isShown: true } })));
    const contents = [
      { role: 'user', parts: [{ text: 'hi' }] },
      ...history.map((part) => ({ role: 'model', parts: [part] })),
    ];
    const { value } = geminiCodec.parseRequest(Buffer.from(JSON.stringify({ contents })), { model: 'm', stream: true });
    expect(value.turns[1]).toEqual({
      role: 'assistant',
      parts: [
        { kind: 'thinking', text: 'Hm', signature: { origin, blob: 'sig' } },
        { kind: 'text', text: 'Hi' },
      ],
    });
  });

  test('of which nothing is readable come back as such', () => {
    const redacted = whole(
      { type: 'open', index: 0, block: { kind: 'thinking', isRedacted: true } },
      { type: 'signature', index: 0, signature: { origin, blob: 'sig' } },
      { type: 'close', index: 0 },
    );
    const body = JSON.parse(geminiCodec.encodeBody(redacted, contextOf({ stream: false })));
    const contents = [body.candidates[0].content];
    const { value } = geminiCodec.parseRequest(Buffer.from(JSON.stringify({ contents })), { model: 'm', stream: true });
    expect(value.turns[0]?.parts).toEqual([
      { kind: 'thinking', text: '', isRedacted: true, signature: { origin, blob: 'sig' } },
    ]);
  });
});

test('a signed call goes through the SDK and back to its model', async () => {
  const stream = streamOf(
    chunkOf([{ functionCall: { name: 'f', args: { a: 1 } }, thoughtSignature: 'c2ln' }], { finishReason: 'STOP' }),
  );
  const { history } = await readBySdk(encode(decodeStream(stream)));
  const contents = [
    { role: 'user', parts: [{ text: 'hi' }] },
    { role: 'model', parts: history },
    { role: 'user', parts: [{ functionResponse: { name: 'f', response: { output: 'x' } } }] },
  ];
  const { value } = geminiCodec.parseRequest(Buffer.from(JSON.stringify({ contents })), { model: 'm', stream: true });
  const rendered = JSON.parse(geminiCodec.renderRequest(value, { origin: home, maxOutputTokens: undefined }).value);
  expect(rendered.contents[1]).toEqual({
    role: 'model',
    parts: [{ functionCall: { name: 'f', args: { a: 1 } }, thoughtSignature: 'c2ln' }],
  });
});

test('a stream without SSE is an array of responses', () => {
  const events = whole(...text(0, 'a'), { type: 'stop', reason: 'end' });
  const body = JSON.parse(geminiCodec.encodeBody(events, contextOf({ stream: true })));
  expect(body).toHaveLength(1);
  expect(geminiCodec.decodeBody(Buffer.from(JSON.stringify(body)), home)).toMatchObject([
    { type: 'start', id: 'req1', model: 'asked-for' },
    ...text(0, 'a'),
    { type: 'stop', reason: 'end' },
    { type: 'end' },
  ]);
});

test('there are no event names and no [DONE]', () => {
  const stream = encode(whole(...text(0, 'a'), { type: 'ping' }, { type: 'stop', reason: 'end' }));
  expect(stream).not.toContain('event:');
  expect(stream).not.toContain('[DONE]');
  expect(stream.match(/^data: /gm)).toHaveLength(2);
});

test('sources of any provider are told at the end', () => {
  const citation = { protocol: 'openai-chat', title: 'A', url: 'https://a', value: {} } as const;
  const events = whole(
    { type: 'open', index: 0, block: { kind: 'text' } },
    { type: 'delta', index: 0, text: 'x' },
    { type: 'citation', index: 0, citation },
    { type: 'close', index: 0 },
    { type: 'stop', reason: 'end' },
  );
  expect(encode(events)).toContain('"groundingMetadata":{"groundingChunks":[{"web":{"uri":"https://a","title":"A"}}]}');
});

test('a refusal is text that ends for safety, with the reason in words', () => {
  const events = whole(
    { type: 'open', index: 0, block: { kind: 'refusal' } },
    { type: 'delta', index: 0, text: 'no' },
    { type: 'close', index: 0 },
    { type: 'stop', reason: 'refusal', explanation: 'policy' },
  );
  const body = JSON.parse(geminiCodec.encodeBody(events, contextOf({ stream: false })));
  expect(body.candidates[0]).toMatchObject({
    content: { parts: [{ text: 'no' }] },
    finishReason: 'SAFETY',
    finishMessage: 'policy',
  });
});
