import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  makeCertificate,
  startTlsFront,
  startTunnelProxy,
  type TlsFront,
  type TunnelProxy,
} from '@ai-bridge/testing/network';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import OpenAI, { toFile } from 'openai';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, openCall } from '../support/call.ts';
import { type ChannelConfig, upstreamKey } from '../support/config.ts';
import { anthropicHeaders, messages } from '../support/prompts.ts';
import { receiptOf } from '../support/receipt.ts';
import { type Stack, startStack } from '../support/stack.ts';

const user = { name: 'CANARY-PROXY-USER', password: 'CANARY-PROXY:p@ss w%rd' };
/** Of 96 MB that a slow reader would get. */
const mostBytesUnderWay = 48 * 1024 * 1024;
/** Names that only the proxies know: without one of them nobody gets there. */
const plainName = 'plain.upstream.example.com';
const secureName = 'secure.upstream.example.com';
const resolve = (hostname: string) => (hostname.endsWith('.example.com') ? '127.0.0.1' : hostname);

const schemes = {
  http: { scheme: 'http', user },
  'http-open': { scheme: 'http' },
  https: { scheme: 'https', user },
  socks5: { scheme: 'socks5', user },
  'socks5-open': { scheme: 'socks5' },
} as const;
type Scheme = keyof typeof schemes;

let stack: Stack;
let upstream: FakeUpstream;
let front: TlsFront;
let folder: string;
const proxies = {} as Record<Scheme | 'left' | 'right' | 'dead', TunnelProxy>;

beforeAll(async () => {
  const certificate = makeCertificate([secureName, 'localhost', '127.0.0.1']);
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ai-bridge-egress-'));
  const authority = path.join(folder, 'authority.pem');
  fs.writeFileSync(authority, certificate.cert);
  upstream = await startFakeUpstream();
  front = await startTlsFront(upstream, certificate);
  for (const [name, options] of Object.entries(schemes)) {
    proxies[name as Scheme] = await startTunnelProxy({ ...options, certificate, resolve });
  }
  for (const name of ['left', 'right', 'dead'] as const) {
    proxies[name] = await startTunnelProxy({ scheme: 'http', user, resolve });
  }
  await proxies.dead.stop();
  const poolOf = (name: string) => (name === 'left' || name === 'right' ? 'pair' : name);
  const plainUrl = `http://${plainName}:${upstream.port}`;
  const secureUrl = `https://${secureName}:${front.port}`;
  const channels = [
    ...Object.keys(schemes).flatMap((name) => [
      channel(`plain-${name}`, plainUrl, name),
      channel(`secure-${name}`, secureUrl, name),
    ]),
    channel('paired', plainUrl, 'pair'),
    // Could be reached directly, and must not be.
    { ...channel('stranded', upstream.url, 'dead'), allowPrivate: true },
    { ...channel('rescued', upstream.url, 'dead'), allowPrivate: true },
    { ...channel('rescuer', plainUrl, 'pair'), models: ['rescued'], priority: 2 },
    { ...channel('objects', plainUrl, 'http'), preset: 'openai', models: ['gpt-test'] },
  ];
  stack = await startStack({
    environment: { NODE_EXTRA_CA_CERTS: authority, DRAIN_SECONDS: '5' },
    config: (config) => ({
      ...config,
      channels,
      egress: Object.entries(proxies).map(([name, { url }]) => ({ name, pool: poolOf(name), url, allowPrivate: true })),
      models: [
        ...config.models,
        ...channels.map(({ name }) => ({ id: name, price: { input: 1, output: 10 }, fallback: [] })),
      ],
    }),
  });
});
beforeEach(async () => {
  upstream.clear();
  upstream.behave({});
  for (const name of ['left', 'right'] as const) {
    await proxies[name].start();
    await expect.poll(() => isHealthy(name), { timeout: 15_000 }).toBe(true);
  }
});
afterEach(() => upstream.release('*'));
afterAll(async () => {
  await stack.stop();
  await Promise.all(Object.values(proxies).map((proxy) => proxy.stop()));
  await front.stop();
  await upstream.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

function channel(name: string, baseUrl: string, pool: string): ChannelConfig {
  const rest = { baseUrl, apiKey: upstreamKey, allowPrivate: false, models: [name], egress: pool };
  return { name, preset: 'anthropic', ...rest };
}

const url = () => `${stack.url}/v1/messages`;
const ask = (model: string, script = {}, more = {}, headers = {}) =>
  call(url(), {
    headers: { ...anthropicHeaders(stack), ...headers },
    body: messages(script, { model, ...more }),
  });
const metrics = async () => (await call(`${stack.url}/metrics`)).body.toString();
const isHealthy = async (name: string) => (await metrics()).includes(`bridge_proxy_healthy{proxy="${name}"} 1\n`);

test.each(Object.keys(schemes).flatMap((name) => [[name, 'plain'] as const, [name, 'secure'] as const]))(
  'through %s to a %s upstream, bytes are the same on both sides',
  async (name, kind) => {
    for (const stream of [true, false]) {
      upstream.clear();
      const used = proxies[name as Scheme].used;
      const answer = await ask(
        `${kind}-${name}`,
        { chunks: 40, thinking: 3, textBytes: 3_000, chunkBytes: 977 },
        { stream },
      );
      expect(answer.status).toBe(200);
      const [seen] = upstream.requests;
      expect(answer.body.equals(seen?.sent ?? Buffer.alloc(0))).toBe(true);
      expect(seen?.headers['x-api-key']).toBe(upstreamKey);
      expect(seen?.headers.host).toContain(kind === 'plain' ? plainName : secureName);
      expect(JSON.stringify(seen?.headers)).not.toMatch(/CANARY-PROXY|proxy-authorization/i);
      // A connection that is there already may be used again.
      expect(proxies[name as Scheme].used).toBeGreaterThanOrEqual(Math.max(1, used));
    }
  },
);

test('files go up and come down through the proxy byte for byte', async () => {
  const client = new OpenAI({ apiKey: stack.key, baseURL: `${stack.url}/v1/openai`, maxRetries: 0 });
  const bytes = randomBytes(8 * 1024 * 1024);
  const file = await client.files.create({ file: await toFile(bytes, 'big.bin'), purpose: 'user_data' });
  const content = Buffer.from(await (await client.files.content(file.id)).arrayBuffer());
  expect(content.equals(bytes)).toBe(true);
  expect((await client.files.list()).data.map(({ id }) => id)).toEqual([file.id]);
  for (const { headers } of upstream.requests) expect(headers.host).toContain(plainName);
});

test('a conversation keeps its proxy while that lives, and moves when it dies', async () => {
  const session = { 'x-session-id': 'one conversation' };
  const before = { left: proxies.left.used, right: proxies.right.used };
  await ask('paired', {}, {}, session);
  const [own, other] = proxies.left.used > before.left ? (['left', 'right'] as const) : (['right', 'left'] as const);
  for (let i = 0; i < 5; i++) await ask('paired', {}, {}, session);
  expect(proxies[other].used).toBe(before[other]);
  await proxies[own].stop();
  const answer = await ask('paired', {}, {}, session);
  expect(answer.status).toBe(200);
  expect(answer.headers['x-bridge-attempts']).toBe('2');
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(receipt.attempts.map(({ error, paidBy }) => [error, paidBy])).toEqual([
    ['connect: the proxy cannot be reached (ECONNREFUSED)', 'house'],
    [null, 'customer'],
  ]);
  // It is known now.
  expect((await ask('paired', {}, {}, session)).headers['x-bridge-attempts']).toBe('1');
  const used = proxies[own].used;
  await proxies[own].start();
  await expect.poll(() => isHealthy(own), { timeout: 15_000 }).toBe(true);
  await ask('paired', {}, {}, session);
  expect(proxies[own].used).toBeGreaterThan(used);
});

test('a proxy that dies before the answer begins costs an attempt, and the next proxy answers', async () => {
  upstream.behave({ hold: 'head', holdAfter: 0 });
  const open = openCall(url(), { headers: anthropicHeaders(stack), body: messages({}, { model: 'paired' }) });
  await expect.poll(() => upstream.waiting('head')).toBe(1);
  upstream.behave({});
  const busy = /bridge_proxy_requests_open\{proxy="(left|right)"\} 1\n/.exec(await metrics())?.[1] as 'left' | 'right';
  await proxies[busy].stop();
  expect((await open.head).headers['x-bridge-attempts']).toBe('2');
  expect((await open.whole).equals(upstream.requests[1]?.sent ?? Buffer.alloc(0))).toBe(true);
});

test('a proxy that dies in mid-stream ends the stream with an error event, and the next request is well', async () => {
  upstream.behave({ chunks: 10, hold: 'middle', holdAfter: 5 });
  const body = messages({}, { model: 'paired', stream: true });
  const open = openCall(url(), { headers: anthropicHeaders(stack), body });
  await expect.poll(() => upstream.waiting('middle')).toBe(1);
  await expect.poll(() => open.received().length).toBeGreaterThan(0);
  const busy = /bridge_proxy_requests_open\{proxy="(left|right)"\} 1\n/.exec(await metrics())?.[1] as 'left' | 'right';
  await proxies[busy].stop();
  expect((await open.whole).toString().trim().split('\n\n').at(-1)).toMatch(/^event: error\n/);
  upstream.behave({});
  expect((await ask('paired')).status).toBe(200);
});

test('a channel whose proxies are all dead says so, and never goes out directly', async () => {
  await expect.poll(() => isHealthy('dead'), { timeout: 10_000 }).toBe(false);
  const answer = await ask('stranded');
  expect(answer.status).toBe(529);
  expect(answer.json()).toMatchObject({ type: 'error', error: { type: 'overloaded_error' } });
  const receipt = await receiptOf(stack, String(answer.headers['x-request-id']));
  expect(receipt.attempts).toEqual([]);
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  const passedOver = async () =>
    stack.database.query('SELECT routing FROM usage_record WHERE id = $1', [String(answer.headers['x-request-id'])]);
  expect(await passedOver()).toMatchObject([
    {
      routing: {
        rejected: expect.arrayContaining([expect.objectContaining({ reason: 'no proxy of its pool works' })]),
      },
    },
  ]);
  expect(receipt.chargeNanoUsd).toBe('0');
  expect(upstream.requests).toHaveLength(0);
});

test('where another channel serves the model, its way out is taken', async () => {
  const answer = await ask('rescued');
  expect([answer.status, answer.headers['x-bridge-attempts']]).toEqual([200, '1']);
  expect(upstream.requests.map(({ headers }) => headers.host)).toEqual([`${plainName}:${upstream.port}`]);
});

test('a slow reader slows the upstream down through the proxy, and gets all of it in the end', async () => {
  const body = messages({ chunks: 6_000, textBytes: 16_000 }, { model: 'paired', stream: true, max_tokens: 100_000 });
  const reader = openCall(url(), { headers: anthropicHeaders(stack), body });
  await reader.head;
  reader.pause();
  const emitted = () => upstream.requests[0]?.bytesEmitted ?? 0;
  for (let last = -1; last !== emitted(); ) {
    last = emitted();
    await sleep(1_000);
  }
  // The kernel's buffers on three connections hold a part of it; were anybody to read on, it would be all.
  expect(emitted()).toBeLessThan(mostBytesUnderWay);
  reader.resume();
  const received = await reader.whole;
  expect(received.length).toBe(emitted());
  expect(received.toString('utf8', received.length - 200)).toContain('event: message_stop');
});

test('a proxy that is switched off is out within a second, and streams through it go on', async () => {
  const switchTo = (enabled: boolean) =>
    stack.database.query(`UPDATE egress_proxy SET enabled = $1 WHERE name = 'socks5'`, [enabled]);
  const hold = { chunks: 10, hold: 'switch', holdAfter: 5 };
  const body = messages(hold, { model: 'plain-socks5', stream: true });
  const open = openCall(url(), { headers: anthropicHeaders(stack), body });
  await expect.poll(() => upstream.waiting('switch')).toBe(1);
  await switchTo(false);
  await expect.poll(async () => (await ask('plain-socks5')).status).toBe(529);
  upstream.release('switch');
  expect((await open.whole).equals(upstream.requests[0]?.sent ?? Buffer.alloc(0))).toBe(true);
  await switchTo(true);
  await expect.poll(async () => (await ask('plain-socks5')).status).toBe(200);
});

test('staff see each proxy’s state in the database while the worker lives, and user and password nowhere', async () => {
  const states = () =>
    stack.database.query<{ name: string; is_healthy: boolean; latency_ms: number | null; last_error: string | null }>(
      'SELECT name, is_healthy, latency_ms, last_error FROM egress_state JOIN egress_proxy ON id = proxy_id',
    );
  await expect.poll(async () => (await states()).length, { timeout: 10_000 }).toBe(Object.keys(proxies).length);
  const rows = new Map((await states()).map((row) => [row.name, row]));
  expect(rows.get('https')).toMatchObject({ is_healthy: true, latency_ms: expect.any(Number) });
  expect(rows.get('dead')).toMatchObject({
    is_healthy: false,
    latency_ms: null,
    last_error: 'the proxy cannot be reached (ECONNREFUSED)',
  });
  const shown = await metrics();
  expect(shown).toContain('bridge_proxy_latency_ms{proxy="https"}');
  const stored = await stack.database.query(
    `SELECT row_to_json(p)::text AS text FROM egress_proxy p UNION ALL SELECT row_to_json(a)::text FROM audit_log a
     UNION ALL SELECT row_to_json(s)::text FROM egress_state s`,
  );
  const told = `${shown}${JSON.stringify(stored)}${stack.worker().log()}${(await ask('stranded')).body}`;
  expect(told).toContain('a proxy does not work');
  const encoded = Buffer.from(`${user.name}:${user.password}`).toString('base64');
  for (const secret of [user.name, user.password, encoded, encodeURIComponent(user.password)])
    expect(told).not.toContain(secret);
  await stack.worker().end('SIGTERM');
  expect(await states()).toEqual([]);
  await stack.restart();
});
