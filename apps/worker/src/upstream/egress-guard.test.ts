import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { defaultTimeouts, isPrivateAddress } from '@ai-bridge/catalog';
import { afterEach, expect, test } from 'vitest';
import { createPublicLookup, publicLookup, type Resolve, refusePrivateOrigin } from './egress-guard.ts';
import { connectTimeoutMs } from './http1/bounds.ts';
import { createUpstreamPools } from './pools.ts';
import { noProxies } from './proxies/no-proxies.fixture.ts';

const closings: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
});

/** A server on one of this machine's addresses that counts its connections. */
async function serverAt(host: string, port = 0) {
  let connections = 0;
  const server = http.createServer((_, response) => response.end(host));
  server.on('connection', () => connections++);
  server.keepAliveTimeout = 1;
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  closings.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return { port: (server.address() as AddressInfo).port, connections: () => connections };
}

/** A resolver that says these addresses, one list each time it is asked, and counts. */
function resolverOf(answers: readonly (readonly string[])[]) {
  let asked = 0;
  const resolve = ((_: string, __: object, callback: (...args: unknown[]) => void) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? [];
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as Resolve;
  return { resolve, asked: () => asked };
}

const lookedUp = (lookup: typeof publicLookup, all: boolean) =>
  new Promise<unknown[]>((resolve) => lookup('some.example', { all }, (...result) => resolve(result)));

const closed = [
  '127.0.0.1',
  '10.1.2.3',
  '192.168.1.1',
  '172.31.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '::7f00:1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001:0:1::',
  'fe80::1',
  'fd00::1',
  'ff02::1',
];
const open = ['1.1.1.1', '104.18.6.192', '2606:4700::6812:7c0', '8.8.8.8'];

test.each(closed)('a name that resolves to %s is refused, alone and among public addresses', async (address) => {
  for (const all of [true, false]) {
    for (const answer of [[address], ['8.8.8.8', address]]) {
      const [error] = await lookedUp(createPublicLookup(resolverOf([answer]).resolve), all);
      expect(error).toMatchObject({ code: 'EPRIVATE' });
    }
  }
});

test.each(open)('a name that resolves to %s is open', async (address) => {
  const { resolve } = resolverOf([[address]]);
  const family = address.includes(':') ? 6 : 4;
  expect(await lookedUp(createPublicLookup(resolve), true)).toEqual([null, [{ address, family }]]);
  expect(await lookedUp(createPublicLookup(resolve), false)).toEqual([null, address, family]);
});

test('a name that resolves to nothing, and this machine’s own, are refused', async () => {
  const [error] = await lookedUp(createPublicLookup(resolverOf([[]]).resolve), true);
  expect(error).toMatchObject({ code: 'EPRIVATE' });
  const own = await new Promise((resolve) => publicLookup('localhost', {}, (failure) => resolve(failure)));
  expect(own).toMatchObject({ code: 'EPRIVATE' });
});

test.each([
  'http://127.0.0.1',
  'http://127.0.0.1:443',
  'http://127.1',
  'http://127.0.0.1.',
  'http://2130706433',
  'http://0x7f000001',
  'http://0177.0.0.1',
  'http://①②⑦.⓪.⓪.①',
  'http://127。0。0。1',
  'https://user:password@10.0.0.1',
  'https://api.example.com@10.0.0.1',
  'http://10.0.0.1\\@api.example.com',
  'http://[::1]:80',
  'http://[::ffff:127.0.0.1]',
  'http://[64:ff9b::10.0.0.1]',
  'http://[2002:a00:1::]',
  'http://localhost',
  'http://LOCALHOST.',
  'http://a.localhost',
  'http://database',
  'http://metadata.google.internal',
  'http://printer.local',
  'http://router.home.arpa',
])('%s is refused as it is written, before any name is resolved', (url) => {
  expect(() => refusePrivateOrigin(new URL(url).origin)).toThrow(/is not a public address/);
  const { resolve, asked } = resolverOf([['8.8.8.8']]);
  const pools = createUpstreamPools(noProxies, createPublicLookup(resolve));
  for (const egressPool of [undefined, 'eu']) {
    const wayOut = { allowPrivate: false, egressPool };
    expect(() => pools.poolFor(new URL(url).origin, wayOut)).toThrow(expect.objectContaining({ code: 'EPRIVATE' }));
  }
  expect(asked()).toBe(0);
});

test('an address with a zone is no URL', () => {
  expect(() => new URL('http://[fe80::1%25eth0]')).toThrow();
});

// Of the addresses of this machine, 127.0.0.2 stands for a public one here.
test('a name that answers differently later gains nothing: what was checked is what is connected to', async () => {
  const isRefused = (address: string) => address !== '127.0.0.2' && isPrivateAddress(address);
  const canary = await serverAt('127.0.0.1');
  await serverAt('127.0.0.2', canary.port);
  const { resolve, asked } = resolverOf([['127.0.0.2'], ['127.0.0.1']]);
  const pools = createUpstreamPools(noProxies, createPublicLookup(resolve, isRefused));
  closings.push(() => pools.close());
  const origin = `http://rebind.example:${canary.port}`;
  const ask = async () => {
    const wayOut = { allowPrivate: false, egressPool: undefined };
    const { body } = await pools
      .poolFor(origin, wayOut)
      .request({ path: '/', method: 'GET', headers: { connection: 'close' } });
    return body.text();
  };
  expect(await ask()).toBe('127.0.0.2');
  expect(asked()).toBe(1);
  await expect(ask()).rejects.toMatchObject({ code: 'EPRIVATE' });
  expect(canary.connections()).toBe(0);
});

test('with the operator’s word a private address is reached, and only on that word', async () => {
  const { port } = await serverAt('127.0.0.1');
  const pools = createUpstreamPools(noProxies);
  closings.push(() => pools.close());
  const origin = `http://127.0.0.1:${port}`;
  const allowed = pools.poolFor(origin, { allowPrivate: true, egressPool: undefined });
  expect(await (await allowed.request({ path: '/', method: 'GET' })).body.text()).toBe('127.0.0.1');
  expect(() => pools.poolFor(origin, { allowPrivate: false, egressPool: undefined })).toThrow(/not a public address/);
});

test('a resolver that never answers costs no more than a connection may take', async () => {
  const { port } = await serverAt('127.0.0.1');
  const pools = createUpstreamPools(noProxies, createPublicLookup((() => {}) as unknown as Resolve));
  closings.push(() => pools.close());
  const pool = pools.poolFor(`http://slow.example:${port}`, { allowPrivate: false, egressPool: undefined });
  await expect(pool.request({ path: '/', method: 'GET' })).rejects.toMatchObject({ code: 'UND_ERR_CONNECT_TIMEOUT' });
  expect(connectTimeoutMs).toBeLessThan(defaultTimeouts.firstByteMs / 10);
}, 10_000);
