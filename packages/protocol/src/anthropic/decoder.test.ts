import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NeutralEvent } from '../neutral/events.ts';
import { whyIllegal } from '../neutral/legal.ts';
import { decodeAll, origin, recorded, recordedStreams, streamOf } from './sdk.fixture.ts';

const start = { type: 'message_start', message: { id: 'msg_1', model: 'claude-x', usage: { input_tokens: 5 } } };
const stop = [
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
  { type: 'message_stop' },
];
const blockStart = (index: number, content_block: object) => ({ type: 'content_block_start', index, content_block });
const blockDelta = (index: number, delta: object) => ({ type: 'content_block_delta', index, delta });
const blockStop = (index: number) => ({ type: 'content_block_stop', index });
const textDelta = (index: number, text: string) => blockDelta(index, { type: 'text_delta', text });

function types(events: readonly NeutralEvent[]): string[] {
  return events.map((event) => (event.type === 'open' ? `open ${event.block.kind}` : event.type));
}

test.each(recordedStreams)('%s becomes a legal sequence of events', (file) => {
  expect(whyIllegal(decodeAll(recorded(file)))).toBeUndefined();
});

test('thinking, text and a call come with the signature, the exact input and the usage', () => {
  expect(decodeAll(recorded('thinking-and-tool.sse'))).toEqual([
    { type: 'start', id: 'msg_01', model: 'claude-sonnet-4-6' },
    {
      type: 'usage',
      usage: { input: 3, cacheRead: 500, cacheWrite5m: 12000, cacheWrite1h: 304, output: 2 },
    },
    { type: 'open', index: 0, block: { kind: 'thinking' } },
    { type: 'delta', index: 0, text: 'Let me see.' },
    { type: 'ping' },
    { type: 'signature', index: 0, signature: { origin, blob: 'EqQBCkYIBxgCKkBs' } },
    { type: 'close', index: 0 },
    { type: 'open', index: 1, block: { kind: 'text' } },
    { type: 'delta', index: 1, text: 'I will look.' },
    { type: 'close', index: 1 },
    { type: 'open', index: 2, block: { kind: 'tool_call', id: 'toolu_01', name: 'read_file', form: 'json' } },
    { type: 'delta', index: 2, text: '{"path":' },
    { type: 'delta', index: 2, text: ' "a\\nb.txt"}' },
    { type: 'close', index: 2 },
    {
      type: 'usage',
      usage: { input: 3, cacheRead: 500, cacheWrite5m: 12000, cacheWrite1h: 304, output: 89, reasoning: 40 },
    },
    { type: 'stop', reason: 'tool_call', stopSequence: undefined, explanation: undefined },
    { type: 'end' },
  ]);
});

test('a stream that was cut has no stop and no end', () => {
  const events = types(decodeAll(recorded('cut.sse')));
  expect(events).not.toContain('stop');
  expect(events.at(-1)).toBe('close');
});

test('an error ends the stream, whatever follows', () => {
  const events = decodeAll(Buffer.concat([recorded('error-mid-stream.sse'), streamOf(textDelta(0, 'more'), ...stop)]));
  expect(events.at(-1)).toEqual({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } });
});

describe('forgives compatible vendors', () => {
  const whole = (...events: readonly object[]) => {
    const decoded = decodeAll(streamOf(start, ...events, ...stop));
    expect(whyIllegal(decoded)).toBeUndefined();
    return decoded;
  };

  test('a second message_start does not start a second answer', () => {
    const decoded = whole(
      start,
      blockStart(0, { type: 'text', text: '' }),
      textDelta(0, 'a'),
      start,
      textDelta(0, 'b'),
    );
    expect(decoded.filter(({ type }) => type === 'start')).toHaveLength(1);
    expect(decoded.filter(({ type }) => type === 'open')).toHaveLength(1);
  });

  test('thinking in a block that was opened as text gets a block of its own', () => {
    const thinking = blockDelta(0, { type: 'thinking_delta', thinking: 'hm' });
    const decoded = whole(blockStart(0, { type: 'text', text: '' }), thinking, textDelta(0, 'so'), blockStop(0));
    expect(types(decoded).filter((type) => type.startsWith('open'))).toEqual([
      'open text',
      'open thinking',
      'open text',
    ]);
  });

  test('blocks that nobody opened or closed are whole all the same', () => {
    const decoded = whole(textDelta(0, 'a'), blockStart(1, { type: 'text', text: '' }), textDelta(1, 'b'));
    expect(decoded.filter(({ type }) => type === 'delta')).toEqual([
      { type: 'delta', index: 0, text: 'a' },
      { type: 'delta', index: 1, text: 'b' },
    ]);
  });

  test('what comes for a block that has ended is left out', () => {
    const decoded = whole(
      blockStart(0, { type: 'text', text: '' }),
      blockStop(0),
      textDelta(0, 'late'),
      blockStart(1, { type: 'text', text: 'x' }),
      textDelta(0, 'later'),
    );
    expect(decoded.filter(({ type }) => type === 'delta')).toEqual([{ type: 'delta', index: 1, text: 'x' }]);
  });

  test('an input that is whole in the beginning of its block is told; no input is an empty object', () => {
    const decoded = whole(
      blockStart(0, { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } }),
      blockStop(0),
      blockStart(1, { type: 'tool_use', name: 'g', input: {} }),
      blockStop(1),
    );
    expect(decoded.filter(({ type }) => type === 'delta')).toEqual([
      { type: 'delta', index: 0, text: '{"x":1}' },
      { type: 'delta', index: 1, text: '{}' },
    ]);
    expect(decoded).toContainEqual(expect.objectContaining({ reason: 'tool_call' }));
    expect(decoded).toContainEqual(
      expect.objectContaining({ block: { kind: 'tool_call', id: 'call_msg_1_1', name: 'g', form: 'json' } }),
    );
  });

  test('a missing message_stop behind a stop reason, and a missing message_start', () => {
    const decoded = decodeAll(streamOf(textDelta(0, 'a'), stop[0] as object));
    expect(whyIllegal(decoded)).toBeUndefined();
    expect(types(decoded)).toEqual(['start', 'open text', 'delta', 'usage', 'close', 'stop', 'end']);
  });

  test('records that are no events of the protocol say nothing', () => {
    const noise = Buffer.from(': comment\n\ndata: not json\n\nevent: ping\ndata: {"type":"ping"}\n\ndata: [1]\n\n');
    expect(decodeAll(Buffer.concat([noise, streamOf(start, ...stop)])).map(({ type }) => type)).toEqual([
      'start',
      'usage',
      'usage',
      'stop',
      'end',
    ]);
  });
});

test('redacted thinking is a block with nothing but its seal', () => {
  const decoded = decodeAll(
    streamOf(start, blockStart(0, { type: 'redacted_thinking', data: 'ZZZ' }), blockStop(0), ...stop),
  );
  expect(decoded).toContainEqual({ type: 'open', index: 0, block: { kind: 'thinking', isRedacted: true } });
  expect(decoded).toContainEqual({ type: 'signature', index: 0, signature: { origin, blob: 'ZZZ' } });
});

test('server tools and unknown blocks come whole, their streamed input put in', () => {
  const search = { type: 'server_tool_use', id: 's', name: 'web_search', input: {} };
  const result = { type: 'web_search_tool_result', tool_use_id: 's', content: [] };
  const decoded = decodeAll(
    streamOf(
      start,
      blockStart(0, search),
      blockDelta(0, { type: 'input_json_delta', partial_json: '{"query":' }),
      blockDelta(0, { type: 'input_json_delta', partial_json: '"x"}' }),
      blockStop(0),
      blockStart(1, result),
      blockStop(1),
      ...stop,
    ),
  );
  expect(whyIllegal(decoded)).toBeUndefined();
  const opaque = { kind: 'opaque', protocol: 'anthropic-messages' };
  expect(decoded.flatMap((event) => (event.type === 'open' ? [event.block] : []))).toEqual([
    { ...opaque, name: 'server_tool_use', value: { ...search, input: { query: 'x' } } },
    { ...opaque, name: 'web_search_tool_result', value: result },
  ]);
});

test.each([
  ['end_turn', 'end'],
  ['max_tokens', 'length'],
  ['stop_sequence', 'stop_sequence'],
  ['pause_turn', 'paused'],
  ['refusal', 'refusal'],
  ['model_context_window_exceeded', 'context_full'],
  ['something_new', 'end'],
])('stop reason %s is %s', (stop_reason, reason) => {
  const delta = { stop_reason, stop_sequence: 'S', stop_details: { type: 'refusal', explanation: 'why' } };
  const decoded = decodeAll(streamOf(start, { type: 'message_delta', delta, usage: {} }, { type: 'message_stop' }));
  expect(decoded.at(-2)).toEqual({ type: 'stop', reason, stopSequence: 'S', explanation: 'why' });
});

test('whatever an upstream sends in whatever order, the events are legal', () => {
  const index = fc.integer({ min: 0, max: 2 });
  const content = fc.constantFrom(
    { type: 'text', text: 'x' },
    { type: 'thinking', thinking: '' },
    { type: 'redacted_thinking', data: 'R' },
    { type: 'tool_use', id: 't', name: 'f', input: {} },
    { type: 'server_tool_use', id: 's', name: 'n', input: {} },
    {},
  );
  const delta = fc.constantFrom(
    { type: 'text_delta', text: 'x' },
    { type: 'text_delta', text: '' },
    { type: 'thinking_delta', thinking: 'x' },
    { type: 'signature_delta', signature: 'S' },
    { type: 'input_json_delta', partial_json: '{}' },
    { type: 'citations_delta', citation: { cited_text: 'x' } },
    { type: 'delta_of_tomorrow' },
  );
  const event: fc.Arbitrary<object> = fc.oneof(
    fc.tuple(index, content).map(([at, block]) => blockStart(at, block)),
    fc.tuple(index, delta).map(([at, one]) => blockDelta(at, one)),
    index.map(blockStop),
    fc.constantFrom(start, ...stop, { type: 'ping' }, { type: 'error', error: null }, { type: 'event_of_tomorrow' }),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      expect(whyIllegal(decodeAll(streamOf(...events)))).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
