import { type Protocol, protocols } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Codec } from '../neutral/codec.ts';
import { eventEnd } from '../stream/events.ts';
import { textEvents } from './alike-events.fixture.ts';
import { conversion, type Recorded, recorded } from './recorded.fixture.ts';
import { type Conversion, createStreamConverter } from './stream-converter.ts';

const streams = recorded('.sse');
const others = (protocol: Protocol) => protocols.filter((other) => other !== protocol);
const streamsOf = (protocol: Protocol) => streams.filter((stream) => stream.protocol === protocol);

/** The codec with a decoder that has every event parsed, as no event of it says how it looks. */
function parsingAll(codec: Codec): Codec {
  return {
    ...codec,
    createDecoder(origin) {
      const decoder = codec.createDecoder(origin);
      const parsed = {
        decode: decoder.decode.bind(decoder),
        end: decoder.end.bind(decoder),
        unread: decoder.unread,
        soleText: () => undefined,
        more: () => false,
      };
      return parsed;
    },
  };
}

/** All that can be seen of a conversion, after each piece and at the end. */
function seen(of: Conversion, pieces: readonly Buffer[]): unknown[] {
  const converter = createStreamConverter(of);
  const look = (out: Buffer | string) => [
    out.toString(),
    converter.phase,
    converter.error,
    converter.complete,
    converter.usageIsFinal,
    converter.usage(),
    converter.deliveredOutputTokens(),
  ];
  const all = pieces.map((piece) => look(converter.push(piece)));
  return [...all, look(converter.end()), look(converter.takeTerminal())];
}

function expectSame(from: Recorded, to: Protocol, pieces: readonly Buffer[]): void {
  const fast = conversion(from, to);
  expect(seen(fast, pieces)).toEqual(seen({ ...fast, from: parsingAll(fast.from) }, pieces));
}

function eventsOf(bytes: Buffer): Buffer[] {
  const events: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = eventEnd(bytes, at, true);
    const end = found === -1 ? bytes.length : found;
    events.push(bytes.subarray(at, end));
    at = end;
  }
  return events;
}

/** The insides of JSON strings as upstreams write them, well and badly. */
const insides = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => Buffer.from(JSON.stringify(text).slice(1, -1))),
  fc
    .constantFrom(
      '',
      'plain',
      '\\n',
      '\\u4f60\\ud83d',
      '\\\\',
      '\\',
      '\\"',
      '"',
      '","text":"',
      '\t',
      '\n',
      '\r\n\r\n',
      '\\x',
    )
    .map((text) => Buffer.from(text)),
  fc
    .constantFrom('[DONE]', 'error', '{"a":1}', '}', 'response.completed', 'a text that is longer than what is copied')
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 6 }).map((bytes) => Buffer.from(bytes)),
);
const numbers = fc.oneof(fc.nat().map(String), fc.constantFrom('0', '00', '-1', '1.5', '7e2', 'null', ''));

/** Some events of a protocol, each with many like it behind it that differ in one string or in its numbers. */
function soup(protocol: Protocol): fc.Arbitrary<Buffer> {
  const pool = streamsOf(protocol).flatMap(({ bytes }) => eventsOf(bytes).map((event) => event.toString('latin1')));
  const differing = fc
    .record({
      event: fc.constantFrom(...pool),
      place: fc.nat(),
      texts: fc.array(insides, { minLength: 1, maxLength: 6 }),
      number: fc.option(numbers, { freq: 2 }),
    })
    .map(({ event, place, texts, number }) => {
      const strings = [...event.matchAll(/(?<=[:[] ?)"((?:[^"\\]|\\.)*)"/g)];
      const chosen = strings[place % Math.max(strings.length, 1)];
      const alike = texts.map((text) => {
        const changed = chosen
          ? `${event.slice(0, chosen.index + 1)}${text.toString('latin1')}${event.slice(chosen.index + chosen[0].length - 1)}`
          : event;
        return number === null ? changed : changed.replace(/(?<=":)\d+/g, number);
      });
      return event + alike.join('');
    });
  return fc.array(differing, { maxLength: 8 }).map((parts) => Buffer.from(parts.join(''), 'latin1'));
}

/** A stream that begins like a recorded one, goes on with anything, and ends as it ended or not; in pieces. */
function anyStream(protocol: Protocol) {
  return fc
    .record({
      stream: fc.constantFrom(...streamsOf(protocol)),
      keep: fc.nat(),
      middle: soup(protocol),
      isResumed: fc.boolean(),
      cuts: fc.array(fc.nat(), { maxLength: 8 }),
    })
    .map(({ stream, keep, middle, isResumed, cuts }) => {
      const events = eventsOf(stream.bytes);
      const kept = keep % (events.length + 1);
      const bytes = Buffer.concat([...events.slice(0, kept), middle, ...(isResumed ? events.slice(kept) : [])]);
      const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
      return { stream, pieces: at.slice(1).map((end, index) => bytes.subarray(at[index], end)) };
    });
}

describe('converting events by their shape is the same as parsing each', () => {
  const pairs = protocols.flatMap((from) => others(from).map((to) => [from, to] as const));

  test.each(pairs)('%s for %s: recorded streams in any pieces', (from, to) => {
    for (const stream of streamsOf(from)) {
      const { bytes } = stream;
      expectSame(stream, to, [bytes]);
      expectSame(stream, to, eventsOf(bytes));
      expectSame(stream, to, [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)]);
    }
  });

  test.each(pairs)(
    '%s for %s: whatever events come in whatever order, like each other but for a text or numbers',
    (from, to) => {
      fc.assert(
        fc.property(anyStream(from), ({ stream, pieces }) => expectSame(stream, to, pieces)),
        { numRuns: 150 },
      );
    },
  );

  test.each(pairs)('%s for %s: long runs of texts, thoughts and arguments', (from, to) => {
    const [stream] = streamsOf(from) as [Recorded];
    fc.assert(
      fc.property(fc.constantFrom(...textEvents(from)), fc.array(insides, { maxLength: 40 }), (alike, texts) => {
        const bytes = Buffer.concat([
          alike.before,
          ...texts.map((text, index) => alike.event(text, index)),
          alike.behind,
        ]);
        expectSame(stream, to, [bytes]);
        expectSame(stream, to, [bytes.subarray(0, bytes.length >> 1), bytes.subarray(bytes.length >> 1)]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a stream of many texts', () => {
  const alike = protocols.flatMap((from) => textEvents(from).map((events) => [from, events.name, events] as const));

  test.each(alike)('%s, %s: is parsed at its beginning and end only', (from, _, events) => {
    const [stream] = streamsOf(from) as [Recorded];
    const [to] = others(from) as [Protocol];
    const whole = conversion(stream, to);
    let parsed = 0;
    const codec: Codec = {
      ...whole.from,
      createDecoder(origin) {
        const decoder = whole.from.createDecoder(origin);
        const decode = decoder.decode.bind(decoder);
        return Object.assign(decoder, {
          decode(event: Parameters<typeof decode>[0]) {
            parsed++;
            return decode(event);
          },
        });
      },
    };
    const converter = createStreamConverter({ ...whole, from: codec });
    const texts = Array.from({ length: 200 }, (_, index) => Buffer.from(`${index} \\"words\\"\\n 你好`));
    converter.push(Buffer.concat([events.before, ...texts.map((text, index) => events.event(text, index))]));
    expect(converter.error).toBeUndefined();
    expect(converter.deliveredOutputTokens()).toBeGreaterThanOrEqual(from === 'openai-responses' ? 0 : 200);
    expect(parsed).toBeLessThan(10);
  });
});
