import { RelayError } from '@ai-bridge/domain';
import { describe, expect, test } from 'vitest';
import type { Block, NeutralEvent, StopReason } from '../neutral/events.ts';
import { openSignature } from '../neutral/signature.ts';
import { responsesCodec } from './index.ts';
import { accumulated, contextOf, decoded, encoded, eventsOf, parsed, sse, upstream } from './test-kit.ts';

const claude = { protocol: 'anthropic-messages', channelId: 'ch_a', model: 'claude' } as const;

function answer(
  blocks: readonly { block: Block; texts?: string[]; blob?: string }[],
  reason: StopReason = 'end',
): NeutralEvent[] {
  const inner = blocks.flatMap(({ block, texts = [], blob }, index): NeutralEvent[] => [
    { type: 'open', index, block },
    ...texts.map((text) => ({ type: 'delta', index, text }) as const),
    ...(blob ? [{ type: 'signature', index, signature: { origin: claude, blob } } as const] : []),
    { type: 'close', index },
  ]);
  const usage = { input: 7, cacheRead: 3, output: 5, reasoning: 2 };
  return [
    { type: 'start', id: 'x', model: 'm' },
    ...inner,
    { type: 'usage', usage },
    { type: 'stop', reason },
    { type: 'end' },
  ];
}

const data = (stream: string) => eventsOf(Buffer.from(stream)).map((event) => JSON.parse(event.data ?? 'null'));
const call = (name: string, form: 'json' | 'text' = 'json'): Block => ({
  kind: 'tool_call',
  id: `call_${name}`,
  name,
  form,
});

const rich = answer(
  [
    { block: { kind: 'thinking' }, texts: ['I ', 'think'], blob: 'sig' },
    { block: { kind: 'text' }, texts: ['Hello "', 'you"\n'] },
    { block: { kind: 'text' }, texts: [' again'] },
    { block: call('f'), texts: ['{"a":', '1}'] },
    { block: call('g') },
  ],
  'tool_call',
);

describe('a stream', () => {
  test('counts its events from 0 without gaps, named in both lines', () => {
    const events = eventsOf(Buffer.from(encoded(rich)));
    expect(events.map(({ data }) => JSON.parse(data ?? '').sequence_number)).toEqual(events.map((_, index) => index));
    for (const { name, data } of events) expect(JSON.parse(data ?? '').type).toBe(name);
  });

  test('ends every item before the next begins, and says all again at the end', () => {
    const events = data(encoded(rich));
    let open: number | undefined;
    const items: unknown[] = [];
    for (const event of events) {
      if (event.type === 'response.output_item.added') {
        expect([open, event.output_index]).toEqual([undefined, items.length]);
        open = event.output_index;
      } else if (event.type === 'response.output_item.done') {
        expect(event.output_index).toBe(open);
        open = undefined;
        items.push(event.item);
      } else if ('output_index' in event) expect(event.output_index).toBe(open);
    }
    const last = events.at(-1);
    expect(last.type).toBe('response.completed');
    expect(last.response.output).toEqual(items);
    expect(last.response.output.map(({ id }: { id: string }) => id)).toEqual([
      'rs_req1_0',
      'msg_req1_1',
      'fc_req1_2',
      'fc_req1_3',
    ]);
  });

  test('is what the official SDK takes for the same answer', async () => {
    const response = await accumulated(encoded(rich));
    expect(response.output_text).toBe('Hello "you"\n again');
    expect(response.output).toMatchObject([
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'I think' }] },
      { type: 'message', role: 'assistant', content: [{ text: 'Hello "you"\n' }, { text: ' again' }] },
      { type: 'function_call', call_id: 'call_f', name: 'f', arguments: '{"a":1}' },
      { type: 'function_call', call_id: 'call_g', name: 'g', arguments: '{}' },
    ]);
  });

  test('has an identical skeleton from the beginning, with whole numbers', () => {
    const events = data(encoded(rich));
    const first = events[0].response;
    const last = events.at(-1).response;
    expect(Object.keys(first).sort()).toEqual(Object.keys(last).sort());
    expect(events.slice(0, 2).map(({ type }) => type)).toEqual(['response.created', 'response.in_progress']);
    expect([first.id, first.created_at, first.status, first.usage]).toEqual([
      'resp_req1',
      1_700_000_000,
      'in_progress',
      null,
    ]);
    expect(last.usage).toEqual({
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 3, cache_write_tokens: 0 },
      output_tokens: 5,
      output_tokens_details: { reasoning_tokens: 2 },
      total_tokens: 15,
    });
  });

  test('is the same as the body, but for the events', () => {
    const body = JSON.parse(responsesCodec.encodeBody(rich, contextOf()));
    expect(body).toEqual(data(encoded(rich)).at(-1).response);
  });

  test('seals a signature into the opaque slot', () => {
    const item = data(encoded(rich)).at(-1).response.output[0];
    expect(openSignature(item.encrypted_content, 'openai-responses')).toEqual({ origin: claude, blob: 'sig' });
  });

  test('says pings as comments, which no client counts', () => {
    expect(encoded([{ type: 'start', id: undefined, model: undefined }, { type: 'ping' }]).endsWith(': ping\n\n')).toBe(
      true,
    );
  });
});

describe('calls', () => {
  const tools = [
    { type: 'custom', name: 'apply_patch', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
    { type: 'namespace', name: 'mcp', description: 'd', tools: [{ type: 'function', name: 'click', parameters: {} }] },
  ];
  const context = contextOf(parsed({ stream: true, tools }));

  test('of a custom tool are unwrapped', async () => {
    const stream = encoded(
      answer([{ block: call('apply_patch'), texts: ['{"inp', 'ut":"*** Begin\\n"}'] }], 'tool_call'),
      context,
    );
    expect((await accumulated(stream)).output).toMatchObject([
      { type: 'custom_tool_call', call_id: 'call_apply_patch', name: 'apply_patch', input: '*** Begin\n' },
    ]);
    const types = data(stream).map(({ type }) => type);
    expect(types).toContain('response.custom_tool_call_input.delta');
    expect(types).toContain('response.custom_tool_call_input.done');
  });

  test.each([
    ['{"patch":"p"}', 'p'],
    ['*** raw', '*** raw'],
    ['{"a":"1","b":"2"}', '{"a":"1","b":"2"}'],
  ])('of a custom tool that a model got wrong are told as they are: %s', (json, input) => {
    const events = data(encoded(answer([{ block: call('apply_patch'), texts: [json] }]), context));
    expect(events.at(-1).response.output[0].input).toBe(input);
  });

  test('in free text stay custom, and calls of a group get its name back', () => {
    const blocks = [
      { block: call('other', 'text'), texts: ['in'] },
      { block: call('mcp__click'), texts: ['{}'] },
    ];
    expect(data(encoded(answer(blocks), context)).at(-1).response.output).toMatchObject([
      { type: 'custom_tool_call', name: 'other', input: 'in' },
      { type: 'function_call', name: 'click', namespace: 'mcp', arguments: '{}' },
    ]);
  });

  test('echo the tools that were offered when the answer is over', () => {
    const last = data(encoded(answer([]), context)).at(-1).response;
    expect(last.tools).toMatchObject(tools);
  });
});

test("the signature of a call of Gemini's comes back with the call", () => {
  const signature = { origin: { protocol: 'gemini', channelId: 'g', model: 'gemini-4' }, blob: 'thought' } as const;
  const block: Block = { kind: 'tool_call', id: 'c', name: 'f', form: 'json', signature };
  const { output } = data(
    encoded(
      answer([
        { block: { kind: 'thinking' }, texts: ['t'] },
        { block, texts: ['{}'] },
      ]),
    ),
  ).at(-1).response;
  expect(output.map(({ type }: { type: string }) => type)).toEqual(['reasoning', 'reasoning', 'function_call']);
  expect(parsed({ input: output }).turns[0]?.parts).toMatchObject([
    { kind: 'thinking', text: 't' },
    { kind: 'tool_call', signature },
  ]);
});

test('blocks of other protocols are left out, and the texts around them stay one message', () => {
  const opaque: Block = { kind: 'opaque', protocol: 'anthropic-messages', name: 'server_tool_use', value: {} };
  const events = answer([
    { block: { kind: 'text' }, texts: ['a'] },
    { block: opaque, texts: ['{}'] },
    { block: { kind: 'text' }, texts: ['b'] },
  ]);
  const { output } = data(encoded(events)).at(-1).response;
  expect(output).toMatchObject([{ type: 'message', content: [{ text: 'a' }, { text: 'b' }] }]);
});

describe('endings', () => {
  const text = [{ block: { kind: 'text' } as const, texts: ['a'] }];

  test.each([
    ['end', 'completed', null],
    ['stop_sequence', 'completed', null],
    ['paused', 'completed', null],
    ['length', 'incomplete', { reason: 'max_output_tokens' }],
    ['context_full', 'incomplete', { reason: 'max_output_tokens' }],
    ['filter', 'incomplete', { reason: 'content_filter' }],
    ['refusal', 'incomplete', { reason: 'content_filter' }],
    ['malformed_call', 'failed', null],
  ] as const)('%s is %s', async (reason, status, details) => {
    const stream = encoded(answer(text, reason));
    const last = data(stream).at(-1);
    expect(last.type).toBe(`response.${status}`);
    expect(last.response).toMatchObject({ status, incomplete_details: details, usage: { output_tokens: 5 } });
    expect((await accumulated(stream)).status).toBe(status);
  });

  test('a call that was cut is incomplete', () => {
    const events = data(encoded(answer([{ block: call('f'), texts: ['{"a'] }], 'length')));
    expect(events.at(-1).response.output[0].status).toBe('incomplete');
  });

  test('a refusal in words is an answer', () => {
    const events = data(encoded(answer([{ block: { kind: 'refusal' }, texts: ['no'] }], 'refusal')));
    expect(events.at(-1).response).toMatchObject({
      status: 'completed',
      output: [{ content: [{ type: 'refusal', refusal: 'no' }] }],
    });
  });

  test('the explanation of a refusal is told', () => {
    const events = answer([]).map((event) =>
      event.type === 'stop' ? { ...event, reason: 'refusal' as const, explanation: 'because' } : event,
    );
    expect(data(encoded(events)).at(-1).response.output[0].content).toEqual([{ type: 'refusal', refusal: 'because' }]);
  });

  test('an error fails the answer and leaves a cut call undone', async () => {
    const cut = answer([{ block: call('f'), texts: ['{"a'] }]).slice(0, 3);
    const stream = encoded([
      ...cut,
      { type: 'error', error: { type: 'overloaded_error', message: 'key sk-1 of org-2' } },
    ]);
    const types = data(stream).map(({ type }) => type);
    expect(types.at(-1)).toBe('response.failed');
    expect(types).not.toContain('response.output_item.done');
    expect(stream).not.toContain('sk-1');
    expect((await accumulated(stream)).error?.code).toBe('server_is_overloaded');
  });

  test.each([
    ['rate_limit_error', 'x', 'rate_limit_exceeded'],
    ['RESOURCE_EXHAUSTED', 'x', 'rate_limit_exceeded'],
    ['UNAVAILABLE', 'x', 'server_is_overloaded'],
    ['invalid_request_error', 'prompt is too long: 5 tokens > 4 maximum', 'context_length_exceeded'],
    ['context_length_exceeded', 'x', 'context_length_exceeded'],
    ['insufficient_quota', 'x', 'server_error'],
    ['authentication_error', 'x', 'server_error'],
  ])('an error before anything else, %s (%s), has the code %s', async (type, message, code) => {
    const response = await accumulated(encoded([{ type: 'error', error: { type, message } }]));
    expect(response).toMatchObject({ status: 'failed', error: { code } });
  });
});

describe('citations', () => {
  test('of others are of the whole text; without an address they are none', () => {
    const events = answer([{ block: { kind: 'text' }, texts: ['text'] }]);
    const cite = (url?: string): NeutralEvent => ({
      type: 'citation',
      index: 0,
      citation: { protocol: 'anthropic-messages', url, title: 'T', value: {} },
    });
    events.splice(2, 0, cite('https://a'), cite());
    const content = data(encoded(events)).at(-1).response.output[0].content;
    expect(content[0].annotations).toEqual([
      { type: 'url_citation', start_index: 0, end_index: 4, title: 'T', url: 'https://a' },
    ]);
  });
});

test('an answer of this protocol that is decoded and encoded is the same to the official SDK', async () => {
  const message = (phase: string, text: string) => ({
    id: 'm',
    type: 'message',
    role: 'assistant',
    status: 'completed',
    phase,
    content: [
      {
        type: 'output_text',
        text,
        annotations: [{ type: 'url_citation', url: 'u', title: 't', start_index: 0, end_index: 1 }],
        logprobs: [],
      },
    ],
  });
  const output = [
    {
      id: 'r',
      type: 'reasoning',
      status: 'completed',
      summary: [{ type: 'summary_text', text: 'thought' }],
      encrypted_content: 'blob',
    },
    message('commentary', 'one'),
    message('final_answer', 'two'),
    { id: 'w', type: 'web_search_call', status: 'completed', action: { type: 'search', query: 'q' } },
    { id: 'f', type: 'function_call', status: 'completed', call_id: 'c1', name: 'f', arguments: '{"a": 1.0}' },
    { id: 'c', type: 'custom_tool_call', status: 'completed', call_id: 'c2', name: 'g', input: 'free' },
  ];
  const usage = {
    input_tokens: 10,
    input_tokens_details: { cached_tokens: 4, cache_write_tokens: 0 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 3 },
    total_tokens: 15,
  };
  const response = { id: 'resp', object: 'response', status: 'completed', output, usage };
  const original = sse(
    { type: 'response.created', response: { ...response, status: 'in_progress', output: [], usage: null } },
    ...output.flatMap((item, output_index) => [
      { type: 'response.output_item.added', output_index, item: { ...item, content: [], summary: [] } },
      { type: 'response.output_item.done', output_index, item },
    ]),
    { type: 'response.completed', response },
  );
  const same = (await accumulated(encoded(decoded(original)))) as unknown as {
    output: Record<string, unknown>[];
    usage: unknown;
  };
  const before = (await accumulated(original)) as unknown as { output: Record<string, unknown>[]; usage: unknown };
  // Allowed differences: ids of items are ours, and what is sealed is in our envelope.
  const opened = same.output.map((item, index) => ({
    ...item,
    id: output[index]?.id,
    ...(item['type'] === 'reasoning'
      ? { encrypted_content: openSignature(String(item['encrypted_content']), 'openai-responses')?.blob }
      : {}),
  }));
  const plain = (items: readonly object[]) =>
    JSON.parse(
      JSON.stringify(items, (key, value) => (key === 'parsed' || key === 'parsed_arguments' ? undefined : value)),
    );
  expect(plain(opened)).toEqual(plain(before.output));
  expect(same.usage).toEqual(before.usage);
  expect(openSignature(String(same.output[0]?.['encrypted_content']), 'openai-responses')?.origin).toEqual(upstream);
});

describe('a stream that the relay ends', () => {
  const events = [
    { type: 'start', id: 'x', model: 'm' },
    { type: 'open', index: 0, block: { kind: 'thinking' } },
    { type: 'delta', index: 0, text: 'hm' },
    { type: 'close', index: 0 },
    { type: 'open', index: 1, block: { kind: 'text' } },
    { type: 'delta', index: 1, text: 'said' },
  ] as const;
  const context = { requestId: 'req1', language: 'en', usage: { input: 4, output: 2 } } as const;
  const failed = (sequenceNumber?: number) => {
    const encoder = responsesCodec.createEncoder(contextOf());
    const sent = events.map((event) => encoder.encode(event)).join('');
    const next = sent.match(/"sequence_number"/g)?.length ?? 0;
    const text = encoder.fail?.(new RelayError('upstream_broke'), {
      ...context,
      ...(sequenceNumber !== undefined && { sequenceNumber }),
    });
    return { next, sent, event: JSON.parse(text?.slice(text.indexOf('{')) ?? '') };
  };

  test('fails with the next number, the items that were finished, and usage', async () => {
    const { next, sent, event } = failed();
    expect(event).toMatchObject({
      sequence_number: next,
      response: {
        ...{ id: 'resp_req1', status: 'failed', error: { code: 'upstream_broke' } },
        output: [{ type: 'reasoning', status: 'completed' }],
        usage: { input_tokens: 4, output_tokens: 2, total_tokens: 6 },
      },
    });
    const whole = `${sent}event: response.failed\ndata: ${JSON.stringify(event)}\n\n`;
    expect((await accumulated(whole)).status).toBe('failed');
  });

  test('goes on behind what was sent, and repeats nothing of what was not', () => {
    expect(failed(3).event).toMatchObject({ sequence_number: 3, response: { output: [] } });
  });
});
