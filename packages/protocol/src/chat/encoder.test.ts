import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import OpenAI from 'openai';
import { describe, expect, test } from 'vitest';
import type { AnswerContext } from '../neutral/codec.ts';
import type { NeutralEvent, StopReason } from '../neutral/events.ts';
import { openSignature, type Signature } from '../neutral/signature.ts';
import { shortToolName } from '../neutral/tool-names.ts';
import { eventEnd, parseEvent } from '../stream/events.ts';
import { chatCodec } from './index.ts';
import { contextOf, requestOf } from './testing-values.ts';

const folder = new URL('../../fixtures/openai-chat/', import.meta.url);

function encodeAll(events: readonly NeutralEvent[], context: AnswerContext): string {
  const encoder = chatCodec.createEncoder(context);
  return events.map((event) => encoder.encode(event)).join('');
}

// biome-ignore lint/suspicious/noExplicitAny: chunks are looked at as a client would
function chunksOf(text: string): any[] {
  return text
    .split('\n\n')
    .filter((record) => record.startsWith('data: {'))
    .map((record) => JSON.parse(record.slice(6)));
}

/** What the official SDK makes of a stream. */
async function accumulate(stream: string) {
  const headers = { 'content-type': 'text/event-stream' };
  const client = new OpenAI({ apiKey: 'k', maxRetries: 0, fetch: async () => new Response(stream, { headers }) });
  const running = client.chat.completions.stream({ model: 'm', messages: [{ role: 'user', content: 'x' }] });
  return await running.finalChatCompletion();
}

const call = (id: string, name: string, signature?: Signature) =>
  ({ kind: 'tool_call', id, name, form: 'json', signature }) as const;

const answer: NeutralEvent[] = [
  { type: 'start', id: 'u', model: 'upstream' },
  { type: 'open', index: 0, block: { kind: 'thinking' } },
  { type: 'delta', index: 0, text: 'hm' },
  { type: 'close', index: 0 },
  { type: 'open', index: 1, block: { kind: 'text' } },
  { type: 'delta', index: 1, text: 'hel\n"lo"' },
  { type: 'delta', index: 1, text: ' \u2028 world' },
  { type: 'close', index: 1 },
  { type: 'open', index: 2, block: call('c1', 'read') },
  { type: 'delta', index: 2, text: '{"path":' },
  { type: 'delta', index: 2, text: '"x"}' },
  { type: 'close', index: 2 },
  { type: 'open', index: 3, block: call('c2', 'now') },
  { type: 'close', index: 3 },
  { type: 'usage', usage: { input: 10, cacheRead: 5, output: 7, reasoning: 2 } },
  { type: 'stop', reason: 'tool_call' },
  { type: 'end' },
];

function simple(stop: Extract<NeutralEvent, { type: 'stop' }>): NeutralEvent[] {
  return [{ type: 'start', id: undefined, model: undefined }, stop, { type: 'end' }];
}

describe('a stream', () => {
  const text = encodeAll(answer, contextOf({ includeUsage: true }));
  const chunks = chunksOf(text);

  test('has the same id, time and model on all chunks', () => {
    for (const { id, object, created, model } of chunks) {
      expect([id, object, created, model]).toEqual([
        'chatcmpl-request-1',
        'chat.completion.chunk',
        1_700_000_000,
        'the-model',
      ]);
    }
  });

  test('begins with the role and ends with finish, usage and [DONE]', () => {
    expect(chunks[0].choices[0].delta).toEqual({ role: 'assistant', content: '', refusal: null });
    expect(chunks.at(-2).choices).toEqual([{ index: 0, delta: {}, logprobs: null, finish_reason: 'tool_calls' }]);
    expect(chunks.at(-1).choices).toEqual([]);
    expect(chunks.at(-1).usage.prompt_tokens).toBe(15);
    expect(text.endsWith('data: [DONE]\n\n')).toBe(true);
  });

  test('says usage null on all chunks but the last, and nothing of it to a client that did not ask', () => {
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    const unasked = chunksOf(encodeAll(answer, contextOf()));
    expect(unasked.some((chunk) => 'usage' in chunk || chunk.choices.length === 0)).toBe(false);
  });

  test('counts tool calls from 0 whatever blocks stand before, id and name with empty arguments first', () => {
    const calls = chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? []);
    expect(calls).toEqual([
      { index: 0, id: 'c1', type: 'function', function: { name: 'read', arguments: '' } },
      { index: 0, function: { arguments: '{"path":' } },
      { index: 0, function: { arguments: '"x"}' } },
      { index: 1, id: 'c2', type: 'function', function: { name: 'now', arguments: '' } },
      { index: 1, function: { arguments: '{}' } },
    ]);
  });

  test('is what the official SDK makes the same answer of as of the body', async () => {
    const streamed = await accumulate(text);
    const body = JSON.parse(chatCodec.encodeBody(answer, contextOf()));
    expect(streamed).toMatchObject({ ...body, object: 'chat.completion' });
    expect(streamed.choices[0]?.message.content).toBe('hel\n"lo" \u2028 world');
  });

  test('hides thinking from a client that wants to see none', () => {
    const request = requestOf({ reasoning: { isShown: false } });
    expect(encodeAll(answer, contextOf({ request }))).not.toContain('reasoning_content');
    expect(chatCodec.encodeBody(answer, contextOf({ request }))).not.toContain('reasoning_content');
  });

  test('ends without [DONE] where the upstream broke, and quotes nothing of it', () => {
    const broken: NeutralEvent[] = [...answer.slice(0, 6), { type: 'error', error: { type: 't', message: 'secret' } }];
    const record = encodeAll(broken, contextOf());
    expect(record).not.toContain('[DONE]');
    expect(record).not.toContain('secret');
    expect(chunksOf(record).at(-1).error.message).toEqual(expect.any(String));
  });

  test('keeps every text whole, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', minLength: 1 })), (texts) => {
        const deltas = texts.map((delta): NeutralEvent => ({ type: 'delta', index: 0, text: delta }));
        const events: NeutralEvent[] = [{ type: 'open', index: 0, block: { kind: 'text' } }, ...deltas];
        const encoded = chunksOf(encodeAll(events, contextOf()));
        expect(encoded.map((chunk) => chunk.choices[0].delta.content)).toEqual(texts);
      }),
    );
  });
});

describe('tools', () => {
  test("Gemini's signature of a call goes through a client and back", () => {
    const signature: Signature = { origin: { protocol: 'gemini', channelId: 'g', model: 'gemini-4' }, blob: 'sig' };
    const events: NeutralEvent[] = [
      { type: 'open', index: 0, block: call('c1', 'read', signature) },
      { type: 'close', index: 0 },
    ];
    const [opened] = chunksOf(encodeAll(events, contextOf()))[0].choices[0].delta.tool_calls;
    expect(openSignature(opened.extra_content.google.thought_signature, 'openai-chat')).toEqual(signature);
    const messages = [
      { role: 'user', content: 'x' },
      { role: 'assistant', content: null, tool_calls: [opened] },
    ];
    const { value } = chatCodec.parseRequest(Buffer.from(JSON.stringify({ model: 'm', messages })), undefined);
    expect(value.turns[1]?.parts[0]).toMatchObject({ signature });
  });

  test('a function that stands for a tool of free text is told as the custom call that the client knows', () => {
    const request = requestOf({ tools: [{ kind: 'freeform', name: 'patch' }] });
    const events: NeutralEvent[] = [
      { type: 'open', index: 0, block: call('c1', 'patch') },
      { type: 'delta', index: 0, text: '{"input":"*** ' },
      { type: 'delta', index: 0, text: 'Begin"}' },
      { type: 'close', index: 0 },
    ];
    const expected = { id: 'c1', type: 'custom', custom: { name: 'patch', input: '*** Begin' } };
    const [chunk, ...more] = chunksOf(encodeAll(events, contextOf({ request })));
    expect(more).toEqual([]);
    expect(chunk.choices[0].delta.tool_calls).toEqual([{ index: 0, ...expected }]);
    const body = JSON.parse(chatCodec.encodeBody(events, contextOf({ request })));
    expect(body.choices[0].message).toMatchObject({ content: null, tool_calls: [expected] });
  });

  test('a name that was shortened for the upstream is the client its own again', () => {
    const name = `mcp__${'x'.repeat(80)}`;
    const request = requestOf({ tools: [{ kind: 'function', name }] });
    const events: NeutralEvent[] = [{ type: 'open', index: 0, block: call('c', shortToolName(name)) }];
    expect(chunksOf(encodeAll(events, contextOf({ request })))[0].choices[0].delta.tool_calls[0].function.name).toBe(
      name,
    );
  });
});

describe('the finish reason', () => {
  const finishOf = (reason: StopReason, explanation?: string) => {
    const events = simple({ type: 'stop', reason, explanation });
    const streamed = chunksOf(encodeAll(events, contextOf()));
    const body = JSON.parse(chatCodec.encodeBody(events, contextOf()));
    const told = [streamed.at(-1).choices[0].finish_reason, body.choices[0].finish_reason];
    expect(told[0]).toBe(told[1]);
    return told[0];
  };

  test.each([
    ['end', 'stop'],
    ['stop_sequence', 'stop'],
    ['tool_call', 'tool_calls'],
    ['length', 'length'],
    ['context_full', 'length'],
    ['filter', 'content_filter'],
    ['refusal', 'content_filter'],
    ['paused', 'stop'],
  ] as const)('of %s is %s', (reason, expected) => {
    expect(finishOf(reason)).toBe(expected);
  });

  test('of a refusal with its reason comes behind that reason', () => {
    const events = simple({ type: 'stop', reason: 'refusal', explanation: 'no' });
    expect(chunksOf(encodeAll(events, contextOf()))[1].choices[0].delta).toEqual({ refusal: 'no' });
  });
});

/** Streams that are no whole answer, and such as the SDK's own helper throws on: free-text calls, chunks without choices. */
const unreadable = /error|cut|no-done|custom-tool|unknown-events/;

/** Fields that are the relay's own, or that a neutral event has no word for. */
const ownFields = { id: null, created: null, model: null, system_fingerprint: null, usage: null };

test.each(readdirSync(folder).filter((file) => file.endsWith('.sse') && !unreadable.test(file)))(
  'the SDK reads the same answer from %s as from what is made of it',
  async (file) => {
    const bytes = readFileSync(new URL(file, folder));
    const decoder = chatCodec.createDecoder({ protocol: 'openai-chat', channelId: undefined, model: undefined });
    const events: NeutralEvent[] = [];
    for (let at = 0; at < bytes.length; ) {
      const end = eventEnd(bytes, at, true);
      if (end === -1) break;
      events.push(...decoder.decode(parseEvent(bytes, at, end)));
      at = end;
    }
    events.push(...decoder.end());
    const encoded = encodeAll(events, contextOf({ includeUsage: true }));
    // The SDK insists on a role, which vendors leave out at times, and fills a text that is null differently.
    const original = await accumulate(
      bytes.toString().replace(/"delta":\s*\{"content"/, '"delta":{"role":"assistant","content"'),
    );
    const ours = await accumulate(encoded);
    const choice = (message: typeof ours) => {
      const [first] = message.choices;
      // Vendors have three words for thinking, of which the SDK knows none.
      const spoken: Record<string, unknown> = { ...first?.message };
      for (const word of ['reasoning_content', 'reasoning', 'reasoning_details']) delete spoken[word];
      return { finish: first?.finish_reason, ...spoken, content: spoken['content'] || null };
    };
    expect(choice(ours)).toEqual(choice(original));
    expect({ ...ours, ...ownFields, choices: [] }).toMatchObject({ object: 'chat.completion' });
  },
);
