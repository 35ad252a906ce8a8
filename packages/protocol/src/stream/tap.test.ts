import { readdirSync, readFileSync } from 'node:fs';
import { type Protocol, protocols, type Usage } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { createStreamTap, maxEventBytes, type SkippingTap } from './tap.ts';

interface Expected {
  readonly usage: Usage | null;
  readonly usageIsFinal: boolean;
  readonly complete: boolean;
  readonly phase: string;
  readonly tokens: number;
  readonly error?: { readonly type: string; readonly message: string };
}

interface Case {
  readonly protocol: Protocol;
  readonly name: string;
  readonly bytes: Buffer;
  readonly expected: Expected;
}

const folder = new URL('../../fixtures/', import.meta.url);

const cases: Case[] = protocols.flatMap((protocol) =>
  readdirSync(new URL(protocol, folder))
    .filter((file) => file.endsWith('.sse'))
    .map((file) => ({
      protocol,
      name: file.slice(0, -4),
      bytes: readFileSync(new URL(`${protocol}/${file}`, folder)),
      expected: JSON.parse(readFileSync(new URL(`${protocol}/${file.slice(0, -4)}.usage.json`, folder), 'utf8')),
    })),
);

function joined(part: Buffer | readonly Buffer[]): Buffer {
  return Buffer.isBuffer(part) ? part : Buffer.concat(part);
}

/** Feeds the bytes cut at these places, and tells all that a tap tells. */
function run(tap: SkippingTap, bytes: Buffer, cuts: readonly number[]) {
  const edges = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  const passed: Buffer[] = [];
  for (let i = 1; i < edges.length; i++) passed.push(joined(tap.push(bytes.subarray(edges[i - 1], edges[i]))));
  passed.push(joined(tap.end()));
  const { phase, complete, error, usageIsFinal } = tap;
  const outcome = { phase, complete, error, usageIsFinal, usage: tap.usage(), tokens: tap.deliveredOutputTokens() };
  return { ...outcome, passed: Buffer.concat(passed).toString(), held: tap.takeTerminal().toString() };
}

function whole({ protocol, bytes }: Case, stripUsageChunk = false) {
  return run(createStreamTap(protocol, { stripUsageChunk }), bytes, []);
}

describe.each(cases)('$protocol $name', (one) => {
  test('usage, phase, error and delivered tokens are what the events say', () => {
    const { usage, phase, complete, error, usageIsFinal, tokens } = whole(one);
    const told = { usage: usage ?? null, phase, complete, usageIsFinal, tokens, ...(error ? { error } : {}) };
    expect(told).toEqual(one.expected);
  });

  test('any way to cut the bytes gives the same', () => {
    for (const stripUsageChunk of [false, true]) {
      const atOnce = whole(one, stripUsageChunk);
      const cuts = fc.array(fc.nat(one.bytes.length), { maxLength: 40 });
      fc.assert(
        fc.property(cuts, (places) => {
          expect(run(createStreamTap(one.protocol, { stripUsageChunk }), one.bytes, places)).toEqual(atOnce);
        }),
        { numRuns: 15 },
      );
      const every = Array.from({ length: one.bytes.length }, (_, at) => at);
      expect(run(createStreamTap(one.protocol, { stripUsageChunk }), one.bytes, every)).toEqual(atOnce);
    }
  });

  test('what passes and what is held are the bytes that came, but for a cut event', () => {
    const { passed, held } = whole(one);
    const all = one.bytes.toString();
    expect(all.startsWith(passed + held) || passed + held === `${all}\n\n`).toBe(true);
    if (one.expected.complete) expect(passed.length + held.length).toBeGreaterThanOrEqual(all.length);
  });
});

function chunksOf(file: string): Buffer[] {
  const text = readFileSync(new URL(file, folder), 'utf8');
  return text.split(/(?<=\n\n)/).map((event) => Buffer.from(event));
}

/** A stream of deltas with these texts, as each protocol's own servers lay them out, and what stands before them. */
function deltaStream(protocol: Protocol, texts: readonly string[]): { first: Buffer; deltas: Buffer[] } {
  const event = (name: string, data: object) => Buffer.from(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  const chunk = (delta: object) => {
    const choices = [{ index: 0, delta, logprobs: null, finish_reason: null }];
    const head = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o' };
    return Buffer.from(`data: ${JSON.stringify({ ...head, choices, usage: null, obfuscation: 'Xy7' })}\n\n`);
  };
  if (protocol === 'openai-chat') {
    return { first: chunk({ role: 'assistant', content: '' }), deltas: texts.map((content) => chunk({ content })) };
  }
  if (protocol === 'openai-responses') {
    const name = 'response.output_text.delta';
    const rest = { item_id: 'msg_1', output_index: 0, content_index: 0 };
    const deltas = texts.map((delta, i) =>
      event(name, { type: name, sequence_number: i, ...rest, delta, logprobs: [] }),
    );
    return { first: event('response.created', { type: 'response.created', response: {} }), deltas };
  }
  const name = 'content_block_delta';
  const deltas = texts.map((text) => event(name, { type: name, index: 0, delta: { type: 'text_delta', text } }));
  return { first: event('message_start', { type: 'message_start', message: {} }), deltas };
}

const tokenProtocols = ['anthropic-messages', 'openai-chat', 'openai-responses'] as const;

describe('createStreamTap', () => {
  test.each(tokenProtocols)('%s deltas count one token each if they have text, whatever the text is', (protocol) => {
    const marker = fc.constantFrom(
      '你好🌍\u2028\n',
      '"',
      '""}}',
      '_delta"',
      '"finish_reason":null}]}',
      '\\',
      '":""',
      'null',
      '[]',
      '',
    );
    const text = fc
      .array(fc.oneof(marker, fc.string({ maxLength: 12 })), { maxLength: 5 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
        const tap = createStreamTap(protocol, { stripUsageChunk: true });
        const { first, deltas } = deltaStream(protocol, texts);
        for (const chunk of [first, ...deltas]) expect(tap.push(chunk)).toBe(chunk);
        expect(tap.deliveredOutputTokens()).toBe(texts.filter((part) => part !== '').length);
        expect(tap).toMatchObject({ complete: false, error: undefined });
      }),
    );
  });

  test.each(tokenProtocols)('%s deltas in their servers’ layout are not parsed', (protocol) => {
    const tap = createStreamTap(protocol, { stripUsageChunk: true });
    const { first, deltas } = deltaStream(protocol, ['Hello', ' "there"', '', '{"a":1}']);
    tap.push(first);
    const parse = vi.spyOn(JSON, 'parse');
    for (const chunk of deltas) tap.push(chunk);
    expect(parse).not.toHaveBeenCalled();
    parse.mockRestore();
  });

  test('a chunk of whole events is passed on as the very same object', () => {
    const tap = createStreamTap('anthropic-messages', { stripUsageChunk: false });
    for (const chunk of chunksOf('anthropic-messages/text.sse').slice(0, -1)) expect(tap.push(chunk)).toBe(chunk);
  });

  test('the phase turns to content with the first of the answer and not before', () => {
    const tap = createStreamTap('anthropic-messages', { stripUsageChunk: false });
    const phases = chunksOf('anthropic-messages/text.sse').map((chunk) => {
      tap.push(chunk);
      return tap.phase;
    });
    expect(phases).toEqual([
      ...['preamble', 'preamble', 'content', 'content', 'content'],
      ...['content', 'content', 'content', 'terminal'],
    ]);
  });

  test.each([
    ['anthropic-messages', 'text', 'event: message_stop\ndata: {"type":"message_stop"}\n\n'],
    ['openai-chat', 'usage-chunk', 'data: [DONE]\n\n'],
  ] as const)('the terminal event of %s is kept back whole', (protocol, name, terminal) => {
    const one = cases.find((candidate) => candidate.protocol === protocol && candidate.name === name) as Case;
    expect(whole(one).held).toBe(terminal);
  });

  test('the extra usage chunk is cut out when the client did not ask for it, and nothing else is', () => {
    for (const one of cases.filter(({ protocol }) => protocol === 'openai-chat')) {
      const chunk = /data: [^\n]*"choices": ?\[\][^\n]*"usage": ?\{[^\n]*\n\r?\n/;
      expect(whole(one, true).passed).toBe(whole(one, false).passed.replace(chunk, ''));
      expect(whole(one, true).usage).toEqual(whole(one, false).usage);
    }
  });

  test('an answer without its terminal event is not complete', () => {
    for (const one of cases.filter(({ name }) => name === 'text' || name === 'completed')) {
      const { held } = whole(one);
      const cut = one.bytes.subarray(0, one.bytes.length - held.length);
      expect(run(createStreamTap(one.protocol, { stripUsageChunk: false }), cut, []).complete).toBe(false);
    }
  });

  test('an event beyond the bound goes on unmetered, and what follows it is metered again', () => {
    const [start, , open, first, ...rest] = chunksOf('anthropic-messages/text.sse') as [Buffer, Buffer, Buffer, Buffer];
    const large = Buffer.from(first.toString().replace('Hello', 'x'.repeat(maxEventBytes + 100_000)));
    const bytes = Buffer.concat([start, open, large, ...(rest as Buffer[])]);
    const cuts = Array.from({ length: Math.floor(bytes.length / 65_000) }, (_, i) => i * 65_000);
    const result = run(createStreamTap('anthropic-messages', { stripUsageChunk: false }), bytes, cuts);
    expect(result).toMatchObject({ complete: true, tokens: 2, usage: { output: 15 } });
    expect(result.passed + result.held === bytes.toString()).toBe(true);
  });

  test('a large event within the bound is metered', () => {
    const padding = {
      type: 'response.completed',
      response: { output: ['y'.repeat(3_000_000)], usage: { input_tokens: 5 } },
    };
    const bytes = Buffer.from(`event: response.completed\ndata: ${JSON.stringify(padding)}\n\n`);
    const tap = createStreamTap('openai-responses', { stripUsageChunk: false });
    expect(run(tap, bytes, [1, 900_000, 2_000_000])).toMatchObject({ complete: true, usage: { input: 5 }, passed: '' });
  });

  test('a terminal event beyond the bound still completes the stream', () => {
    const bytes = Buffer.from(`event: response.completed\ndata: {"x":"${'y'.repeat(maxEventBytes)}"}\n\n`);
    const cuts = Array.from({ length: 60 }, (_, i) => i * 70_000);
    const result = run(createStreamTap('openai-responses', { stripUsageChunk: false }), bytes, cuts);
    expect(result).toMatchObject({ complete: true, phase: 'terminal', usage: undefined });
  });

  test('an upstream that goes on without end behind its terminal event is not kept without end', () => {
    const tap = createStreamTap('openai-chat', { stripUsageChunk: false });
    tap.push(Buffer.from('data: [DONE]\n\n'));
    const junk = Buffer.from(`: ${'j'.repeat(1_000_000)}\n\n`);
    for (let i = 0; i < 20; i++) expect(joined(tap.push(junk)).length).toBe(0);
    expect(tap.takeTerminal().length).toBeLessThanOrEqual(maxEventBytes);
  });

  test('whatever bytes an upstream sends, the tap passes them on or holds them and never throws', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'data: ',
        'event: ',
        'error',
        '\n',
        '\r\n',
        '\n\n',
        '{"usage":',
        '"choices":[]',
        '}',
        '[DONE]',
        ':',
      ),
      fc.constantFrom('message_stop', 'content_block_delta', 'response.failed', '"candidates":[{}]', '{', 'null', '"'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.constantFrom(...protocols), fc.array(fc.array(piece), { maxLength: 12 }), (protocol, chunks) => {
        const bytes = Buffer.from(chunks.flat().join(''));
        const { passed, held } = run(createStreamTap(protocol, { stripUsageChunk: false }), bytes, []);
        const all = bytes.toString();
        expect(all.startsWith(passed + held) || (passed + held).startsWith(all)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

test('a chat stream that is cut has told the rate it is answered at, though nothing is counted', () => {
  const tap = createStreamTap('openai-chat', { stripUsageChunk: false });
  const chunk = (tier: string, content: string) =>
    `data: {"id":"c","service_tier":"${tier}","choices":[{"index":0,"delta":{"content":"${content}"},"finish_reason":null}]}\n\n`;
  tap.push(Buffer.from(chunk('flex', 'Hello') + chunk('flex', ' there')));
  tap.end();
  expect(tap.usage()).toEqual({ rates: ['flex'] });
  expect(tap.usageIsFinal).toBe(false);
});

test.each([
  ['flex', { rates: ['flex'] }],
  ['priority', undefined],
])('a Responses stream that is cut and began at %s is estimated at no more than that', (tier, usage) => {
  const tap = createStreamTap('openai-responses', { stripUsageChunk: false });
  const event = (type: string, more: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
  const response = { service_tier: tier, metadata: { service_tier: 'flex' } };
  tap.push(Buffer.from(event('response.created', { response }) + event('response.output_text.delta', { delta: 'x' })));
  tap.end();
  expect(tap.usage()).toEqual(usage);
  expect(tap.usageIsFinal).toBe(false);
});
