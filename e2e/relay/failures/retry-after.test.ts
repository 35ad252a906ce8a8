import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, call } from '../../support/call.ts';
import { channelFigures, earnRetries, withPair } from '../../support/pairs.ts';
import { anthropicHeaders } from '../../support/prompts.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const waitSeconds = 2;
/** A 429 that says when ejects for so long at least. */
const leastEjectionSeconds = 5;
const models = ['alone-429', 'alone-503', 'pair-429', 'pair-529', 'one-model'];
const alone = [429, 503] as const;
const paired = [429, 529] as const;

let stack: Stack;
let second: FakeUpstream;
beforeAll(async () => {
  second = await startFakeUpstream();
  stack = await startStack({
    config: (config, { url: first }) => {
      const whole = models.reduce(
        (some, name) => withPair(some, name, name.startsWith('pair') ? { first, second: second.url } : { first }),
        config,
      );
      const channels = whole.channels.map((channel) =>
        channel.name === 'one-model-first' ? { ...channel, models: ['one-model', 'its-sibling'] } : channel,
      );
      const [like] = config.models;
      return { ...whole, channels, models: [...whole.models, { ...like!, id: 'its-sibling' }] };
    },
  });
});
beforeEach(async () => {
  stack.upstream.behave({});
  await earnRetries(stack);
  stack.upstream.clear();
  second.clear();
});
afterAll(async () => {
  await second.stop();
  await stack.stop();
});

const ask = (model: string): Promise<Answer> =>
  call(`${stack.url}/v1/messages`, {
    headers: anthropicHeaders(stack),
    body: { model, max_tokens: 100, messages: [{ role: 'user', content: 'hello' }] },
  });
const many = (model: string) => Promise.all(Array.from({ length: 10 }, () => ask(model)));
const waitOf = ({ headers }: Answer) => Number(headers['retry-after']);

test.each(alone)('after a %i that says when, nothing is sent before, and everybody is told when', async (status) => {
  const model = `alone-${status}`;
  stack.upstream.behave({ status, retryAfter: waitSeconds });
  const first = await ask(model);
  expect([first.status, waitOf(first)]).toEqual([529, waitSeconds]);
  stack.upstream.behave({});
  for (const answer of await many(model)) {
    expect(answer.status).toBe(529);
    expect(answer.headers['x-bridge-attempts']).toBeUndefined();
    expect(waitOf(answer)).toBeGreaterThanOrEqual(1);
    expect(waitOf(answer)).toBeLessThanOrEqual(leastEjectionSeconds);
  }
  // Neither requests nor probes.
  expect(stack.upstream.requests).toHaveLength(1);
  await expect.poll(async () => (await ask(model)).status, { timeout: 10_000 }).toBe(200);
  expect((await channelFigures(stack, `${model}-first`)).state).toBe(0);
  expect((await many(model)).every((answer) => answer.status === 200)).toBe(true);
});

test.each(paired)('after a %i that says when, requests go to the other channel at once', async (status) => {
  stack.upstream.behave({ status, retryAfter: 60 });
  expect((await ask(`pair-${status}`)).headers['x-bridge-attempts']).toBe('2');
  for (const answer of await many(`pair-${status}`))
    expect([answer.status, answer.headers['x-bridge-attempts']]).toEqual([200, '1']);
  expect([stack.upstream.requests.length, second.requests.length]).toEqual([1, 11]);
});

test('a 429 that names its model concerns no other model of the channel', async () => {
  stack.upstream.behave({ status: 429, retryAfter: 60, message: 'too many requests to one-model' });
  expect(waitOf(await ask('one-model'))).toBe(60);
  stack.upstream.behave({});
  expect((await ask('one-model')).status).toBe(529);
  expect((await ask('its-sibling')).status).toBe(200);
  expect(stack.upstream.requests.map(({ json }) => json['model'])).toEqual(['one-model', 'its-sibling']);
});
