import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { eventually } from '../support/eventually.ts';
import { anthropicHeaders, chat, messages } from '../support/prompts.ts';
import { type Stack, startStack } from '../support/stack.ts';

const keys = {
  requests: 'ab-limits-requests-0001',
  input: 'ab-limits-input-0000001',
  open: 'ab-limits-open-00000001',
  wide: 'ab-limits-wide-00000001',
};
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    config: (config) => {
      const [main] = config.organizations;
      if (!main) throw new Error('no organization');
      const organization = {
        ...main,
        limits: { rpm: 1_000, itpm: 2_000_000, otpm: 400_000, concurrency: 50 },
        keys: [
          ...main.keys,
          { name: 'requests', secret: keys.requests, limits: { rpm: 3 } },
          { name: 'input', secret: keys.input, limits: { itpm: 5_000 } },
          { name: 'open', secret: keys.open, limits: { concurrency: 2 } },
          { name: 'wide', secret: keys.wide, limits: { rpm: 9_000, itpm: 9_000_000 } },
        ],
      };
      return { ...config, organizations: [organization] };
    },
  });
});
afterAll(() => stack.stop());

const ask = (key: string, body: unknown = messages({ chunks: 1 })) =>
  call(`${stack.url}/v1/messages`, { headers: anthropicHeaders({ key }), body });

test('requests per minute: exactly so many pass, the next is told when to come back and how long everything takes', async () => {
  const answers = [];
  for (let n = 0; n < 4; n++) answers.push(await ask(keys.requests));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers.map(({ headers }) => headers['anthropic-ratelimit-requests-remaining']).slice(0, 3)).toEqual([
    '2',
    '1',
    '0',
  ]);
  const wait = Number(answers[3]?.headers['retry-after']);
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(61);
  const reset = Date.parse(String(answers[2]?.headers['anthropic-ratelimit-requests-reset']));
  expect(reset - Date.now()).toBeGreaterThan(30_000);
});

test('input tokens per minute: a long prompt uses them up', async () => {
  const long = messages({ chunks: 1 }, { system: 'word '.repeat(4_000) });
  expect((await ask(keys.input, long)).status).toBe(200);
  const refused = await ask(keys.input, long);
  expect(refused.status).toBe(429);
  expect(refused.json<{ error: { message: string } }>().error.message).toContain('input tokens per minute');
});

test('requests at once: the third waits for none, and room is there again when one has ended', async () => {
  const held = [1, 2].map((n) =>
    openCall(`${stack.url}/v1/messages`, {
      headers: anthropicHeaders({ key: keys.open }),
      body: messages({ chunks: 2, hold: `limits-${n}` }, { stream: true }),
    }),
  );
  await Promise.all(held.map(({ head }) => head));
  const refused = await ask(keys.open);
  expect(refused.status).toBe(429);
  expect(refused.headers['retry-after']).toBe('1');
  stack.upstream.release('limits-1');
  await held[0]?.whole;
  await eventually(async () => (await ask(keys.open)).status === 200, { withinMs: 2_000 });
  stack.upstream.release('limits-2');
  await held[1]?.whole;
});

test('the headers tell of whichever limit is tighter, the key’s or the organization’s, in the protocol’s own names', async () => {
  const anthropic = (await ask(keys.wide)).headers;
  expect(anthropic['anthropic-ratelimit-requests-limit']).toBe('1000');
  expect(anthropic['anthropic-ratelimit-input-tokens-limit']).toBe('2000000');
  expect(anthropic['anthropic-ratelimit-output-tokens-limit']).toBe('400000');
  const openai = (
    await call(`${stack.url}/v1/chat/completions`, {
      headers: { authorization: `Bearer ${keys.wide}` },
      body: chat({ chunks: 1 }),
    })
  ).headers;
  expect(openai['x-ratelimit-limit-requests']).toBe('1000');
  expect(Number(openai['x-ratelimit-remaining-tokens'])).toBeLessThan(2_000_000);
  expect(openai['x-ratelimit-reset-requests']).toMatch(/^\d+s$/);
});
