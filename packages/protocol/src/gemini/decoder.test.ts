import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NeutralEvent } from '../neutral/events.ts';
import { whyIllegal } from '../neutral/legal.ts';
import { chunkOf, decodeStream, home, readFixture, streamOf } from './gemini.fixture.ts';
import { geminiCodec } from './index.ts';

const files = readdirSync(new URL('../../fixtures/gemini/', import.meta.url));
const signature = (blob: string) => ({ origin: home, blob });

function typesOf(events: readonly NeutralEvent[]): string {
  return events.map((event) => (event.type === 'open' ? `open:${event.block.kind}` : event.type)).join(' ');
}

function textOf(events: readonly NeutralEvent[]): string {
  return events.map((event) => (event.type === 'delta' ? event.text : '')).join('');
}

describe('every recorded answer', () => {
  test.each(files.filter((file) => file.endsWith('.sse')))('%s decodes to a legal sequence', (file) => {
    expect(whyIllegal(decodeStream(readFixture(file)))).toBeUndefined();
  });

  test.each(files.filter((file) => file.endsWith('.body.json')))('%s decodes to a legal and whole sequence', (file) => {
    const events = geminiCodec.decodeBody(readFixture(file), home);
    expect(whyIllegal(events)).toBeUndefined();
    expect(events.at(-1)).toEqual({ type: 'end' });
  });
});

test('thoughts, text and calls are blocks of their own, and a call comes whole', () => {
  const events = decodeStream(readFixture('thoughts.sse'));
  expect(typesOf(events)).toBe(
    'start usage open:thinking delta close open:text delta close open:tool_call delta close open:text delta close usage stop end',
  );
  expect(events).toContainEqual({
    type: 'delta',
    index: 2,
    text: '{"usageMetadata":{"promptTokenCount":1},"finishReason":"STOP","error":{}}',
  });
  expect(events).toContainEqual({ type: 'stop', reason: 'tool_call' });
  expect(events).toContainEqual({ type: 'usage', usage: { input: 20, output: 533, reasoning: 382 } });
});

test('a body in chunks is the same answer as its stream', () => {
  expect(geminiCodec.decodeBody(readFixture('chunks-in-an-array.body.json'), home)).toEqual(
    decodeStream(readFixture('thoughts.sse')),
  );
});

test('a finish reason on every chunk ends the answer once, behind all of its text', () => {
  const events = decodeStream(readFixture('finish-on-every-chunk.sse'));
  expect(textOf(events)).toBe('abc');
  expect(events.filter((event) => event.type === 'stop')).toHaveLength(1);
  expect(events).toContainEqual({ type: 'usage', usage: { input: 4, output: 3 } });
});

test('usage behind the finish reason is told before the answer ends', () => {
  const events = decodeStream(readFixture('usage-behind-the-finish.sse'));
  expect(typesOf(events)).toBe('start open:text delta usage close stop end');
});

test('a blocked prompt is a refusal that says why', () => {
  expect(decodeStream(readFixture('blocked-prompt.sse'))).toContainEqual({
    type: 'stop',
    reason: 'refusal',
    explanation: 'the prompt was blocked: SAFETY',
  });
});

test('a stream that was cut closes its block and does not end', () => {
  const events = decodeStream(readFixture('cut.sse'));
  expect(typesOf(events)).toBe('start usage open:thinking delta close open:text delta close usage');
});

test.each(['error-at-once.sse', 'error-mid-stream.sse'])('%s ends with the error and nothing behind it', (file) => {
  const events = decodeStream(readFixture(file));
  expect(events.at(-1)?.type).toBe('error');
});

test('an error in an array is an error', () => {
  const text = 'data: [{"error":{"code":429,"message":"slow down","status":"RESOURCE_EXHAUSTED"}}]\n\n';
  expect(decodeStream(text)).toEqual([{ type: 'error', error: { type: 'RESOURCE_EXHAUSTED', message: 'slow down' } }]);
  expect(geminiCodec.decodeBody(Buffer.from('<html>'), home)[0]?.type).toBe('error');
});

test.each([
  ['STOP', 'end'],
  ['MAX_TOKENS', 'length'],
  ['SAFETY', 'filter'],
  ['RECITATION', 'filter'],
  ['SPII', 'filter'],
  ['MALFORMED_FUNCTION_CALL', 'malformed_call'],
  ['UNEXPECTED_TOOL_CALL', 'malformed_call'],
  ['CONTINUATION', 'paused'],
  ['SOMETHING_NEW', 'end'],
])('%s is told as %s', (finishReason, reason) => {
  const events = decodeStream(streamOf(chunkOf([{ text: 'a' }], { finishReason })));
  expect(events).toContainEqual({ type: 'stop', reason });
});

describe('signatures', () => {
  test('of a call stand on the call', () => {
    const events = decodeStream(
      streamOf(chunkOf([{ functionCall: { name: 'f', args: {} }, thoughtSignature: 'sig' }], { finishReason: 'STOP' })),
    );
    expect(events[1]).toEqual({
      type: 'open',
      index: 0,
      block: { kind: 'tool_call', id: 'call_g_r1_0', name: 'f', form: 'json', signature: signature('sig') },
    });
  });

  test('of a thought stand in its block, which they end', () => {
    const events = decodeStream(
      streamOf(
        chunkOf([{ text: 'a', thought: true }]),
        chunkOf([{ text: '', thought: true, thoughtSignature: 's1' }]),
        chunkOf([{ text: 'b', thought: true }], { finishReason: 'STOP' }),
      ),
    );
    expect(typesOf(events)).toBe('start open:thinking delta signature close open:thinking delta close stop end');
  });

  test('of a text stand in a redacted thinking block behind it, also where the last chunk is nothing but a signature', () => {
    const events = decodeStream(
      streamOf(
        chunkOf([{ text: 'Hel' }]),
        chunkOf([{ text: 'lo' }]),
        chunkOf([{ text: '', thoughtSignature: 'sig' }], { finishReason: 'STOP' }),
      ),
    );
    expect(typesOf(events)).toBe('start open:text delta delta close open:thinking signature close stop end');
    expect(events).toContainEqual({ type: 'signature', index: 1, signature: signature('sig') });
    expect(whyIllegal(events)).toBeUndefined();
  });
});

test('calls without ids get ids that differ within an answer and between answers', () => {
  const call = { functionCall: { name: 'f', args: {} } };
  const idsOf = (chunk: object) =>
    decodeStream(streamOf(chunk)).flatMap((event) =>
      event.type === 'open' && event.block.kind === 'tool_call' ? [event.block.id] : [],
    );
  const first = idsOf({ ...chunkOf([call, call]), responseId: undefined, usageMetadata: { promptTokenCount: 5 } });
  const second = idsOf({ ...chunkOf([call, call]), responseId: undefined, usageMetadata: { promptTokenCount: 9 } });
  expect(new Set([...first, ...second]).size).toBe(4);
  expect(idsOf(chunkOf([{ functionCall: { id: 'own', name: 'f' } }]))).toEqual(['own']);
});

test('sources are told once each, while their text is open', () => {
  const groundingMetadata = {
    groundingChunks: [{ web: { uri: 'https://a', title: 'A' } }, { web: { uri: 'https://b', title: 'B' } }],
    groundingSupports: [{ segment: { text: 'x' }, groundingChunkIndices: [1] }],
  };
  const events = decodeStream(
    streamOf(
      chunkOf([{ text: 'x' }], { groundingMetadata }),
      chunkOf([{ text: '', thoughtSignature: 's' }], { groundingMetadata, finishReason: 'STOP' }),
    ),
  );
  expect(whyIllegal(events)).toBeUndefined();
  const citations = events.filter((event) => event.type === 'citation');
  expect(citations.map(({ citation }) => citation.url)).toEqual(['https://a', 'https://b']);
});

test('what only Gemini knows is opaque and whole', () => {
  const picture = { inlineData: { mimeType: 'image/png', data: 'AAAA' } };
  const code = { executableCode: { language: 'PYTHON', code: '1' } };
  const events = decodeStream(streamOf(chunkOf([picture, code], { finishReason: 'STOP' })));
  const blocks = events.flatMap((event) => (event.type === 'open' ? [event.block] : []));
  expect(blocks).toEqual([
    { kind: 'opaque', protocol: 'gemini', name: 'inlineData', value: picture },
    { kind: 'opaque', protocol: 'gemini', name: 'executableCode', value: code },
  ]);
});

test.each(['', '{', '[]', 'null', '5', '{"candidates":[null,5,{"content":{"parts":[null,5,{}]}}]}'])(
  'odd data breaks nothing: %s',
  (data) => {
    const decoder = geminiCodec.createDecoder(home);
    expect(() => [...decoder.decode({ name: undefined, data }), ...decoder.end()]).not.toThrow();
  },
);

test('whatever parts come in whatever chunks, the sequence is legal and its text is theirs', () => {
  const part = fc.oneof(
    fc.record({ text: fc.constantFrom('', 'a', 'bc') }),
    fc.record({ text: fc.constantFrom('', 'x'), thought: fc.boolean(), thoughtSignature: fc.constantFrom('', 's') }),
    fc.record({ functionCall: fc.record({ name: fc.constantFrom('', 'f'), args: fc.constant({}) }) }),
    fc.record({ inlineData: fc.constant({}), thoughtSignature: fc.constantFrom('', 's') }),
    fc.constant({ thoughtSignature: 's' }),
    fc.constant({}),
  );
  const chunks = fc.array(fc.array(part, { maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(chunks, fc.boolean(), (all, isWhole) => {
      const stream = all.map((parts) => chunkOf(parts));
      const last = isWhole ? [chunkOf([], { finishReason: 'STOP' })] : [];
      const events = decodeStream(streamOf(...stream, ...last));
      expect(whyIllegal(events)).toBeUndefined();
      expect(events.at(-1)?.type === 'end').toBe(isWhole);
      const kinds = events.flatMap((event) => (event.type === 'open' ? [event.block.kind] : []));
      const text = events.map((event) => (event.type === 'delta' && kinds[event.index] === 'text' ? event.text : ''));
      const sent = all.flat().map((each) => ('text' in each && !('thought' in each && each.thought) ? each.text : ''));
      expect(text.join('')).toBe(sent.join(''));
    }),
  );
});
