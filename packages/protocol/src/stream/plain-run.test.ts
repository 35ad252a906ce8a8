import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainRun } from './plain-run.ts';
import { createStreamTap } from './tap.ts';

const event = (data: object & { type: string }, end = '\n') =>
  `event: ${data.type}${end}data: ${JSON.stringify(data)}${end}${end}`;
const delta = (text: string, index = 0, end = '\n') =>
  event({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } } as never, end);
const latin1 = (text: string) => Buffer.from(text).toString('latin1');

test('a run ends where an event begins otherwise, has no text, is cut, or ends its lines otherwise', () => {
  const three = ['a', 'two "quoted"\n lines', '中文'].map((text) => delta(text)).join('');
  const run = { end: latin1(three).length, events: 3 };
  expect(plainRun(latin1(three), 0)).toEqual(run);
  for (const next of [
    delta(''),
    delta('b', 1),
    delta('b', 0, '\r\n'),
    delta('b').slice(0, -1),
    event({ type: 'ping' }),
  ])
    expect(plainRun(latin1(three + next), 0), next).toEqual(run);
  expect(plainRun(latin1(event({ type: 'ping' }) + three), 0)).toEqual({ end: 0, events: 0 });
});

const anyEvent = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => delta(text)) },
  fc.nat(2).map((index) => delta('x', index)),
  fc.string().map((text) => delta(text, 0, '\r\n')),
  fc.constant(event({ type: 'ping' })),
  fc.constant(': comment\n\n'),
  fc.constant(event({ type: 'content_block_stop', index: 0 } as never)),
);

test('many events in one piece count as they do one by one, and go on the same', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 5, maxLength: 60 }), (events) => {
      const whole = createStreamTap('anthropic-messages', { stripUsageChunk: false });
      const single = createStreamTap('anthropic-messages', { stripUsageChunk: false });
      const bytes = Buffer.from(events.join(''));
      expect([whole.push(bytes)].flat()).toEqual([bytes]);
      for (const one of events) single.push(Buffer.from(one));
      expect([whole.deliveredOutputTokens(), whole.phase]).toEqual([single.deliveredOutputTokens(), single.phase]);
    }),
    { numRuns: 300 },
  );
});
