import { type Protocol, protocols } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readBodyUsage } from '../body/usage.ts';
import type { NeutralEvent } from '../neutral/events.ts';
import { eventEnd, parseEvent } from '../stream/events.ts';
import { createStreamTap } from '../stream/tap.ts';
import { accumulate } from './accumulate.fixture.ts';
import { convertBody } from './body-converter.ts';
import { conversion, type Recorded, recorded } from './recorded.fixture.ts';
import { createStreamConverter } from './stream-converter.ts';

const streams = recorded('.sse');
const others = (protocol: Protocol) => protocols.filter((other) => other !== protocol);
const pairs = streams.flatMap((stream) => others(stream.protocol).map((to) => [stream.name, to, stream] as const));

/** Converts bytes that arrive in these pieces; what comes out before the end, and what is held for it. */
function convert(from: Recorded, to: Protocol, pieces: readonly Buffer[]) {
  const converter = createStreamConverter(conversion(from, to));
  const out = pieces.map((piece): Buffer => Buffer.from(converter.push(piece)));
  if (!converter.error) out.push(converter.end());
  const held: Buffer = Buffer.from(converter.takeTerminal());
  return { converter, passed: Buffer.concat(out), held, whole: Buffer.concat([...out, held]) };
}

/** Whether the recorded stream is a whole answer in its own protocol. */
function isWhole({ protocol, bytes }: Recorded): boolean {
  const tap = createStreamTap(protocol, { stripUsageChunk: false });
  tap.push(bytes);
  if (!tap.error) tap.end();
  return tap.complete && !tap.error;
}

describe('every recorded stream, for clients of every other protocol', () => {
  test.each(pairs)('%s is accepted by the official SDK of %s', async (_, to, stream) => {
    const { converter, held, whole } = convert(stream, to, [stream.bytes]);
    if (!isWhole(stream)) {
      expect(converter.complete).toBe(false);
      return;
    }
    expect(converter.complete).toBe(true);
    // The SDK's helper for chat streams knows functions only, and says so itself for what OpenAI sends.
    if (to === 'openai-chat' && stream.name.endsWith('custom-tool.sse')) {
      await expect(accumulate(to, whole)).rejects.toThrow('function.name');
      return;
    }
    const said = await accumulate(to, whole);
    const original = await accumulate(stream.protocol, stream.bytes).catch(() => undefined);
    if (original) {
      // Why it refused is words of the answer where a protocol has no other place for it.
      if (/\/(refusal|blocked-prompt)\.sse$/.test(stream.name)) expect(said.text.startsWith(original.text)).toBe(true);
      else expect(said.text).toBe(original.text);
      expect(said.calls).toEqual(original.calls);
    }
    expect(said.stop).not.toBe('');
    // The last word is held until the outcome is safe on disk.
    expect(held.length).toBeGreaterThan(0);
  });

  test.each(pairs)('%s for %s: the same whatever pieces its bytes come in', (_, to, stream) => {
    const { bytes } = stream;
    const expected = convert(stream, to, [bytes]).whole.toString();
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(convert(stream, to, pieces).whole.toString()).toBe(expected);
      }),
      { numRuns: 30 },
    );
    const single = Array.from(bytes.subarray(0, 4_000), (byte) => Buffer.from([byte]));
    expect(convert(stream, to, [...single, bytes.subarray(4_000)]).whole.toString()).toBe(expected);
  });
});

describe('the usage that a conversion tells is the one that is charged', () => {
  const told = (events: readonly NeutralEvent[]) => events.findLast((event) => event.type === 'usage')?.usage;

  test.each(streams.map((stream) => [stream.name, stream] as const))('%s', (_, stream) => {
    const { protocol, bytes } = stream;
    const tap = createStreamTap(protocol, { stripUsageChunk: false });
    tap.push(bytes);
    tap.end();
    if (!tap.usageIsFinal || tap.error) return;
    const { from, origin } = conversion(stream, protocol);
    const decoder = from.createDecoder(origin);
    const events: NeutralEvent[] = [];
    for (let at = 0; at < bytes.length; ) {
      const found = eventEnd(bytes, at, true);
      const end = found === -1 ? bytes.length : found;
      events.push(...decoder.decode(parseEvent(bytes, at, end)));
      at = end;
    }
    expect(told([...events, ...decoder.end()])).toEqual(tap.usage());
  });

  const bodies = recorded('.body.json').filter(({ request }) => request);
  test.each(bodies.map((body) => [body.name, body] as const))('%s', (_, body) => {
    const { protocol, bytes } = body;
    const { from, origin } = conversion(body, protocol, false);
    const events = from.decodeBody(bytes, origin);
    if (events.at(-1)?.type === 'end') expect(told(events)).toEqual(readBodyUsage(protocol, bytes));
  });
});

describe('every recorded body, for clients of every other protocol', () => {
  const bodies = recorded('.body.json')
    .filter(({ request }) => request)
    .flatMap((body) => others(body.protocol).map((to) => [body.name, to, body] as const));
  test.each(bodies)('%s for %s is JSON or nothing, and as a stream the SDK takes it', async (_, to, body) => {
    const whole = convertBody(conversion(body, to, false), body.bytes);
    const stream = convertBody(conversion(body, to, true), body.bytes);
    expect(stream === undefined).toBe(whole === undefined);
    if (!whole || !stream) return;
    expect(() => JSON.parse(whole)).not.toThrow();
    await expect(accumulate(to, Buffer.from(stream))).resolves.toBeDefined();
  });
});

describe('whatever an upstream sends', () => {
  const any = fc.constantFrom(...streams).chain((stream) =>
    fc.record({
      stream: fc.constant(stream),
      to: fc.constantFrom(...others(stream.protocol)),
      at: fc.nat(stream.bytes.length),
      junk: fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.json().map((text) => Buffer.from(`data: ${text}\n\n`)),
      ),
      isRepeated: fc.boolean(),
    }),
  );

  test('nothing throws, and nothing whole comes of what was broken off', () => {
    fc.assert(
      fc.property(any, ({ stream, to, at, junk, isRepeated }) => {
        const { bytes } = stream;
        const rest = isRepeated ? bytes : bytes.subarray(at);
        const pieces = [bytes.subarray(0, at), Buffer.from(junk), rest];
        const { converter, whole } = convert(stream, to, pieces);
        expect(whole.length).toBeLessThan(bytes.length * 40 + 20_000);
        expect(converter.error?.type).not.toBe('conversion_failed');
      }),
      { numRuns: 400 },
    );
  });

  test.each(streams.map((stream) => [stream.name, stream] as const))(
    '%s cut anywhere is never taken for whole before its terminal event',
    (_, stream) => {
      const { protocol, bytes } = stream;
      fc.assert(
        fc.property(fc.nat(bytes.length), (at) => {
          const tap = createStreamTap(protocol, { stripUsageChunk: false });
          tap.push(bytes.subarray(0, at));
          for (const to of others(protocol)) {
            const converter = createStreamConverter(conversion(stream, to));
            converter.push(bytes.subarray(0, at));
            expect(converter.complete).toBe(tap.complete);
          }
        }),
        { numRuns: 20 },
      );
    },
  );

  test('an event too large to keep ends the stream with an error', () => {
    for (const from of streams.filter(({ name }) => /\/(text|length)\.sse$/.test(name))) {
      for (const to of others(from.protocol)) {
        const event = Buffer.from(`data: {"type":"x","text":"${'y'.repeat(5 * 1024 * 1024)}"}\n\n`);
        const { converter } = convert(from, to, [event.subarray(0, 4_500_000), event.subarray(4_500_000)]);
        expect(converter.error?.type).toBe('event_too_large');
      }
    }
  });
});
