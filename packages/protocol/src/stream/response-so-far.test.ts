import { RelayError } from '@ai-bridge/domain';
import { expect, test } from 'vitest';
import { createStreamTap, maxEventBytes } from './tap.ts';

const event = (name: string, sequence_number: number, more: object, gap = '') => {
  const type = `response.${name}`;
  const text = JSON.stringify({ type, sequence_number, ...more });
  return Buffer.from(`event: ${type}\ndata: ${gap ? text.replaceAll('":', `":${gap}`) : text}\n\n`);
};
const created = event('created', 0, { response: { id: 'resp_up', object: 'response', created_at: 1_700_000_009 } });
const delta = (n: number, text = 'x') => event('output_text.delta', n, { item_id: 'm', output_index: 0, delta: text });
const done = (n: number, id: string, gap?: string) =>
  event('output_item.done', n, { item: { id, type: 'message', content: [] } }, gap);
const comment = Buffer.from(': keep-alive\n\n');

const error = new RelayError('upstream_timeout');
const context = { requestId: 'req_1', language: 'en', model: 'gpt-5', usage: { input: 7, output: 3 } } as const;

/** The failure that a tap ends a stream with of which the last piece is what was sent last. */
function failureAfter(pieces: readonly Buffer[], sent: Buffer) {
  const tap = createStreamTap('openai-responses', { stripUsageChunk: false });
  for (const piece of pieces) tap.push(piece);
  const text = tap.errorEvent(error, context, sent).toString();
  expect(text).toMatch(/^event: response\.failed\ndata: \{.*\}\n\n$/);
  return JSON.parse(text.slice(text.indexOf('{')));
}

test('a failure has the number behind the last event that was sent, the stream’s id and date, and usage in whole numbers', () => {
  const last = Buffer.concat([delta(1), delta(2, '"sequence_number":99,'), comment]);
  expect(failureAfter([created, last], last)).toMatchObject({
    sequence_number: 3,
    response: {
      ...{ id: 'resp_up', created_at: 1_700_000_009, status: 'failed', model: 'gpt-5', output: [] },
      usage: { input_tokens: 7, output_tokens: 3, total_tokens: 10 },
    },
  });
});

test.each(['', ' '])('a failure repeats the items that were finished, with %j behind colons', (gap) => {
  const pieces = [created, done(1, 'a', gap), delta(2), done(3, 'b', gap)];
  expect(failureAfter(pieces, done(3, 'b', gap)).response.output).toMatchObject([{ id: 'a' }, { id: 'b' }]);
});

test('an item that came and was not sent is not repeated', () => {
  const failure = failureAfter([created, done(1, 'a'), delta(2), done(3, 'unpaid')], delta(2));
  expect(failure).toMatchObject({ sequence_number: 3, response: { output: [{ id: 'a' }] } });
});

test('items are kept up to a bound', () => {
  const pieces = Array.from({ length: 40 }, (_, n) => done(n, `i${n}${'y'.repeat(10_000)}`));
  const { output } = failureAfter(pieces, delta(99)).response;
  expect(output.length).toBeGreaterThan(20);
  expect(output.length).toBeLessThan(27);
});

test('bytes that name no number begin at 0, under our own id', () => {
  expect(failureAfter([], Buffer.from('{"sequence_number":5}'))).toMatchObject({
    sequence_number: 0,
    response: { id: 'resp_req_1', output: [] },
  });
});

test('half of an event too large to keep ends before the error begins', () => {
  for (const protocol of ['anthropic-messages', 'openai-chat', 'gemini', 'openai-responses'] as const) {
    const tap = createStreamTap(protocol, { stripUsageChunk: false });
    tap.push(Buffer.from(`data: {"x":"${'y'.repeat(maxEventBytes)}`));
    expect(tap.errorEvent(error, context, Buffer.alloc(0)).toString()).toMatch(/^\n\n(event: [\w.]+\n)?data: \{/);
  }
});
