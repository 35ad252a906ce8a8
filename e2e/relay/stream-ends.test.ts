import { type Script, sim } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/call.ts';
import { organization } from '../support/config.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { protocols, type SpokenProtocol, spoken, withOneProtocolEach } from '../support/upstreams.ts';

/** Models of this ending have a channel that gives its upstream up soon when it falls silent. */
const impatient = '-impatient';
const idleMs = 400;
/** Pays for the prompt and the first step of a stream's reservation, and hardly for more. */
const shortTokens = 10_600;
const pairs = protocols.flatMap((client) => protocols.map((upstream) => [client, upstream] as const));
const shortKey = (client: SpokenProtocol, upstream: SpokenProtocol) =>
  `imported-key-of-short-${protocols.indexOf(client)}-${protocols.indexOf(upstream)}-balance`;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    config: (before, upstream) => {
      const config = withOneProtocolEach(before, upstream.url);
      const only = config.channels.filter(({ name }) => name.startsWith('only-'));
      const hasty = only.map((channel) => ({
        ...{ ...channel, name: `${channel.name}${impatient}`, timeouts: { idleMs } },
        models: { [`${channel.name}${impatient}`]: Object.values(channel.models)[0] as string },
      }));
      const channels = [...config.channels, ...hasty];
      const models = config.models.flatMap((model) =>
        model.id.startsWith('only-') ? [model, { ...model, id: `${model.id}${impatient}` }] : [model],
      );
      const short = pairs.map(([from, to]) =>
        organization(`short-${from}-${to}`, shortTokens, { secret: `ab-${shortKey(from, to)}` }),
      );
      return { ...config, channels, models, organizations: [...config.organizations, ...short] };
    },
  });
});
afterAll(() => stack.stop());

interface Sent {
  readonly name: string | undefined;
  /** undefined: no JSON. */
  readonly data: Record<string, unknown> | undefined;
  readonly raw: string;
}

/** Asks for a stream in the client's protocol; the events that came, which have to be whole. */
async function streamOf(
  client: SpokenProtocol,
  upstream: SpokenProtocol,
  script: Partial<Script>,
  { key = stack.key, ending = '' } = {},
) {
  const model = `${spoken[upstream]}${ending}`;
  const text = sim(script);
  const messages = [{ role: 'user', content: text }];
  const [path, body] = {
    'anthropic-messages': ['/v1/messages', { model, max_tokens: 8_000, stream: true, messages }],
    'openai-chat': ['/v1/chat/completions', { model, stream: true, messages }],
    'openai-responses': ['/v1/responses', { model, stream: true, input: text }],
    gemini: [
      `/v1beta/models/${model}:streamGenerateContent?alt=sse`,
      { contents: [{ role: 'user', parts: [{ text }] }] },
    ],
  }[client] as [string, object];
  const answer = await call(`${stack.url}${path}`, {
    headers: { authorization: `Bearer ${key}`, 'anthropic-version': '2023-06-01' },
    body,
  });
  expect(answer.status).toBe(200);
  const whole = answer.body.toString();
  expect(whole.endsWith('\n\n')).toBe(true);
  const events = whole
    .split('\n\n')
    .filter((raw) => raw !== '' && !raw.startsWith(':'))
    .map(readEvent);
  return { events, receipt: await receiptOf({ ...stack, key }, answer.headers['x-request-id'] as string) };
}

function readEvent(raw: string): Sent {
  const data = /^data: (.*)$/m.exec(raw)?.[1];
  const name = /^event: (.*)$/m.exec(raw)?.[1];
  // Half an event that another was glued to is no JSON: this throws.
  return { name, raw, data: data === undefined || data === '[DONE]' ? undefined : JSON.parse(data) };
}

/** Whether an event ends a stream of its protocol, well or badly. */
function isTerminal(client: SpokenProtocol, { name, data, raw }: Sent): boolean {
  if (client === 'anthropic-messages') return name === 'message_stop' || name === 'error';
  if (client === 'openai-chat') return raw === 'data: [DONE]' || data?.['error'] !== undefined;
  if (client === 'gemini') return data?.['error'] !== undefined || raw.includes('"finishReason":"');
  return name === 'error' || /^response\.(completed|incomplete|failed)$/.test(name ?? '');
}

/** The error that a stream ends with, in the client's words; the only terminal event, and the last one. */
function errorOf(client: SpokenProtocol, events: readonly Sent[]) {
  expect(events.filter((event) => isTerminal(client, event))).toEqual([events.at(-1)]);
  const data = events.at(-1)?.data as Record<string, Record<string, unknown>>;
  if (client === 'anthropic-messages') {
    expect(events.at(-1)?.name).toBe('error');
    return data['error']?.['type'];
  }
  if (client === 'openai-chat') return data['error']?.['code'];
  return client === 'gemini'
    ? data['error']?.['status']
    : (data['response']?.['error'] as { code: string } | undefined)?.code;
}

interface Failed {
  readonly id: string;
  readonly model: string;
  readonly output: readonly { readonly type: string }[];
  readonly usage: Readonly<Record<string, number>>;
}

/** What else a Responses stream keeps to when it fails. */
function checkFailure(events: readonly Sent[], output: number | undefined): void {
  const numbers = events.map(({ data }) => data?.['sequence_number']);
  expect(numbers).toEqual(events.map((_, index) => index));
  const failed = events.at(-1)?.data?.['response'] as Failed;
  const created = events[0]?.data?.['response'] as Failed;
  expect(failed).toMatchObject({ id: created.id, status: 'failed', created_at: expect.any(Number) });
  expect(failed.usage).toMatchObject({ input_tokens: expect.any(Number), output_tokens: output });
  expect(failed.usage['total_tokens']).toBe(Number(failed.usage['input_tokens']) + Number(output));
  const done = events.flatMap(({ name, data }) => (name === 'response.output_item.done' ? [data?.['item']] : []));
  expect(failed.output).toEqual(done);
}

const codes = {
  upstream_broke: ['api_error', 'upstream_broke', 'upstream_broke', 'UNAVAILABLE'],
  upstream_timeout: ['timeout_error', 'upstream_timeout', 'upstream_timeout', 'DEADLINE_EXCEEDED'],
  insufficient_balance: ['insufficient_balance', 'insufficient_balance', 'insufficient_quota', 'RESOURCE_EXHAUSTED'],
} as const;
const codeFor = (client: SpokenProtocol, code: keyof typeof codes) =>
  codes[code][['anthropic-messages', 'openai-chat', 'openai-responses', 'gemini'].indexOf(client)];

describe.each(pairs)(
  'a %s client of a %s upstream is told by one error event, behind whole events,',
  (client, upstream) => {
    test('that the upstream broke off in the middle of an event', async () => {
      // The thoughts make an item that is finished by then.
      const script = { thinking: 2, chunks: 12, cutAfter: 7, halvesLast: true, gapMs: 5 };
      const { events, receipt } = await streamOf(client, upstream, script);
      expect(errorOf(client, events)).toBe(codeFor(client, 'upstream_broke'));
      expect(receipt.outcome).toBe('upstream_broke');
      if (client === 'openai-responses') checkFailure(events, receipt.usage.output);
    });

    test('that the upstream fell silent in the middle of an event', async () => {
      const script = { thinking: 2, chunks: 12, stallAfter: 6, halvesLast: true };
      const { events, receipt } = await streamOf(client, upstream, script, { ending: impatient });
      expect(errorOf(client, events)).toBe(codeFor(client, 'upstream_timeout'));
      expect(receipt.outcome).toBe('upstream_broke');
      if (client === 'openai-responses') checkFailure(events, receipt.usage.output);
    });

    test('that the balance is used up', async () => {
      const script = { thinking: 2, chunks: 6_000, inputTokens: 0 };
      const { events, receipt } = await streamOf(client, upstream, script, { key: `ab-${shortKey(client, upstream)}` });
      expect(errorOf(client, events)).toBe(codeFor(client, 'insufficient_balance'));
      expect(receipt.outcome).toBe('interrupted');
      expect(BigInt(receipt.chargeNanoUsd)).toBeLessThanOrEqual(BigInt(shortTokens) * 1_000n);
      if (client === 'openai-responses') checkFailure(events, receipt.usage.output);
    });
  },
);
