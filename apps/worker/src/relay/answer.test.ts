import { defaultTimeouts } from '@ai-bridge/catalog';
import { createStreamTap } from '@ai-bridge/protocol';
import { expect, test } from 'vitest';
import { ClientWriter } from '../http/client-writer.ts';
import type { HttpResponse } from '../http1/http-response.ts';
import { Answer, type AnswerInput } from './answer.ts';
import type { AttemptResult } from './attempt-result.ts';
import { StreamBody } from './stream-body.ts';
import type { StreamFunds } from './stream-funds.ts';

/** An answer whose every piece needs cover first, which comes when the test says so. */
function setUp() {
  const written: string[] = [];
  const response = {
    isGone: false,
    begin() {},
    send: (bytes: Buffer) => written.push(bytes.toString()) > 0,
    whenDrained() {},
  } as unknown as HttpResponse;
  let cover: () => void = () => {};
  const funds = {
    checkAfterBytes: () => 0,
    wantsMore: () => true,
    extend: () => false,
    isExhausted: false,
    covers: () => true,
    extendSoon: () => new Promise<void>((resolve) => (cover = resolve)),
    reservedNanoUsd: 1n,
  } as unknown as StreamFunds;
  const control = { pause() {}, resume() {}, abort() {} };
  const results: AttemptResult[] = [];
  const input = {
    call: { takeIn: () => new StreamBody(createStreamTap('openai-chat', { stripUsageChunk: false })) },
    promptBytes: 10,
    timeouts: defaultTimeouts,
    client: new ClientWriter(response),
    watch: { nowMs: 0, size: 0, add() {}, remove() {}, stop() {} },
    funds,
    opened() {},
    openHeaders: () => '',
    checkpoint() {},
  } as unknown as AnswerInput;
  const answer = new Answer(input, (result) => results.push(result));
  answer.onStart(control);
  answer.onHead(200, { 'content-type': 'text/event-stream' });
  const arrive = (text: string) => answer.onData(Buffer.from(text));
  return { answer, arrive, written, results, cover: () => cover() };
}

const piece = (text: string) =>
  `data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"${text}"}}]}\n\n`;

test('what waits for cover goes out in its order, with what arrived meanwhile behind it', async () => {
  const { arrive, written, cover } = setUp();
  arrive(piece('a'));
  arrive(piece('b'));
  arrive(piece('c'));
  expect(written).toEqual([]);
  cover();
  await new Promise(setImmediate);
  expect(written.join('')).toBe(piece('a') + piece('b') + piece('c'));
});

test('an answer that ends while it waits for cover loses no byte', () => {
  const { answer, arrive, written, results } = setUp();
  arrive(piece('a'));
  arrive(`${piece('b')}data: [DONE]\n\n`);
  answer.onEnd();
  expect(written.join('')).toBe(piece('a') + piece('b'));
  const [result] = results;
  expect(result).toMatchObject({ kind: 'answered', end: { outcome: 'completed' } });
  expect(result?.kind === 'answered' && result.held.toString()).toBe('data: [DONE]\n\n');
});

test.each([
  ['breaks', (answer: Answer) => answer.onError(new Error('reset'))],
  ['is timed out', (answer: Answer) => answer.onTick(Number.MAX_SAFE_INTEGER)],
])('a connection that %s behind the terminal event leaves the answer whole', (_, end) => {
  const { answer, arrive, written, results } = setUp();
  arrive(piece('a'));
  arrive(`${piece('b')}data: [DONE]\n\n`);
  end(answer);
  expect(written.join('')).toBe(piece('a') + piece('b'));
  expect(results).toMatchObject([{ kind: 'answered', cut: undefined, end: { outcome: 'completed' } }]);
});
