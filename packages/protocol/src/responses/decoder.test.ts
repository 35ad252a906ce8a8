import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { NeutralEvent } from '../neutral/events.ts';
import { whyIllegal } from '../neutral/legal.ts';
import { responsesCodec } from './index.ts';
import { decoded, sse, upstream } from './test-kit.ts';

const folder = new URL('../../fixtures/openai-responses/', import.meta.url);
const streams = readdirSync(folder).filter((file) => file.endsWith('.sse'));
const bodies = readdirSync(folder).filter((file) => file.endsWith('.body.json'));

const created = { type: 'response.created', response: { id: 'resp_1', model: 'gpt-5' } };
const usage = { input_tokens: 5, input_tokens_details: { cached_tokens: 1 }, output_tokens: 2, total_tokens: 7 };
const completed = { type: 'response.completed', response: { id: 'resp_1', status: 'completed', output: [], usage } };
const at = (type: string, output_index: number, fields: object) => ({
  type: `response.${type}`,
  output_index,
  ...fields,
});
const added = (index: number, item: object) => at('output_item.added', index, { item });
const done = (index: number, item: object) => at('output_item.done', index, { item });

/** The blocks of an answer, each with all of its text. */
function blocksOf(events: readonly NeutralEvent[]): Record<string, unknown>[] {
  expect(whyIllegal(events)).toBeUndefined();
  const blocks: Record<string, unknown>[] = [];
  for (const event of events) {
    if (event.type === 'open') blocks.push({ ...event.block });
    const block = blocks.at(-1);
    if (event.type === 'delta' && block) block['text'] = `${block['text'] ?? ''}${event.text}`;
    if (event.type === 'signature' && block) block['blob'] = event.signature.blob;
    if (event.type === 'citation' && block) block['cited'] = event.citation.url;
  }
  return blocks;
}

function ending(events: readonly NeutralEvent[]): unknown {
  const stop = events.find((event) => event.type === 'stop' || event.type === 'error');
  return stop?.type === 'stop' ? stop.reason : stop;
}

describe('recorded answers', () => {
  test.each(streams)('%s is a legal sequence', (file) => {
    const events = decoded(readFileSync(new URL(file, folder)));
    expect(whyIllegal(events)).toBeUndefined();
    const told = JSON.parse(readFileSync(new URL(file.replace('.sse', '.usage.json'), folder), 'utf8')).usage;
    expect(events.findLast((event) => event.type === 'usage')?.usage ?? null).toEqual(told);
  });

  test.each(bodies)('%s is a legal sequence', (file) => {
    expect(whyIllegal(responsesCodec.decodeBody(readFileSync(new URL(file, folder)), upstream))).toBeUndefined();
  });

  test.each(['completed.sse', 'completed-crlf.sse', 'completed-then-done.sse', 'data-lines-only.sse'])(
    '%s has thinking and text, and ends once',
    (file) => {
      const events = decoded(readFileSync(new URL(file, folder)));
      expect(blocksOf(events)).toEqual([
        { kind: 'thinking', text: 'Thinking' },
        { kind: 'text', text: 'event: response.completed\n\n"delta":""' },
      ]);
      expect(events[0]).toEqual({ type: 'start', id: 'resp_1', model: 'gpt-5' });
      expect(events.slice(-2)).toEqual([{ type: 'stop', reason: 'end' }, { type: 'end' }]);
    },
  );

  test('a stream that was cut has no end, but closes what was open', () => {
    const events = decoded(readFileSync(new URL('cut.sse', folder)));
    expect(events.at(-1)).toEqual({ type: 'close', index: 1 });
  });

  test('usage and the reason of an answer that hit its limit are kept', () => {
    const events = decoded(readFileSync(new URL('incomplete.sse', folder)));
    expect(ending(events)).toBe('length');
    expect(events.find((event) => event.type === 'usage')?.usage.output).toBe(30);
  });

  test.each([
    ['failed-mid-stream.sse', 'server_error', 'boom'],
    ['failed-at-once.sse', 'rate_limit_exceeded', 'slow down'],
    ['error-at-once.sse', 'server_error', 'oops'],
  ])('%s ends with its error', (file, type, message) => {
    const events = decoded(readFileSync(new URL(file, folder)));
    expect(events.at(-1)).toEqual({ type: 'error', error: { type, message } });
  });
});

describe('what is told twice or not at all', () => {
  const message = { type: 'message', id: 'msg_1', role: 'assistant' };
  const text = (value: string) => ({ type: 'output_text', text: value, annotations: [] });

  test('arguments that come only when they are done are told', () => {
    const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f' };
    const events = decoded(
      sse(
        created,
        added(0, call),
        at('function_call_arguments.done', 0, { arguments: '{"a":1}' }),
        done(0, call),
        completed,
      ),
    );
    expect(blocksOf(events)).toEqual([{ kind: 'tool_call', id: 'call_1', name: 'f', form: 'json', text: '{"a":1}' }]);
    expect(ending(events)).toBe('tool_call');
  });

  test('only the rest of a text is told when it is done', () => {
    const delta = at('output_text.delta', 0, { content_index: 0, delta: 'Hel' });
    const whole = at('output_text.done', 0, { content_index: 0, text: 'Hello' });
    const part = at('content_part.done', 0, { content_index: 0, part: text('Hello') });
    const events = decoded(
      sse(created, added(0, message), delta, whole, part, done(0, { ...message, content: [text('Hello')] }), completed),
    );
    expect(blocksOf(events)).toEqual([{ kind: 'text', text: 'Hello' }]);
  });

  test('items that come whole only are told, in a stream whose last event repeats none', () => {
    const call = { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'f', arguments: '{}' };
    const events = decoded(sse(created, done(0, { ...message, content: [text('a')] }), done(1, call), completed));
    expect(blocksOf(events)).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'tool_call', id: 'c', name: 'f', form: 'json', text: '{}' },
    ]);
  });

  test('a stream of only its last event is told from that', () => {
    const output = [{ ...message, content: [text('a')] }];
    const last = { ...completed, response: { ...completed.response, output } };
    expect(blocksOf(decoded(sse(created, last)))).toEqual([{ kind: 'text', text: 'a' }]);
    expect(blocksOf(decoded(sse(created, done(0, output[0] as object), last)))).toEqual([{ kind: 'text', text: 'a' }]);
  });

  test('an item that is not done is finished from the last event, by its id', () => {
    const output = [{ ...message, content: [text('abc')] }];
    const events = decoded(
      sse(
        created,
        done(0, { type: 'reasoning', id: 'rs', summary: [] }),
        added(1, message),
        at('output_text.delta', 1, { delta: 'a' }),
        {
          ...completed,
          response: { ...completed.response, output },
        },
      ),
    );
    expect(blocksOf(events)).toEqual([{ kind: 'text', text: 'abc' }]);
  });

  test('a call that stands in the last event only is told', () => {
    const output = [
      { ...message, content: [text('a')] },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
    ];
    const events = decoded(
      sse(created, done(0, output[0] as object), { ...completed, response: { ...completed.response, output } }),
    );
    expect(blocksOf(events)).toHaveLength(2);
    expect(ending(events)).toBe('tool_call');
  });
});

describe('items', () => {
  test('items that interleave are put in order', () => {
    const call = (id: string) => ({ type: 'function_call', id, call_id: id, name: id, arguments: '' });
    const args = (index: number, delta: string) => at('function_call_arguments.delta', index, { delta });
    const events = decoded(
      sse(
        created,
        added(0, call('a')),
        added(1, call('b')),
        args(1, '{"b"'),
        args(0, '{"a"'),
        args(1, ':1}'),
        args(0, ':1}'),
        done(1, { ...call('b'), arguments: '{"b":1}' }),
        done(0, { ...call('a'), arguments: '{"a":1}' }),
        completed,
      ),
    );
    expect(blocksOf(events).map(({ name, text }) => [name, text])).toEqual([
      ['a', '{"a":1}'],
      ['b', '{"b":1}'],
    ]);
  });

  test('the parts of a summary are one block, with the seal of the finished item', () => {
    const part = (summary_index: number, delta: string) =>
      at('reasoning_summary_text.delta', 0, { summary_index, delta });
    const whole = { type: 'reasoning', summary: [{ text: 'one' }, { text: 'two' }], encrypted_content: 'sealed' };
    const events = decoded(
      sse(
        created,
        added(0, { type: 'reasoning', encrypted_content: 'cut' }),
        part(0, 'one'),
        part(1, 'tw'),
        done(0, whole),
        completed,
      ),
    );
    expect(blocksOf(events)).toEqual([{ kind: 'thinking', text: 'one\n\ntwo', blob: 'sealed' }]);
    const signature = events.find((event) => event.type === 'signature')?.signature;
    expect(signature?.origin).toEqual(upstream);
  });

  test('reasoning that nobody can read is a redacted block, and reasoning without anything is none', () => {
    const sealed = { type: 'reasoning', summary: [], encrypted_content: 'x' };
    const events = decoded(sse(created, done(0, sealed), done(1, { type: 'reasoning', summary: [] }), completed));
    expect(blocksOf(events)).toEqual([{ kind: 'thinking', isRedacted: true, blob: 'x' }]);
  });

  test('reasoning as open models tell it is thinking', () => {
    const delta = at('reasoning_text.delta', 0, { content_index: 0, delta: 'hm' });
    const whole = { type: 'reasoning', summary: [], content: [{ type: 'reasoning_text', text: 'hmm' }] };
    expect(blocksOf(decoded(sse(created, added(0, { type: 'reasoning' }), delta, done(0, whole), completed)))).toEqual([
      { kind: 'thinking', text: 'hmm' },
    ]);
  });

  test('custom calls are free text, and calls of a group carry its name', () => {
    const custom = { type: 'custom_tool_call', call_id: 'c', name: 'apply_patch', input: '*** Begin' };
    const grouped = { type: 'function_call', call_id: 'd', name: 'click', namespace: 'mcp', arguments: '{}' };
    expect(
      blocksOf(
        decoded(
          sse(
            created,
            added(0, { ...custom, input: '' }),
            at('custom_tool_call_input.delta', 0, { delta: '*** ' }),
            done(0, custom),
            done(1, grouped),
            completed,
          ),
        ),
      ),
    ).toEqual([
      { kind: 'tool_call', id: 'c', name: 'apply_patch', form: 'text', text: '*** Begin' },
      { kind: 'tool_call', id: 'd', name: 'mcp__click', namespace: 'mcp', form: 'json', text: '{}' },
    ]);
  });

  test('calls of hosted tools come whole', () => {
    const search = { type: 'web_search_call', id: 'ws', status: 'completed', action: { type: 'search', query: 'q' } };
    const patch = { type: 'apply_patch_call', id: 'ap', call_id: 'c', operation: { type: 'delete_file', path: 'x' } };
    const events = decoded(
      sse(
        created,
        added(0, search),
        at('web_search_call.searching', 0, {}),
        done(0, search),
        done(1, patch),
        completed,
      ),
    );
    expect(blocksOf(events).map(({ name, value }) => [name, value])).toEqual([
      ['web_search_call', search],
      ['apply_patch_call', patch],
    ]);
  });

  test('a refusal is one, and annotations are citations, told once', () => {
    const annotation = { type: 'url_citation', url: 'https://a', title: 'A', start_index: 0, end_index: 1 };
    const content = [
      { type: 'output_text', text: 'a', annotations: [annotation] },
      { type: 'refusal', refusal: 'no' },
    ];
    const cite = at('output_text.annotation.added', 0, { content_index: 0, annotation });
    const message = { type: 'message', phase: 'final_answer' };
    const events = decoded(
      sse(
        created,
        added(0, message),
        at('output_text.delta', 0, { content_index: 0, delta: 'a' }),
        cite,
        done(0, { ...message, content }),
        completed,
      ),
    );
    expect(blocksOf(events)).toEqual([
      { kind: 'text', phase: 'final_answer', text: 'a', cited: 'https://a' },
      { kind: 'refusal', text: 'no' },
    ]);
    expect(events.filter((event) => event.type === 'citation')).toHaveLength(1);
    expect(ending(events)).toBe('refusal');
  });
});

test.each(['content_filter', 'steered', 'max_messages'])('an answer incomplete for %s has a reason', (reason) => {
  const events = decoded(sse(created, { type: 'response.incomplete', response: { incomplete_details: { reason } } }));
  expect(ending(events)).toBe({ content_filter: 'filter', steered: 'paused', max_messages: 'length' }[reason]);
});

test('events that make no sense are nothing', () => {
  const decoder = responsesCodec.createDecoder(upstream);
  for (const data of ['', '[DONE]', '{', '[]', 'null', '{"type":5}', '{"type":"response.x","output_index":"a"}']) {
    expect(whyIllegal(decoder.decode({ name: undefined, data }))).toBeUndefined();
  }
  expect(decoder.decode({ name: undefined, data: undefined })).toEqual([]);
});

test.each([
  ['not JSON', '<html>'],
  ['an error', '{"error":{"code":"server_error","message":"m"}}'],
  ['a background answer', '{"id":"r","status":"queued","output":[]}'],
])('a body that is %s ends with an error', (_, body) => {
  expect(responsesCodec.decodeBody(Buffer.from(body), upstream).at(-1)?.type).toBe('error');
});
