import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Block, NeutralEvent } from '../neutral/events.ts';
import { whyIllegal } from '../neutral/legal.ts';
import { openSignature } from '../neutral/signature.ts';
import { shortToolName } from '../neutral/tool-names.ts';
import { anthropicCodec } from './index.ts';
import { parse } from './request.fixture.ts';
import { context, decodeAll, encodeAll, finalMessage, recorded, recordedStreams, sseEvents } from './sdk.fixture.ts';

const start: NeutralEvent = { type: 'start', id: 'up_1', model: 'gpt' };
const end: NeutralEvent = { type: 'end' };
const stop = (reason: 'end' | 'tool_call' | 'refusal' = 'end'): NeutralEvent => ({ type: 'stop', reason });
const block = (index: number, opened: Block, ...texts: string[]): NeutralEvent[] => [
  { type: 'open', index, block: opened },
  ...texts.map((text) => ({ type: 'delta', index, text }) as const),
  { type: 'close', index },
];
const call = (id: string, name = 'f'): Block => ({ kind: 'tool_call', id, name, form: 'json' });

function wireEvents(text: string): { type: string; index?: number; [key: string]: unknown }[] {
  return sseEvents(Buffer.from(text)).map(({ name, data }) => {
    const event = JSON.parse(data ?? '');
    expect(event.type).toBe(name);
    return event;
  });
}

/**
 * What the SDK's message may differ in from the one of the recorded stream: id and model are ours; of the usage, counters that were not told
 * are 0 or null, and tier, speed and place are not kept; a call does not say that nothing but the model called; a refusal tells its reason
 * in words and not its category.
 */
function comparable({ id: _id, model: _model, usage, ...message }: Awaited<ReturnType<typeof finalMessage>>) {
  const { input_tokens, output_tokens } = usage;
  return {
    ...message,
    content: message.content.map((one) => {
      if (one.type === 'text') return { ...one, citations: one.citations ?? null };
      if (one.type !== 'tool_use' || one.caller?.type !== 'direct') return one;
      const { caller: _caller, ...call } = one;
      return call;
    }),
    stop_details: message.stop_details ? { ...message.stop_details, category: null } : null,
    container: null,
    usage: {
      input_tokens,
      output_tokens,
      cache_read: usage.cache_read_input_tokens ?? 0,
      cache_write: usage.cache_creation_input_tokens ?? 0,
      thinking: usage.output_tokens_details?.thinking_tokens,
    },
  };
}

test.each(recordedStreams)('the SDK makes the same message of %s when it was decoded and encoded', async (file) => {
  const bytes = recorded(file);
  const original = await finalMessage(bytes).then(comparable, () => undefined);
  const events = decodeAll(bytes);
  const again = await finalMessage(encodeAll(events)).then(comparable, () => undefined);
  if (events.at(-1)?.type === 'end' && original) expect(again).toEqual(original);
  else if (events.at(-1)?.type === 'error') expect(again).toBeUndefined();
});

describe('every answer of whatever provider', () => {
  const text = fc.string({ minLength: 1, maxLength: 8 });
  const anyBlock: fc.Arbitrary<{ block: Block; texts: string[]; blob: string | undefined }> = fc.record({
    block: fc.oneof(
      fc.constant<Block>({ kind: 'text' }),
      fc.constant<Block>({ kind: 'refusal' }),
      fc.constant<Block>({ kind: 'thinking' }),
      fc.constant<Block>({ kind: 'thinking', isRedacted: true }),
      fc.constant<Block>(call('c')),
      fc.constant<Block>({ ...call('c'), form: 'text' } as Block),
      fc.constant<Block>({ kind: 'opaque', protocol: 'openai-responses', name: 'x', value: { type: 'x' } }),
      fc.constant<Block>({ kind: 'opaque', protocol: 'anthropic-messages', name: 'y', value: { type: 'y', z: 1 } }),
    ),
    texts: fc.array(fc.oneof(text, fc.constant('{"a":'), fc.constant('1}')), { maxLength: 4 }),
    blob: fc.option(text, { nil: undefined }),
  });
  const answers = fc.array(anyBlock, { maxLength: 6 }).map((blocks) => {
    const events = blocks.flatMap(({ block: opened, texts, blob }, index): NeutralEvent[] => {
      const deltas = opened.kind === 'opaque' || (opened.kind === 'thinking' && opened.isRedacted) ? [] : texts;
      const whole = block(index, opened, ...deltas);
      const origin = { protocol: 'gemini', channelId: 'c', model: 'm' } as const;
      if (opened.kind === 'thinking' && blob) {
        whole.splice(-1, 0, { type: 'signature', index, signature: { origin, blob } });
      }
      return whole;
    });
    return [start, ...events, stop(), end];
  });

  test('keeps the order and the indexes that SDKs build on', () => {
    fc.assert(
      fc.property(answers, (events) => {
        expect(whyIllegal(events)).toBeUndefined();
        const wire = wireEvents(encodeAll(events));
        expect(wire[0]?.type).toBe('message_start');
        expect(wire.at(-2)?.type).toBe('message_delta');
        expect(wire.at(-1)?.type).toBe('message_stop');
        expect(wire.filter(({ type }) => type.startsWith('message_'))).toHaveLength(3);
        let open = -1;
        let next = 0;
        let hasContent = true;
        for (const { type, index, content_block, delta } of wire.slice(1, -2)) {
          if (type === 'content_block_start') {
            expect([open, index]).toEqual([-1, next]);
            open = next++;
            hasContent = (content_block as { type: string }).type !== 'text';
          } else {
            expect(index).toBe(open);
            if (type === 'content_block_stop') {
              expect(hasContent).toBe(true);
              open = -1;
            } else if ((delta as { type: string }).type === 'text_delta') hasContent = true;
          }
        }
      }),
    );
  });

  test('is a message to the SDK, with inputs that are objects and signatures that are not empty', async () => {
    await fc.assert(
      fc.asyncProperty(answers, async (events) => {
        const message = await finalMessage(encodeAll(events));
        for (const part of message.content) {
          if (part.type === 'tool_use') expect(Object.getPrototypeOf(part.input)).toBe(Object.prototype);
          if (part.type === 'thinking') expect(part.signature).not.toBe('');
        }
        const body = JSON.parse(anthropicCodec.encodeBody(events, context));
        expect(JSON.parse(JSON.stringify(message.content))).toEqual(body.content);
        expect(body.stop_reason).toBe(message.stop_reason);
      }),
      { numRuns: 50 },
    );
  });
});

test('message_start tells the usage that came before the answer, or the estimate of the prompt', () => {
  const usage = { type: 'usage', usage: { input: 5, cacheRead: 7, cacheWrite1h: 2 } } as const;
  const told = wireEvents(encodeAll([start, usage, ...block(0, { kind: 'text' }, 'a'), stop(), end]));
  expect(told[0]).toMatchObject({
    message: {
      id: 'msg_req_1',
      model: 'asked',
      usage: { input_tokens: 5, cache_read_input_tokens: 7, cache_creation_input_tokens: 2, output_tokens: 0 },
    },
  });
  const estimated = wireEvents(encodeAll([start, ...block(0, { kind: 'text' }, 'a'), usage, stop(), end], 76.6));
  expect(estimated[0]).toMatchObject({ message: { usage: { input_tokens: 77, cache_read_input_tokens: 0 } } });
  expect(estimated.at(-2)).toMatchObject({ usage: { input_tokens: 5, cache_read_input_tokens: 7 } });
});

test('usage that comes behind the stop is in the last message_delta', () => {
  const usage = { type: 'usage', usage: { input: 1, output: 9, reasoning: 4 } } as const;
  const wire = wireEvents(encodeAll([start, stop(), usage, end]));
  expect(wire.map(({ type }) => type)).toEqual(['message_start', 'message_delta', 'message_stop']);
  expect(wire[1]).toMatchObject({ usage: { output_tokens: 9, output_tokens_details: { thinking_tokens: 4 } } });
});

test.each([
  ['', '{}'],
  ['{"a":', '{}'],
  ['not json', '{}'],
  ['[1]', '{}'],
  ['{"id":12345678901234567890}', '{"id":12345678901234567890}'],
])('the input %j is sent as %s', (input, sent) => {
  const texts = input === '' ? [] : [input];
  const wire = wireEvents(encodeAll([start, ...block(0, call('a'), ...texts), stop('tool_call'), end]));
  expect(wire[2]).toMatchObject({ delta: { type: 'input_json_delta', partial_json: sent } });
});

test('thinking ends with one signature: sealed where it is another provider’s, as it is where it is Anthropic’s', () => {
  const signed = (protocol: 'gemini' | 'anthropic-messages') => {
    const signature = { origin: { protocol, channelId: 'c', model: 'm' }, blob: 'SIG' };
    const [open, delta, close] = block(0, { kind: 'thinking' }, 'hm');
    const events = [start, open, delta, { type: 'signature', index: 0, signature }, close, stop(), end];
    const wire = wireEvents(encodeAll(events as NeutralEvent[]));
    expect(wire.map(({ delta }) => (delta as { type?: string })?.type)).toEqual(
      expect.arrayContaining(['thinking_delta', 'signature_delta']),
    );
    const slots = wire.flatMap(({ delta }) => (delta as { signature?: string })?.signature ?? []);
    expect(slots).toHaveLength(1);
    return slots[0];
  };
  expect(signed('anthropic-messages')).toBe('SIG');
  expect(openSignature(signed('gemini'), 'anthropic-messages')).toEqual({
    origin: { protocol: 'gemini', channelId: 'c', model: 'm' },
    blob: 'SIG',
  });
});

test('the signature of a call travels in a block before it, and comes back with the call', () => {
  const signature = { origin: { protocol: 'gemini', channelId: 'c', model: 'm' }, blob: 'SIG' } as const;
  const opened: Block = { kind: 'tool_call', id: 'a', name: 'f', form: 'json', signature };
  const events = [start, ...block(0, { kind: 'text' }, 'x'), ...block(1, opened, '{}'), stop('tool_call'), end];
  const { content } = JSON.parse(anthropicCodec.encodeBody(events, context));
  expect(content.map(({ type }: { type: string }) => type)).toEqual(['text', 'redacted_thinking', 'tool_use']);
  const starts = wireEvents(encodeAll(events)).flatMap((event) =>
    event['content_block'] ? [event['content_block']] : [],
  );
  expect(starts).toEqual([{ ...content[0], text: '' }, content[1], content[2]]);
  const { value } = parse({ model: 'm', max_tokens: 1, messages: [{ role: 'assistant', content }] });
  expect(value.turns[0]?.parts.map(({ kind }) => kind)).toEqual(['text', 'tool_call']);
  expect(value.turns[0]?.parts[1]).toMatchObject({ signature });
});

test('a tool that the upstream knows by a shortened name has the client’s own', () => {
  const name = 'n'.repeat(100);
  const request = { ...context.request, tools: [{ kind: 'function', name }] } as const;
  const encoder = anthropicCodec.createEncoder({ ...context, request });
  const events = [start, ...block(0, call('a', shortToolName(name)), '{}'), stop('tool_call'), end];
  expect(events.map((event) => encoder.encode(event)).join('')).toContain(`"name":"${name}"`);
});

test('a refusal says why', () => {
  const refused: NeutralEvent = { type: 'stop', reason: 'filter', explanation: 'unsafe' };
  const wire = wireEvents(encodeAll([start, ...block(0, { kind: 'refusal' }, 'No.'), refused, end]));
  expect(wire.at(-2)).toMatchObject({
    delta: { stop_reason: 'refusal', stop_details: { type: 'refusal', category: null, explanation: 'unsafe' } },
  });
  expect(wire[2]).toMatchObject({ delta: { type: 'text_delta', text: 'No.' } });
});

test('an error is an error event in our words', async () => {
  const text = encodeAll([start, { type: 'error', error: { type: 'server_is_overloaded', message: 'host 10.0.0.7' } }]);
  expect(text).toMatch(/^event: error\ndata: \{"type":"error","error":\{"type":"overloaded_error"/);
  expect(text).not.toContain('10.0.0.7');
  await expect(finalMessage(text)).rejects.toThrow();
});

test('a ping is a ping, behind message_start', () => {
  expect(wireEvents(encodeAll([start, { type: 'ping' }])).map(({ type }) => type)).toEqual(['message_start', 'ping']);
});
