import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NeutralEvent } from '../neutral/events.ts';
import { whyIllegal } from '../neutral/legal.ts';
import type { Origin } from '../neutral/signature.ts';
import { eventEnd, parseEvent } from '../stream/events.ts';
import { chatCodec } from './index.ts';

const origin: Origin = { protocol: 'openai-chat', channelId: 'channel', model: 'model' };
const folder = new URL('../../fixtures/openai-chat/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.sse'));

function decodeBytes(bytes: Buffer): NeutralEvent[] {
  const decoder = chatCodec.createDecoder(origin);
  const events: NeutralEvent[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = eventEnd(bytes, at, true);
    const end = found === -1 ? bytes.length : found;
    events.push(...decoder.decode(parseEvent(bytes, at, end)));
    at = end;
  }
  events.push(...decoder.end());
  expect(whyIllegal(events)).toBeUndefined();
  return events;
}

/** Deltas as a stream of one choice, with a finish reason and `[DONE]` behind. */
function decodeDeltas(deltas: readonly object[], finish: string | null = 'stop', isDone = true): NeutralEvent[] {
  const chunk = (choice: object) => `data: ${JSON.stringify({ id: 'x', model: 'm', choices: [choice] })}\n\n`;
  const chunks = deltas.map((delta) => chunk({ index: 0, delta, finish_reason: null }));
  const last = finish === null ? '' : chunk({ index: 0, delta: {}, finish_reason: finish });
  return decodeBytes(Buffer.from(`${chunks.join('')}${last}${isDone ? 'data: [DONE]\n\n' : ''}`));
}

function callFragment(index: number | undefined, id?: string, name?: string, text?: string): object {
  return { tool_calls: [{ index, id, type: 'function', function: { name, arguments: text } }] };
}

/** Blocks with their text, in order. */
function blocksOf(events: readonly NeutralEvent[]) {
  const blocks: { kind: string; name?: string; id?: string; text: string; signature?: string }[] = [];
  for (const event of events) {
    if (event.type === 'open') {
      const { block } = event;
      const call = block.kind === 'tool_call' ? { name: block.name, id: block.id } : {};
      const signed = block.kind === 'tool_call' && block.signature ? { signature: block.signature.blob } : {};
      blocks.push({ kind: block.kind, ...call, text: '', ...signed });
    }
    const last = blocks.at(-1);
    if (event.type === 'delta' && last) last.text += event.text;
    if (event.type === 'signature' && last) last.signature = event.signature.blob;
  }
  return blocks;
}

function stopOf(events: readonly NeutralEvent[]) {
  return events.find((event) => event.type === 'stop');
}

describe.each(files)('%s', (file) => {
  const bytes = readFileSync(new URL(file, folder));
  const expected = JSON.parse(readFileSync(new URL(file.replace('.sse', '.usage.json'), folder), 'utf8'));

  test('decodes to a legal sequence with the usage that it tells', () => {
    const usages = decodeBytes(bytes).filter((event) => event.type === 'usage');
    expect(usages.at(-1)?.usage ?? null).toEqual(expected.usage);
  });

  test('ends if and only if the answer is whole', () => {
    const events = decodeBytes(bytes);
    const isWhole = !file.startsWith('error') && file !== 'cut.sse';
    expect(events.at(-1)?.type === 'end').toBe(isWhole);
    if (file.startsWith('error')) expect(events.at(-1)?.type).toBe('error');
  });
});

test('reasoning_content becomes a thinking block before the text', () => {
  const events = decodeBytes(readFileSync(new URL('deepseek-reasoner.sse', folder)));
  expect(blocksOf(events)).toEqual([
    { kind: 'thinking', text: 'Hm' },
    { kind: 'text', text: 'Hi' },
  ]);
});

test('a chunk with nothing but reasoning opens a thinking block', () => {
  expect(blocksOf(decodeDeltas([{ reasoning: 'why' }]))).toEqual([{ kind: 'thinking', text: 'why' }]);
});

test("Mistral's content parts are told apart", () => {
  const content = [
    { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
    { type: 'text', text: 'yes' },
  ];
  expect(blocksOf(decodeDeltas([{ content }]))).toEqual([
    { kind: 'thinking', text: 'hm' },
    { kind: 'text', text: 'yes' },
  ]);
});

describe('tool calls', () => {
  test('a name and an id that come late are waited for, and nothing is lost', () => {
    const events = decodeDeltas([
      callFragment(0, undefined, undefined, '{"a"'),
      callFragment(0, undefined, 'read', ':'),
      callFragment(0, 'call_1', undefined, '1}'),
    ]);
    expect(blocksOf(events)).toEqual([{ kind: 'tool_call', name: 'read', id: 'call_1', text: '{"a":1}' }]);
  });

  test('a second id with a name at the same index is a second call', () => {
    const events = decodeDeltas([
      callFragment(0, 'call_1', 'read', '{"a":1}'),
      callFragment(0, 'call_2', 'read', '{"a"'),
      callFragment(0, undefined, undefined, ':2}'),
    ]);
    expect(blocksOf(events).map(({ id, text }) => [id, text])).toEqual([
      ['call_1', '{"a":1}'],
      ['call_2', '{"a":2}'],
    ]);
  });

  test('an id and a name that are repeated on every chunk are one call', () => {
    const events = decodeDeltas(['{"a"', ':1', '}', ''].map((text) => callFragment(0, 'call_1', 'read', text)));
    expect(blocksOf(events)).toEqual([{ kind: 'tool_call', name: 'read', id: 'call_1', text: '{"a":1}' }]);
  });

  test('whole calls without index and id are calls of their own, with ids that differ', () => {
    const events = decodeDeltas([
      { tool_calls: [{ function: { name: 'a', arguments: '{}' } }, { function: { name: 'a', arguments: '{"x":1}' } }] },
    ]);
    const blocks = blocksOf(events);
    expect(blocks.map(({ name, text }) => [name, text])).toEqual([
      ['a', '{}'],
      ['a', '{"x":1}'],
    ]);
    expect(new Set(blocks.map((block) => block.id)).size).toBe(2);
    for (const { id } of blocks) expect(id).toMatch(/^call_[0-9a-f]{24}$/);
  });

  test('arguments told as an object are text', () => {
    const events = decodeDeltas([
      { tool_calls: [{ index: 0, id: 'c', function: { name: 'a', arguments: { x: 1 } } }] },
    ]);
    expect(blocksOf(events)[0]?.text).toBe('{"x":1}');
  });

  test('a call without arguments is a call', () => {
    expect(blocksOf(decodeDeltas([callFragment(0, 'c', 'now', '')]))).toHaveLength(1);
  });

  test('a call that never gets a name is none', () => {
    const events = decodeDeltas([callFragment(0, 'c', undefined, '{}')], 'tool_calls');
    expect(blocksOf(events)).toEqual([]);
    expect(stopOf(events)).toMatchObject({ reason: 'end' });
  });

  test.each(['stop', '', null, 'tool_calls'])('the stop reason is tool_call where the upstream says %j', (finish) => {
    expect(stopOf(decodeDeltas([callFragment(0, 'c', 'a', '{}')], finish))).toMatchObject({ reason: 'tool_call' });
  });

  test('a call cut off by the limit stays cut off', () => {
    expect(stopOf(decodeDeltas([callFragment(0, 'c', 'a', '{"x')], 'length'))).toMatchObject({ reason: 'length' });
  });

  test('text behind calls follows them, even where they are not whole yet', () => {
    const events = decodeDeltas([
      callFragment(0, 'c', 'a', '{"x"'),
      { content: 'be' },
      callFragment(0, undefined, undefined, ':1}'),
      { content: 'hind' },
    ]);
    expect(blocksOf(events).map(({ kind, text }) => [kind, text])).toEqual([
      ['tool_call', '{"x":1}'],
      ['text', 'behind'],
    ]);
  });

  test("Google's signature stays with its call", () => {
    const call = {
      id: 'c',
      function: { name: 'a', arguments: '{}' },
      extra_content: { google: { thought_signature: 's' } },
    };
    expect(blocksOf(decodeDeltas([{ tool_calls: [call] }]))[0]?.signature).toBe('s');
  });

  test('a custom call is free text', () => {
    const events = decodeDeltas([
      { tool_calls: [{ index: 0, id: 'c', type: 'custom', custom: { name: 'patch', input: '*** ' } }] },
      { tool_calls: [{ index: 0, custom: { input: 'Begin' } }] },
    ]);
    expect(events.find((event) => event.type === 'open')).toMatchObject({ block: { form: 'text', name: 'patch' } });
    expect(blocksOf(events)[0]?.text).toBe('*** Begin');
  });

  test('a legacy function call is a call', () => {
    const deltas = [{ function_call: { name: 'a', arguments: '' } }, { function_call: { arguments: '{}' } }];
    expect(blocksOf(decodeDeltas(deltas, 'function_call'))).toMatchObject([{ name: 'a', text: '{}' }]);
  });

  test('parallel calls come out whole and in order however their fragments interleave', () => {
    const inputs = fc.array(
      fc.dictionary(fc.string(), fc.string()).map((value) => JSON.stringify(value)),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(inputs, fc.array(fc.nat(20)), (calls, steps) => {
        const left = calls.map((text, index) => ({ index, text, begun: false }));
        const deltas: object[] = left.map(({ index }) => callFragment(index, `call_${index}`, `tool_${index}`, ''));
        for (const step of [...steps, ...Array(400).fill(7)]) {
          const open = left.filter((call) => call.text !== '');
          const call = open[step % Math.max(1, open.length)];
          if (!call) break;
          deltas.push(callFragment(call.index, undefined, undefined, call.text.slice(0, step + 1)));
          call.text = call.text.slice(step + 1);
        }
        const blocks = blocksOf(decodeDeltas(deltas, 'tool_calls'));
        expect(blocks.map(({ name }) => name)).toEqual(calls.map((_, index) => `tool_${index}`));
        if (left.every((call) => call.text === '')) expect(blocks.map(({ text }) => text)).toEqual(calls);
      }),
    );
  });

  test('a call that is whole makes room for the next at once', () => {
    const decoder = chatCodec.createDecoder(origin);
    const data = (delta: object) => JSON.stringify({ id: 'x', choices: [{ index: 0, delta }] });
    decoder.decode({ name: undefined, data: data(callFragment(0, 'c0', 'a', '{}')) });
    const events = decoder.decode({ name: undefined, data: data(callFragment(1, 'c1', 'b', '{"x')) });
    expect(events.map((event) => event.type)).toEqual(['close', 'open', 'delta']);
  });
});

test('nothing that is JSON makes it throw, or tell an illegal sequence', () => {
  const odd = fc.jsonValue({ maxDepth: 2 });
  const call = fc.record(
    {
      index: fc.oneof(fc.nat(2), odd),
      id: fc.oneof(fc.constantFrom('a', 'b'), odd),
      function: fc.record({ name: odd, arguments: odd }),
    },
    { requiredKeys: [] },
  );
  const delta = fc.record(
    {
      content: odd,
      reasoning_content: odd,
      reasoning_details: fc.array(odd),
      refusal: odd,
      tool_calls: fc.array(call),
      audio: odd,
      annotations: odd,
    },
    { requiredKeys: [] },
  );
  const choice = fc.record(
    { index: fc.constantFrom(0, 0, 1), delta: fc.oneof(delta, odd), finish_reason: odd },
    { requiredKeys: ['index'] },
  );
  const chunk = fc.record(
    { id: odd, choices: fc.oneof(fc.array(choice), odd), usage: odd, error: odd },
    { requiredKeys: ['choices'] },
  );
  const stream = fc.array(fc.oneof({ weight: 9, arbitrary: chunk }, odd));
  fc.assert(
    fc.property(stream, (chunks) => {
      decodeBytes(Buffer.from(chunks.map((value) => `data: ${JSON.stringify(value)}\n\n`).join('')));
      for (const value of chunks) chatCodec.decodeBody(Buffer.from(JSON.stringify(value)), origin);
    }),
    { numRuns: 300 },
  );
});

describe('the end of an answer', () => {
  test.each([
    ['length', 'length'],
    ['content_filter', 'filter'],
    ['end_turn', 'end'],
    ['unheard_of', 'end'],
    ['', 'end'],
  ])('finish reason %j is %s', (finish, reason) => {
    expect(stopOf(decodeDeltas([{ content: 'x' }], finish))).toMatchObject({ reason });
  });

  test('a finish reason without [DONE] is a whole answer, neither of both is not', () => {
    expect(decodeDeltas([{ content: 'x' }], 'stop', false).at(-1)?.type).toBe('end');
    expect(decodeDeltas([{ content: 'x' }], null, false).at(-1)?.type).toBe('close');
  });

  test('a refusal in words is one', () => {
    const events = decodeDeltas([{ refusal: 'I' }, { refusal: ' cannot' }]);
    expect(blocksOf(events)).toEqual([{ kind: 'refusal', text: 'I cannot' }]);
    expect(stopOf(events)).toMatchObject({ reason: 'refusal' });
  });

  test("DeepSeek's giving up is an error, not an end", () => {
    expect(decodeDeltas([{ content: 'x' }], 'insufficient_system_resource').at(-1)?.type).toBe('error');
  });

  test('a stream that says nothing but [DONE] is an empty answer', () => {
    expect(decodeBytes(Buffer.from('data: [DONE]\n\n')).map((event) => event.type)).toEqual(['start', 'stop', 'end']);
  });

  test('the sequence that vLLM stopped at is told', () => {
    const choice = { index: 0, delta: { content: 'x' }, finish_reason: 'stop', stop_reason: 'END' };
    const events = decodeBytes(Buffer.from(`data: ${JSON.stringify({ choices: [choice] })}\n\ndata: [DONE]\n\n`));
    expect(stopOf(events)).toMatchObject({ reason: 'stop_sequence', stopSequence: 'END' });
  });

  test('other choices than the first are not mixed into it', () => {
    const chunk = (index: number, content: string) =>
      `data: ${JSON.stringify({ id: 'x', choices: [{ index, delta: { content } }] })}\n\n`;
    const events = decodeBytes(Buffer.from(`${chunk(1, 'b')}${chunk(0, 'a')}${chunk(1, 'b')}data: [DONE]\n\n`));
    expect(blocksOf(events)).toEqual([{ kind: 'text', text: 'a' }]);
  });
});

test('signed reasoning details come out as one proof with the thinking they prove', () => {
  const detail = (fields: object) => ({ reasoning_details: [{ type: 'reasoning.text', index: 0, ...fields }] });
  const events = decodeDeltas([
    detail({ text: 'a' }),
    detail({ text: 'b' }),
    detail({ signature: 's' }),
    { content: 'c' },
  ]);
  expect(blocksOf(events)).toEqual([
    { kind: 'thinking', text: 'ab', signature: '[{"type":"reasoning.text","index":0,"text":"ab","signature":"s"}]' },
    { kind: 'text', text: 'c' },
  ]);
});

test('sources of an answer are citations of its text', () => {
  const url_citation = { url: 'https://a.example', title: 'A', start_index: 0, end_index: 1 };
  const events = decodeDeltas([{ content: 'x' }, { annotations: [{ type: 'url_citation', url_citation }] }]);
  expect(events.find((event) => event.type === 'citation')).toMatchObject({
    citation: { url: 'https://a.example', title: 'A' },
  });
});

describe('decodeBody', () => {
  test('a whole answer has the events of a stream', () => {
    const message = {
      role: 'assistant',
      content: 'hi',
      reasoning_content: 'hm',
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'a', arguments: '{}' } }],
    };
    const body = {
      id: 'x',
      model: 'm',
      choices: [{ index: 0, message, finish_reason: 'tool_calls' }],
      usage: { prompt_tokens: 1 },
    };
    const events = chatCodec.decodeBody(Buffer.from(JSON.stringify(body)), origin);
    expect(whyIllegal(events)).toBeUndefined();
    expect(blocksOf(events).map(({ kind, text }) => [kind, text])).toEqual([
      ['thinking', 'hm'],
      ['text', 'hi'],
      ['tool_call', '{}'],
    ]);
    expect(events.at(-1)?.type).toBe('end');
  });

  test.each([
    '<html>',
    '{}',
    '{"error":{"message":"m"}}',
    '{"base_resp":{"status_code":1004,"status_msg":"m"},"choices":null}',
  ])('what is no answer is an error: %s', (text) => {
    expect(chatCodec.decodeBody(Buffer.from(text), origin).map((event) => event.type)).toEqual(['error']);
  });

  test('every recorded body of a chat is a whole answer', () => {
    const events = chatCodec.decodeBody(readFileSync(new URL('completion.body.json', folder)), origin);
    expect(whyIllegal(events)).toBeUndefined();
    expect(blocksOf(events)).toEqual([{ kind: 'text', text: 'hi' }]);
  });
});
