import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@ai-bridge/dev';
import { type FakeUpstream, type Script, sim, startFakeUpstream } from '@ai-bridge/testing/upstream';
import OpenAI, { toFile } from 'openai';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Answer, call, openCall } from '../support/call.ts';
import { channelsAt } from '../support/config.ts';
import { eventually } from '../support/eventually.ts';
import { earnRetries } from '../support/pairs.ts';
import { anthropicHeaders, bearer, chat, messages } from '../support/prompts.ts';
import { expectedCharge } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

/** What the product promises: a change holds everywhere within a second. */
const withinMs = 1_000;
const perRequest = expectedCharge('claude-test', { input: 10, output: 1 });

let stack: Stack;
let second: FakeUpstream;
beforeAll(async () => {
  second = await startFakeUpstream();
  const deadUrl = `http://127.0.0.1:${await freePort()}`;
  stack = await startStack({
    config: (config, first) => {
      const [anthropic, openai, gemini] = channelsAt(first.url, '-first');
      const [otherAnthropic, ...others] = channelsAt(second.url, '-second');
      return {
        ...config,
        channels: [
          { ...anthropic!, models: ['claude-test'], priority: 1, limits: { concurrency: 1 } },
          { ...anthropic!, name: 'gone', baseUrl: deadUrl, models: ['exact-test'], limits: { concurrency: 1 } },
          { ...openai!, priority: 1, limits: { rpm: 2 } },
          { ...gemini!, priority: 1, limits: { tpm: 1_000 } },
          { ...otherAnthropic!, models: ['claude-test'], priority: 2 },
          ...others.map((channel) => ({ ...channel, priority: 2 })),
        ],
      };
    },
  });
});
beforeEach(() => {
  for (const upstream of [stack.upstream, second]) {
    upstream.clear();
    upstream.behave({});
  }
});
afterAll(async () => {
  await stack.stop();
  await second.stop();
});

const ask = (script: Partial<Script> = { chunks: 1 }) =>
  call(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body: messages(script) });
const askChat = () => call(`${stack.url}/v1/chat/completions`, { headers: bearer(stack), body: chat({ chunks: 1 }) });
const askResponses = () =>
  call(`${stack.url}/v1/responses`, {
    headers: bearer(stack),
    body: { model: 'gpt-test', input: sim({ chunks: 1 }) },
  });
const geminiRequest = (script: Partial<Script> = { chunks: 1 }) => ({
  headers: { 'x-goog-api-key': stack.key },
  body: {
    contents: [{ role: 'user', parts: [{ text: sim(script) }] }],
    generationConfig: { maxOutputTokens: 800 },
  },
});
const askGemini = (script?: Partial<Script>) =>
  call(`${stack.url}/v1beta/models/gemini-test:generateContent`, geminiRequest(script));

/** Which of the two upstreams got a request. */
async function upstreamOf(work: () => Promise<Answer>): Promise<'first' | 'second'> {
  const before = stack.upstream.requests.length;
  const answer = await work();
  expect(answer.status).toBe(200);
  expect(answer.headers['x-bridge-attempts']).toBe('1');
  return stack.upstream.requests.length > before ? 'first' : 'second';
}

/** What staff see of the channels that a request was not sent to. */
async function rejectedOf(answer: Answer): Promise<readonly string[]> {
  const requestId = String(answer.headers['x-request-id']);
  const [row] = await eventually(async () => {
    const rows = await stack.database.query<{ routing: { rejected: { reason: string }[] } | null }>(
      'SELECT routing FROM usage_record WHERE id = $1',
      [requestId],
    );
    return rows.length > 0 && rows;
  });
  return row?.routing?.rejected.map(({ reason }) => reason) ?? [];
}

const setChannels = (where: string, columns: string) =>
  stack.database.query(`UPDATE channel SET ${columns} WHERE name LIKE '${where}'`);
const spentOn = async (name: string) => {
  const [row] = await stack.database.query<{ spent: bigint }>(
    `SELECT coalesce(sum(d.cost_nano_usd), 0)::bigint AS spent FROM channel_day d JOIN channel c ON c.id = d.channel_id WHERE c.name = $1`,
    [name],
  );
  return row?.spent ?? 0n;
};

test('requests at once: while one runs on a channel that takes one, the next goes to the other channel, and staff see why', async () => {
  const body = messages({ chunks: 2, hold: 'at-once' }, { stream: true });
  const open = openCall(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  await expect.poll(() => stack.upstream.waiting('at-once')).toBe(1);
  const passed = await ask();
  expect(passed.status).toBe(200);
  expect(second.requests).toHaveLength(1);
  expect(await rejectedOf(passed)).toEqual(['is at its limit of 1 requests at once']);
  stack.upstream.release('at-once');
  await open.whole;
  expect(await upstreamOf(ask)).toBe('first');
});

test('requests at once: a client that leaves gives its place back', async () => {
  const body = messages({ chunks: 5, hold: 'left', holdAfter: 1 }, { stream: true });
  const open = openCall(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
  open.whole.catch(() => {});
  await open.head;
  open.leave();
  stack.upstream.release('left');
  await eventually(async () => (await upstreamOf(ask)) === 'first');
});

test('requests per minute: exactly so many go to the channel, whichever protocol they come in, the others elsewhere', async () => {
  expect(await upstreamOf(askChat)).toBe('first');
  expect(await upstreamOf(askResponses)).toBe('first');
  expect(await upstreamOf(askChat)).toBe('second');
  expect(await upstreamOf(askResponses)).toBe('second');
  expect(await rejectedOf(await askChat())).toEqual(['is at its limit of 2 requests per minute']);
});

test('tokens per minute: what a running answer may still put out counts, and is given back when it put out less', async () => {
  const open = openCall(
    `${stack.url}/v1beta/models/gemini-test:generateContent`,
    geminiRequest({ chunks: 1, hold: 'tokens', holdAfter: 0 }),
  );
  await expect.poll(() => stack.upstream.waiting('tokens')).toBe(1);
  const passed = await askGemini();
  expect(second.requests).toHaveLength(1);
  expect(await rejectedOf(passed)).toEqual(['is at its limit of 1000 tokens per minute']);
  stack.upstream.release('tokens');
  await open.whole;
  expect(await upstreamOf(askGemini)).toBe('first');
});

test('spend: a channel that has cost what it may takes no more, at once when the limit is set and within what one request costs after', async () => {
  await setChannels('anthropic-first', `limits = '{}'`);
  await stack.atRest();
  const spent = await spentOn('anthropic-first');
  expect(spent).toBeGreaterThan(perRequest);
  await setChannels('anthropic-first', `spend_per_day_nano_usd = ${spent}`);
  await eventually(async () => (await upstreamOf(ask)) === 'second', { withinMs });
  await stack.atRest();
  const limit = (await spentOn('anthropic-first')) + 1n;
  await setChannels('anthropic-first', `spend_per_day_nano_usd = NULL, spend_per_month_nano_usd = ${limit}`);
  await eventually(async () => (await upstreamOf(ask)) === 'first', { withinMs });
  expect(await upstreamOf(ask)).toBe('second');
  expect((await rejectedOf(await ask()))[0]).toMatch(/^is at its limit of [\d.]+ USD a month$/);
  await setChannels('anthropic-first', 'spend_per_month_nano_usd = NULL');
  await eventually(async () => (await upstreamOf(ask)) === 'first', { withinMs });
});

test('a channel that was passed over is as well as before: nothing is held against it', async () => {
  await eventually(
    async () => {
      const states = await stack.database.query<{ state: string; failures: number; sent: number | null }>(
        `SELECT s.state, s.consecutive_failures + s.recent_failures AS failures, s.requests_last_minute AS sent
         FROM channel_state s JOIN channel c ON c.id = s.channel_id WHERE c.name = 'openai-first'`,
      );
      const [state] = states;
      if (!state) return false;
      expect(state).toMatchObject({ state: 'closed', failures: 0 });
      return state.sent === 2;
    },
    { withinMs: 8_000, what: () => 'nobody tells what was sent to the channel' },
  );
});

test('where every channel is full the client is told in its own protocol that they are busy and when to come back, and pays nothing', async () => {
  const client = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1`, maxRetries: 0 });
  const files = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 }).files;
  const file = await files.create({ file: await toFile(Buffer.from('kept'), 'f.txt'), purpose: 'user_data' });
  const line = { custom_id: 'one', method: 'POST', url: '/v1/chat/completions', body: { ...chat(), max_tokens: 5 } };
  const lines = await files.create({
    file: await toFile(Buffer.from(`${JSON.stringify(line)}\n`), 'lines.jsonl'),
    purpose: 'batch',
  });
  const stored = await client.responses.create({ model: 'gpt-test', input: sim({ chunks: 1 }) });
  for (const work of [ask, askChat, askGemini]) expect((await work()).status).toBe(200);
  await stack.atRest();

  await setChannels('%', 'spend_per_day_nano_usd = 1');
  await eventually(async () => (await ask()).status !== 200 && (await askGemini()).status !== 200, { withinMs });
  const before = await stack.atRest();
  const [first, other] = [stack.upstream.requests.length, second.requests.length];
  const answers = [await ask(), await askChat(), await askResponses(), await askGemini()];
  expect(answers.map(({ status }) => status)).toEqual([529, 503, 503, 503]);
  const [anthropic, openaiChat, responses, gemini] = answers.map((answer) => answer.json());
  expect(anthropic).toMatchObject({ type: 'error', error: { type: 'overloaded_error' } });
  for (const told of [openaiChat, responses])
    expect(told).toMatchObject({ error: { type: 'server_error', code: 'overloaded' } });
  expect(gemini).toMatchObject({ error: { code: 503, status: 'UNAVAILABLE' } });
  for (const { headers } of answers) {
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(300);
  }
  // What a channel keeps waits for it, too; what costs nothing does not.
  const next = { model: 'gpt-test', input: sim({ chunks: 1 }), previous_response_id: stored.id };
  const pinned = await call(`${stack.url}/v1/responses`, { headers: bearer(stack), body: next });
  expect(pinned.status).toBe(503);
  expect([stack.upstream.requests.length, second.requests.length]).toEqual([first, other]);
  const batch = { input_file_id: lines.id, endpoint: '/v1/chat/completions', completion_window: '24h' };
  const made = await call(`${stack.url}/v1/openai/batches`, { headers: bearer(stack), body: batch });
  expect([made.status, Number(made.headers['retry-after'])]).toEqual([503, expect.any(Number)]);
  expect(await client.responses.retrieve(stored.id)).toMatchObject({ id: stored.id });
  expect(await (await files.content(file.id)).text()).toBe('kept');
  const count = await call(`${stack.url}/v1/messages/count_tokens`, {
    headers: anthropicHeaders(stack),
    body: { model: 'claude-test', messages: [{ role: 'user', content: 'hello' }] },
  });
  expect(count.status).toBe(200);
  expect((await stack.atRest()).postedNanoUsd).toBe(before.postedNanoUsd);

  await setChannels('%', 'spend_per_day_nano_usd = NULL');
  await eventually(async () => (await ask()).status === 200, { withinMs });
});

test('requests at once: a client that leaves before the next try gives that one’s place back, too', async () => {
  await earnRetries(stack, 40);
  const headers = anthropicHeaders(stack);
  const body = messages({ chunks: 1 }, { model: 'exact-test' });
  // Nobody listens there: the connection is refused, and after a moment, of at most 200 ms, tried again.
  const left = openCall(`${stack.url}/v1/messages`, { headers, body });
  left.head.catch(() => {});
  left.whole.catch(() => {});
  await sleep(10);
  left.leave();
  await sleep(300);
  const answer = await call(`${stack.url}/v1/messages`, { headers, body });
  expect(answer.status).toBe(529);
  expect(Number(answer.headers['x-bridge-attempts'])).toBeGreaterThan(0);
  expect(await rejectedOf(answer)).toEqual([]);
});
