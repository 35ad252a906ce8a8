import { setTimeout as sleep } from 'node:timers/promises';
import { changeSettings } from '@ai-bridge/catalog';
import { hasRedis, startTestRedis, type TestRedis } from '@ai-bridge/testing/redis';
import { sim } from '@ai-bridge/testing/upstream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { eventually } from '../support/eventually.ts';
import { allReady, severalProcesses } from '../support/processes.ts';
import { anthropicHeaders, bearer, chat, messages } from '../support/prompts.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';
import { staffKey } from '../support/staff-key.ts';
import { withPrisma } from '../support/with-prisma.ts';

/** What the product promises: a change holds everywhere within a second. */
const withinMs = 1_000;
const actor = { kind: 'console', userId: 'usr_admin', address: '127.0.0.1', requestId: 'req_admin' } as const;
const held = {
  maintenance: 'consoleAndRelay',
  maintenanceTextZh: '更换磁盘',
  maintenanceTextEn: 'New disks.',
  maintenanceUntil: new Date(Date.now() + 20 * 60_000).toISOString(),
};
const released = { maintenance: null, maintenanceTextZh: null, maintenanceTextEn: null, maintenanceUntil: null };

const set = (stack: Stack, changes: Readonly<Record<string, unknown>>) =>
  withPrisma(stack, (prisma) => changeSettings(prisma, changes, actor));

const ask = (stack: Stack, headers: Readonly<Record<string, string>> = {}) =>
  call(`${stack.url}/v1/messages`, {
    headers: { ...anthropicHeaders(stack), ...headers },
    body: messages({ chunks: 1 }),
  });
const countRecords = async (stack: Stack) =>
  Number((await stack.database.query<{ count: string }>('SELECT count(*) FROM usage_record'))[0]?.count);
const answers = (stack: Stack, status: number) =>
  eventually(async () => (await ask(stack)).status === status, { withinMs, what: () => `no ${status} yet` });

describe('one worker', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack();
  });
  beforeEach(async () => {
    await set(stack, released);
    await answers(stack, 200);
  });
  afterEach(() => stack.upstream.release('held'));
  afterAll(() => stack.stop());

  test('held and released within a second; nothing reaches an upstream, nothing is charged, and the running stream ends whole', async () => {
    const body = messages({ chunks: 10, hold: 'held', holdAfter: 5 }, { stream: true });
    const open = openCall(`${stack.url}/v1/messages`, { headers: anthropicHeaders(stack), body });
    await expect.poll(() => stack.upstream.waiting('held')).toBe(1);
    const request = stack.upstream.requests.find(({ script }) => script.hold === 'held');
    await set(stack, held);
    await answers(stack, 503);
    const before = stack.upstream.requests.length;
    // What went through until now is settled in its own time: all of it but the stream that is still open.
    await eventually(async () => (await countRecords(stack)) === before - 1, {
      withinMs: 10_000,
      what: () => 'unsettled',
    });
    const { postedNanoUsd } = await stack.balance();
    for (let index = 0; index < 20; index++) expect((await ask(stack)).status).toBe(503);
    expect(stack.upstream.requests).toHaveLength(before);
    expect((await stack.balance()).postedNanoUsd).toBe(postedNanoUsd);

    stack.upstream.release('held');
    expect((await open.whole).equals(request!.sent)).toBe(true);
    const { headers } = await open.head;
    expect(await receiptOf(stack, String(headers['x-request-id']))).toMatchObject({ outcome: 'completed' });

    await set(stack, released);
    await answers(stack, 200);
    await stack.atRest();
  });

  test('each protocol is refused in its own words, with the operator’s text in the client’s language and when to come back', async () => {
    await set(stack, held);
    await answers(stack, 503);
    const english = { 'accept-language': 'en' };
    const chinese = { 'accept-language': 'zh-CN' };
    const gemini = `${stack.url}/v1beta/models/gemini-test:generateContent`;
    const contents = { contents: [{ parts: [{ text: `hello ${sim({})}` }] }] };
    const ways = [
      { url: `${stack.url}/v1/messages`, headers: anthropicHeaders(stack), body: messages() },
      { url: `${stack.url}/v1/messages/count_tokens`, headers: anthropicHeaders(stack), body: messages() },
      { url: `${stack.url}/v1/chat/completions`, headers: bearer(stack), body: chat() },
      { url: `${stack.url}/v1/responses`, headers: bearer(stack), body: { model: 'gpt-test', input: 'hello' } },
      { url: gemini, headers: { 'x-goog-api-key': stack.key }, body: contents },
    ];
    for (const { url, headers, body } of ways) {
      const refused = await call(url, { headers: { ...headers, ...english }, body });
      expect(refused.status, url).toBe(503);
      // Longer than SDKs wait: they would only come too early.
      expect(refused.headers['x-should-retry'], url).toBe('false');
      expect(Number(refused.headers['retry-after']), url).toBeGreaterThan(1_100);
      expect(Number(refused.headers['retry-after']), url).toBeLessThanOrEqual(1_200);
      expect(refused.body.toString(), url).toMatch(/until about \d{4}-\d\d-\d\d \d\d:\d\d UTC\..* New disks\./);
      const inChinese = (await call(url, { headers: { ...headers, ...chinese }, body })).body.toString();
      expect(inChinese, url).toMatch(/服务正在维护.*更换磁盘/);
      expect(inChinese, url).not.toContain('New disks');
    }
    const error = async (index: number) => {
      const { url, headers, body } = ways[index]!;
      return (await call(url, { headers, body })).json<{ error: Record<string, unknown> }>().error;
    };
    expect(await error(0)).toMatchObject({ type: 'overloaded_error' });
    expect(await error(2)).toMatchObject({ type: 'server_error', code: 'maintenance' });
    expect(await error(3)).toMatchObject({ type: 'server_error', code: 'maintenance' });
    expect(await error(4)).toMatchObject({ code: 503, status: 'UNAVAILABLE' });
  });

  test('what a key may ask about itself is answered, the worker stays ready and says why it holds, and no row is written', async () => {
    const id = String((await ask(stack)).headers['x-request-id']);
    await receiptOf(stack, id);
    await set(stack, held);
    await answers(stack, 503);
    await stack.atRest();
    const records = await countRecords(stack);
    for (let index = 0; index < 5; index++) expect((await ask(stack)).status).toBe(503);
    for (const path of ['/v1/models', '/v1/key', `/v1/generation?id=${id}`, '/healthz', '/metrics'])
      expect((await call(`${stack.url}${path}`, { headers: bearer(stack) })).status, path).toBe(200);
    const ready = await call(`${stack.url}/readyz`);
    expect({ status: ready.status, said: ready.json() }).toEqual({
      status: 200,
      said: { status: 'ready', reasons: [], held: 'maintenance' },
    });
    const figures = (await call(`${stack.url}/metrics`)).body.toString();
    expect(figures).toContain('bridge_relay_held 1');
    expect(Number(/^bridge_held_total (\d+)$/m.exec(figures)?.[1])).toBeGreaterThanOrEqual(5);
    expect(await countRecords(stack)).toBe(records);
    // A key that is none is told so, as always.
    expect((await ask(stack, { 'x-api-key': 'ab-garbage' })).status).toBe(401);
  });

  test('files and stored responses wait as well', async () => {
    await set(stack, held);
    await answers(stack, 503);
    for (const path of ['/v1/openai/files', '/v1/responses/resp_1'])
      expect((await call(`${stack.url}${path}`, { headers: bearer(stack) })).status, path).toBe(503);
  });

  test('keys of operators go through, those of other staff do not', async () => {
    const [operator, support] = [await staffKey(stack, 'operator'), await staffKey(stack, 'support')];
    await set(stack, held);
    await answers(stack, 503);
    expect((await ask(stack, { 'x-api-key': operator })).status).toBe(200);
    expect((await ask(stack, { 'x-api-key': support })).status).toBe(503);
  });

  test('held in the console alone, the relay goes on', async () => {
    await set(stack, { ...held, maintenance: 'console' });
    await sleep(withinMs);
    expect((await ask(stack)).status).toBe(200);
    expect((await call(`${stack.url}/readyz`)).json()).toEqual({ status: 'ready', reasons: [] });
  });
});

describe.skipIf(!hasRedis)('several processes', () => {
  let redis: TestRedis;
  let stack: Stack;
  beforeAll(async () => {
    redis = await startTestRedis();
    stack = await startStack({ environment: severalProcesses(2, redis) });
    await allReady(stack.worker(), 2);
  });
  afterAll(async () => {
    await stack?.stop();
    await redis?.stop();
  });

  test('all of them hold within a second, and all of them release', async () => {
    /** Each connection may come to another process. */
    const statuses = async () => {
      const all = await Promise.all(Array.from({ length: 30 }, () => ask(stack)));
      return [...new Set(all.map(({ status }) => status))];
    };
    expect(await statuses()).toEqual([200]);
    await set(stack, held);
    await sleep(withinMs);
    expect(await statuses()).toEqual([503]);
    await set(stack, released);
    await sleep(withinMs);
    expect(await statuses()).toEqual([200]);
    const figures = (await call(`${stack.url}/metrics`)).body.toString();
    expect(figures).toMatch(/bridge_relay_held\{process="2"\} 0/);
  });
});
