import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CatalogSnapshot, ChannelSnapshot } from '@ai-bridge/catalog';
import { systemClock } from '@ai-bridge/domain';
import {
  makeCertificate,
  startTunnelProxy,
  type TunnelProxy,
  type TunnelProxyOptions,
} from '@ai-bridge/testing/network';
import { afterEach, expect, test } from 'vitest';
import { createLog } from '../../log.ts';
import { createUpstreamPools } from '../pools.ts';
import { createProxies } from './proxies.ts';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

const user = { name: 'CANARY-USER', password: 'CANARY:p@ss w%rd' };
/** Names that only the proxies know; both lead to the server below. */
const resolve = (hostname: string) => (hostname.endsWith('.example.com') ? '127.0.0.1' : hostname);

async function startServer() {
  const server = http.createServer((request, response) => response.end(`${request.headers.host} ${request.url}`));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closings.push(() => new Promise((done) => server.close(done).closeAllConnections()));
  return (server.address() as AddressInfo).port;
}

async function startProxy(options: Partial<TunnelProxyOptions> = {}): Promise<TunnelProxy> {
  const proxy = await startTunnelProxy({ scheme: 'http', resolve, ...options });
  closings.push(() => proxy.stop());
  return proxy;
}

interface Given {
  readonly proxies: readonly { url: string; allowPrivate?: boolean; pool?: string }[];
  readonly origins: readonly string[];
}

/** Proxies p0, p1 ... of the pool `eu`, with a channel for each origin. */
function start(given: Given) {
  const snapshotOf = ({ proxies, origins }: Given) => ({
    channels: origins.map((baseUrl) => ({ baseUrl, egressPool: 'eu', authStyle: 'bearer' }) as ChannelSnapshot),
    proxies: proxies.map((proxy, index) => ({
      ...{ id: `pxy_${index}`, name: `p${index}`, pool: 'eu', allowPrivate: true },
      ...proxy,
    })),
  });
  let snapshot: Pick<CatalogSnapshot, 'channels' | 'proxies'> = snapshotOf(given);
  let log = '';
  const proxies = createProxies({
    catalog: () => snapshot,
    clock: systemClock,
    log: createLog((line) => {
      log += line;
    }),
  });
  const pools = createUpstreamPools(proxies);
  closings.push(() => proxies.close());
  const ask = async (origin: string, session?: string) => {
    const pool = pools.poolFor(origin, { allowPrivate: true, egressPool: 'eu' }, session);
    const { body } = await pool.request({ path: '/x', method: 'GET' });
    const text = await body.text();
    // A connection is free a moment after its answer.
    await new Promise(setImmediate);
    return text;
  };
  const change = (next: Given) => {
    snapshot = snapshotOf(next);
  };
  return { ask, change, proxies, pools, log: () => log, all: () => [...proxies.all()] };
}

test.each([
  ['http', undefined],
  ['http', user],
  ['socks5', undefined],
  ['socks5', user],
] as const)('%s with %j: requests go through, and the proxy resolves the name', async (scheme, who) => {
  const port = await startServer();
  const proxy = await startProxy({ scheme, ...(who && { user: who }) });
  const { ask } = start({ proxies: [{ url: proxy.url }], origins: [] });
  const origin = `http://only-the-proxy-knows.example.com:${port}`;
  expect(await ask(origin)).toBe(`only-the-proxy-knows.example.com:${port} /x`);
  expect(await ask(origin)).toBe(`only-the-proxy-knows.example.com:${port} /x`);
  // The connection is kept.
  expect(proxy.asked).toEqual([`only-the-proxy-knows.example.com:${port}`]);
});

test.each(['http', 'socks5'] as const)('%s: addresses of both families are asked for as such', async (scheme) => {
  const proxy = await startProxy({ scheme });
  proxy.set({ refusal: scheme === 'http' ? 502 : 5 });
  const { ask } = start({ proxies: [{ url: proxy.url }], origins: [] });
  await expect(ask('http://192.0.2.7')).rejects.toMatchObject({ kind: 'upstream', isProxyFault: false });
  await expect(ask('https://[2001:db8::12:7]')).rejects.toMatchObject({ kind: 'upstream' });
  const ipv6 = scheme === 'http' ? '2001:db8::12:7' : '2001:0db8:0000:0000:0000:0000:0012:0007';
  expect(proxy.asked.slice(0, 2)).toEqual(['192.0.2.7:80', `${ipv6}:443`]);
});

test.each([
  ['http', { refusal: 403 }, 'refused', 'the proxy answered 403'],
  ['http', { refusal: 503 }, 'upstream', 'the proxy answered 503'],
  ['socks5', { refusal: 2 }, 'refused', 'the proxy answered with SOCKS5 reply 2'],
  ['socks5', { refusal: 4 }, 'upstream', 'the proxy answered with SOCKS5 reply 4'],
  ['http', { isSilent: true }, 'refused', 'the proxy is silent'],
] as const)('%s with %j fails as %s: %s', { timeout: 20_000 }, async (scheme, faults, kind, message) => {
  const proxy = await startProxy({ scheme });
  proxy.set(faults);
  const { ask } = start({ proxies: [{ url: proxy.url }], origins: [] });
  await expect(ask('http://192.0.2.7')).rejects.toMatchObject({ kind, message, isProxyFault: kind !== 'upstream' });
});

test.each(['http', 'socks5'] as const)('%s: a wrong password fails without being told', async (scheme) => {
  const proxy = await startProxy({ scheme, user });
  const wrong = proxy.url.replace('CANARY', 'CANARY-WRONG');
  const { ask, all, log } = start({ proxies: [{ url: wrong }], origins: ['http://192.0.2.7'] });
  await expect(ask('http://192.0.2.7')).rejects.toMatchObject({ kind: 'refused' });
  await expect.poll(() => all()[0]?.isWorking).toBe(false);
  await expect(ask('http://192.0.2.7')).rejects.toMatchObject({ kind: 'no_proxy' });
  expect(log()).toContain('a proxy does not work');
  expect(log() + all()[0]?.lastError).not.toMatch(/CANARY|127\.0\.0\.1/);
});

test('what speaks something else is no proxy', async () => {
  const web = await startServer();
  const { ask } = start({ proxies: [{ url: `socks5://127.0.0.1:${web}` }], origins: [] });
  await expect(ask('http://192.0.2.7')).rejects.toMatchObject({ message: 'the proxy does not speak SOCKS5' });
});

test('a proxy at a private address needs the operator’s word of its own', async () => {
  const proxy = await startProxy();
  for (const url of [proxy.url, `http://localhost:${proxy.port}`]) {
    const { ask } = start({ proxies: [{ url, allowPrivate: false }], origins: [] });
    await expect(ask('http://192.0.2.7')).rejects.toMatchObject({ isProxyFault: true });
  }
  expect(proxy.asked).toEqual([]);
});

test('an https proxy whose certificate nobody vouches for gets neither password nor request', async () => {
  const proxy = await startProxy({ scheme: 'https', user, certificate: makeCertificate(['localhost', '127.0.0.1']) });
  const { ask } = start({ proxies: [{ url: proxy.url }], origins: [] });
  await expect(ask('http://192.0.2.7')).rejects.toMatchObject({
    message: 'the proxy cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT)',
  });
  expect(proxy.asked).toEqual([]);
});

test('without a session each proxy has its turn, and the busy ones wait; a session keeps its own', async () => {
  const port = await startServer();
  const three = [await startProxy(), await startProxy(), await startProxy()];
  const { ask, all } = start({ proxies: three, origins: [] });
  const requests = () => all().map((proxy) => proxy.requests);
  const origin = `http://a.example.com:${port}`;
  for (let i = 0; i < 6; i++) await ask(origin);
  expect(requests()).toEqual([2, 2, 2]);
  const [first] = all();
  if (first) first.inFlight = 5;
  for (let i = 0; i < 4; i++) await ask(origin);
  expect(requests()).toEqual([2, 4, 4]);
  if (first) first.inFlight = 0;
  for (const session of ['one', 'two', 'three', 'four']) {
    const before = requests();
    for (let i = 0; i < 5; i++) await ask(origin, session);
    expect(
      requests()
        .map((count, index) => count - (before[index] ?? 0))
        .sort(),
    ).toEqual([0, 0, 5]);
  }
});

test('a proxy that is gone is passed over at once, and taken back when it is there again', {
  timeout: 20_000,
}, async () => {
  const port = await startServer();
  const [dying, living] = [await startProxy(), await startProxy()];
  const origin = `http://a.example.com:${port}`;
  const { ask, all } = start({ proxies: [dying, living], origins: [origin] });
  await dying.stop();
  const failures: unknown[] = [];
  for (let i = 0; i < 20; i++) await ask(origin).catch((error) => failures.push(error));
  expect(failures.length).toBeLessThanOrEqual(1);
  expect(all()[0]?.isWorking).toBe(false);
  await dying.start();
  await expect.poll(() => all()[0]?.isWorking, { timeout: 10_000 }).toBe(true);
});

test('an upstream that is down takes no proxy with it while another upstream is there', async () => {
  const port = await startServer();
  const proxy = await startProxy();
  const [up, down] = [`http://a.example.com:${port}`, 'http://a.example.com:1'];
  const { ask, all } = start({ proxies: [proxy], origins: [up, down] });
  await expect(ask(down)).rejects.toMatchObject({ kind: 'upstream' });
  expect(await ask(up)).toContain('/x');
  await expect.poll(() => all()[0]?.latencyMs).toBeDefined();
  expect(all()[0]?.isWorking).toBe(true);
});

test('checks carry no request', async () => {
  let bytes = 0;
  const server = http.createServer(() => {});
  server.on('connection', (socket) => socket.on('data', (data) => (bytes += data.length)));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closings.push(() => new Promise((done) => server.close(done).closeAllConnections()));
  const proxy = await startProxy({ user });
  const { all } = start({
    proxies: [proxy],
    origins: [`http://a.example.com:${(server.address() as AddressInfo).port}`],
  });
  await expect.poll(() => all()[0]?.latencyMs).toBeDefined();
  expect(proxy.asked).toHaveLength(1);
  expect([proxy.used, bytes]).toEqual([0, 0]);
});

test('what changes in the catalog holds from the next request on; what does not keeps its connections', async () => {
  const port = await startServer();
  const [one, two] = [await startProxy(), await startProxy()];
  const origin = `http://a.example.com:${port}`;
  const { ask, change } = start({ proxies: [one], origins: [] });
  await ask(origin);
  change({ proxies: [one], origins: [] });
  await ask(origin);
  expect(one.used).toBe(1);
  change({ proxies: [two], origins: [] });
  await ask(origin);
  expect([one.used, two.used]).toEqual([1, 1]);
  await expect.poll(() => one.open).toBe(0);
  change({ proxies: [], origins: [] });
  await expect(ask(origin)).rejects.toMatchObject({ kind: 'no_proxy', message: 'no proxy of the channel works' });
});
