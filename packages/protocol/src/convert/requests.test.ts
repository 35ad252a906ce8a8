import { type Loss, type Protocol, protocols, RelayError } from '@ai-bridge/domain';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Target } from '../neutral/codec.ts';
import type { NeutralRequest } from '../neutral/request.ts';
import { eventEnd, parseEvent } from '../stream/events.ts';
import { problemsOf } from '../validity/index.ts';
import { codecOf } from './codecs.ts';
import { type Recorded, recorded } from './recorded.fixture.ts';
import { inSameWords } from './same-words.fixture.ts';

const all = [...recorded('.sse'), ...recorded('.body.json')];
const conversations = all.filter(({ request }) => request).map((one) => [one.name, one] as const);

/** An older and a newer model of each vendor. */
const models: Record<Protocol, readonly [string, string]> = {
  'anthropic-messages': ['claude-sonnet-4-5', 'claude-opus-5-5'],
  'openai-chat': ['gpt-4o', 'gpt-5.4'],
  'openai-responses': ['gpt-4o', 'gpt-5.4'],
  gemini: ['gemini-2.5-pro', 'gemini-3-pro-preview'],
};
const targetOf = (protocol: Protocol, model: string): Target => ({
  origin: { protocol, channelId: 'chn_1', model },
  maxOutputTokens: 128_000,
});
const targets = protocols.flatMap((protocol) => models[protocol].map((model) => targetOf(protocol, model)));

/** What came of an action: a value, or the refusal that a client would get. Any other error fails the test. */
function attempt<Value>(action: () => Value): { value: Value } | { refused: { path: string; reason: string } } {
  try {
    return { value: action() };
  } catch (error) {
    if (!(error instanceof RelayError) || error.code !== 'invalid_request') throw error;
    return { refused: { path: error.detail.path ?? '', reason: error.detail.reason ?? '' } };
  }
}

/** How a request fares with a target: what it loses, or why it is refused. */
function fate(request: NeutralRequest, target: Target): readonly Loss[] | { path: string; reason: string } {
  const result = attempt(() => codecOf(target.origin.protocol).renderRequest(request, target));
  return 'refused' in result ? result.refused : result.value.losses;
}

describe('every recorded exchange in neutral words is what was written down', () => {
  test.each(conversations)('%s', async (_, one) => {
    const { value: request, losses } = codecOf(one.protocol).parseRequest(one.requestBody, one.path);
    const others = targets.filter(({ origin }) => origin.protocol !== one.protocol);
    const carried = Object.fromEntries(
      others.map((target) => [`${target.origin.protocol} ${target.origin.model}`, fate(request, target)]),
    );
    const written = { request, losses, carried, answer: answerOf(one) };
    await expect(`${JSON.stringify(written, null, 2)}\n`).toMatchFileSnapshot(one.beside('.neutral.json'));
  });
});

/** The events of a recorded answer. */
function answerOf({ protocol, name, bytes }: Recorded) {
  const origin = { protocol, channelId: 'chn_1', model: 'up' };
  if (name.endsWith('.json')) return codecOf(protocol).decodeBody(bytes, origin);
  const decoder = codecOf(protocol).createDecoder(origin);
  const events = [];
  for (let at = 0; at < bytes.length; ) {
    const end = eventEnd(bytes, at, true);
    if (end === -1) break;
    events.push(...decoder.decode(parseEvent(bytes, at, end)));
    at = end;
  }
  return [...events, ...decoder.end()];
}

describe('every recorded request, written again in its own protocol, says the same in the same words', () => {
  test.each(conversations)('%s', (_, { protocol, requestBody, path, request }) => {
    const body = JSON.parse(requestBody.toString());
    const target = targetOf(protocol, body.model ?? path.model);
    const again = codecOf(protocol).renderRequest(request as NeutralRequest, target);
    expect(JSON.parse(again.value)).toEqual(inSameWords(protocol, body));
    expect(again.losses).toEqual([]);
  });
});

describe('every recorded request is valid for every vendor, or refused by the name of a field', () => {
  const pairs = conversations.flatMap(([name, one]) =>
    targets
      .filter(({ origin }) => origin.protocol !== one.protocol)
      .map((target) => [name, `${target.origin.protocol} ${target.origin.model}`, one, target] as const),
  );
  test.each(pairs)('%s for %s', (_, __, { request }, target) => {
    const result = attempt(() => codecOf(target.origin.protocol).renderRequest(request as NeutralRequest, target));
    if ('refused' in result) expect(result.refused.path).not.toBe('');
    else expect(problemsOf(target.origin.protocol, result.value.value)).toEqual([]);
  });
});

describe('whatever a client sends', () => {
  const junk = fc.oneof(
    fc.constantFrom(null, true, -1, 1e308, '', '0', [], {}, [[]], [null], { type: 'text' }, { role: 'user' }, '\ud800'),
    fc.jsonValue({ maxDepth: 2 }),
  );

  test('a request changed anywhere becomes a body or a 400, for every vendor', () => {
    const changed = fc.record({
      one: fc.constantFrom(...all),
      at: fc.nat(),
      junk,
      how: fc.constantFrom('set', 'drop', 'add'),
    });
    fc.assert(
      fc.property(changed, ({ one, at, junk: value, how }) => {
        const body = JSON.parse(one.requestBody.toString());
        change(body, at, how, value);
        const text = Buffer.from(JSON.stringify(body));
        const parsed = attempt(() => codecOf(one.protocol).parseRequest(text, one.path).value);
        if ('refused' in parsed) return;
        for (const target of targets) {
          const result = attempt(() => codecOf(target.origin.protocol).renderRequest(parsed.value, target).value);
          if ('value' in result) expect(() => JSON.parse(result.value)).not.toThrow();
        }
      }),
      { numRuns: 3_000 },
    );
  });

  test('bytes that are no request are a 400', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 80 }).map((array) => Buffer.from(array)),
      fc
        .tuple(fc.constantFrom(...all), fc.nat())
        .map(([one, at]) => one.requestBody.subarray(0, at % one.requestBody.length)),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom(...protocols), (body, protocol) => {
        attempt(() => codecOf(protocol).parseRequest(body, { model: 'm', stream: true }));
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Changes one place of a JSON value: the `at`-th in the order in which they stand, counted round. */
function change(root: unknown, at: number, how: 'set' | 'drop' | 'add', value: unknown): void {
  const places: [Record<string, unknown>, string][] = [];
  const visit = (inner: unknown) => {
    if (typeof inner !== 'object' || inner === null) return;
    for (const key of Object.keys(inner)) {
      places.push([inner as Record<string, unknown>, key]);
      visit((inner as Record<string, unknown>)[key]);
    }
  };
  visit(root);
  const place = places[at % places.length];
  if (!place) return;
  const [holder, key] = place;
  if (how === 'set') holder[key] = value;
  else if (how === 'add') holder[`${key}_new`] = value;
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}
