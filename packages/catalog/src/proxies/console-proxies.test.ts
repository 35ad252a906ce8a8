import { createTestDatabase, type TestDatabase } from '@ai-bridge/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyConfig } from '../config/apply-config.ts';
import { parseConfig } from '../config/parse-config.ts';
import { loadSnapshot } from '../load-snapshot.ts';
import { sealingPublicKey } from '../seal.ts';
import { createProxy, deleteProxy, type ProxyInput, updateProxy } from './console-proxies.ts';
import { listProxies } from './list-proxies.ts';

const sealingKey = 'a sealing key of the tests, long enough';
let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const actor = { kind: 'console', userId: 'usr_1' } as const;
const change = (input: ProxyInput) => ({ input, actor, sealingPublicKey: sealingPublicKey(sealingKey) });
const opened = async (onProxyLeftOut?: (proxy: { name: string }) => void) =>
  (await loadSnapshot(db.prisma, { sealingKey, onProxyLeftOut })).proxies;
const audit = async () => (await db.prisma.auditLog.findMany({ orderBy: { at: 'asc' } })).map(({ action }) => action);
const url = 'socks5://user:SECRET@proxy.example.com:1080';

test('a proxy is added, changed and taken away, each with its audit row; its password is never shown', async () => {
  const id = await createProxy(db.prisma, change({ name: '香港 1', pool: 'asia', url }));
  expect(await opened()).toEqual([{ id, name: '香港 1', pool: 'asia', url, allowPrivate: false }]);
  const [view] = await listProxies(db.prisma);
  expect(view).toMatchObject({
    id,
    scheme: 'socks5',
    host: 'proxy.example.com:1080',
    origin: 'console',
    isHealthy: undefined,
  });
  await updateProxy(db.prisma, id, change({ name: 'hk-1', pool: 'asia' }));
  expect(await opened()).toMatchObject([{ name: 'hk-1', url }]);
  await updateProxy(db.prisma, id, change({ name: 'hk-1', pool: 'asia', url: 'http://other.example.com' }));
  expect(await opened()).toMatchObject([{ url: 'http://other.example.com:80' }]);
  await updateProxy(db.prisma, id, change({ name: 'hk-1', pool: 'asia', enabled: false }));
  expect(await opened()).toEqual([]);
  await deleteProxy(db.prisma, id, actor);
  expect(await listProxies(db.prisma)).toEqual([]);
  expect(await audit()).toEqual(['proxy.create', 'proxy.update', 'proxy.update', 'proxy.update', 'proxy.delete']);
  const told = JSON.stringify([view, await db.prisma.auditLog.findMany({ select: { detail: true, target: true } })]);
  expect(told).not.toMatch(/SECRET|user:/);
});

test('what cannot be is refused by its field, and what the file owns stays the file’s', async () => {
  const id = await createProxy(db.prisma, change({ name: 'one', url }));
  const refusals: [() => Promise<unknown>, object][] = [
    [() => createProxy(db.prisma, change({ name: 'two' })), { code: 'proxy_invalid', path: 'url' }],
    [
      () => createProxy(db.prisma, change({ name: 'two', url: 'http://10.0.0.1' })),
      { code: 'proxy_invalid', path: 'url' },
    ],
    [() => createProxy(db.prisma, change({ name: 'a"b\n', url })), { code: 'proxy_invalid', path: 'name' }],
    [() => createProxy(db.prisma, change({ name: 'two', pool: 'A B', url })), { code: 'proxy_invalid', path: 'pool' }],
    [() => createProxy(db.prisma, change({ name: 'one', url })), { code: 'proxy_name_taken', path: 'name' }],
    [() => updateProxy(db.prisma, 'pxy_gone', change({ name: 'x' })), { code: 'not_found' }],
    [() => deleteProxy(db.prisma, 'pxy_gone', actor), { code: 'not_found' }],
  ];
  for (const [work, expected] of refusals) await expect(work()).rejects.toMatchObject(expected);
  const config = parseConfig(`egress: [{ name: filed, url: "${url}" }]`, 'bridge.yaml', {});
  await applyConfig(db.prisma, config, { fileName: 'bridge.yaml', sealingKey, env: {} });
  const filed = (await listProxies(db.prisma)).find(({ name }) => name === 'filed');
  const owned = { code: 'proxy_owned_by_file' };
  await expect(updateProxy(db.prisma, filed?.id ?? '', change({ name: 'mine' }))).rejects.toMatchObject(owned);
  await expect(deleteProxy(db.prisma, filed?.id ?? '', actor)).rejects.toMatchObject(owned);
  expect((await opened()).map((proxy) => proxy.id)).toContain(id);
});

test('a private address loses its word only with another URL', async () => {
  const id = await createProxy(db.prisma, change({ name: 'one', url: 'http://10.0.0.1:3128', allowPrivate: true }));
  const refused = { code: 'proxy_invalid', path: 'url' };
  await expect(updateProxy(db.prisma, id, change({ name: 'one' }))).rejects.toMatchObject(refused);
  await updateProxy(db.prisma, id, change({ name: 'one', url }));
  expect(await opened()).toMatchObject([{ url, allowPrivate: false }]);
});

test('a seal holds for its row and host alone: moved elsewhere the proxy is left out and told', async () => {
  const ids = [
    await createProxy(db.prisma, change({ name: 'one', url })),
    await createProxy(db.prisma, change({ name: 'two', url: 'http://u:SECRET@two.example.com:1080' })),
  ];
  const [one] = await db.prisma.egressProxy.findMany({ where: { id: ids[0] ?? '' } });
  await db.prisma.egressProxy.update({ where: { name: 'two' }, data: { urlSealed: one?.urlSealed ?? '' } });
  await db.prisma.egressProxy.update({ where: { name: 'one' }, data: { host: 'evil.example.com:1080' } });
  const leftOut: string[] = [];
  expect(await opened(({ name }) => leftOut.push(name))).toEqual([]);
  expect(leftOut).toEqual(['one', 'two']);
});

test('the list shows how living workers see each proxy', async () => {
  const proxyId = await createProxy(db.prisma, change({ name: 'one', pool: 'eu', url }));
  const now = new Date();
  const at = (secondsAgo: number) => new Date(now.getTime() - secondsAgo * 1_000);
  const state = { proxyId, isHealthy: true, latencyMs: 12, inFlight: 3, updatedAt: now };
  const failing = { isHealthy: false, latencyMs: null, lastError: 'no way', lastErrorAt: at(1) };
  await db.prisma.egressState.createMany({
    data: [
      { ...state, workerId: 'wrk_1', lastError: 'earlier', lastErrorAt: at(9) },
      { ...state, workerId: 'wrk_2', latencyMs: 20 },
      { ...state, ...failing, workerId: 'wrk_gone', updatedAt: at(60) },
    ],
  });
  const sound = { isHealthy: true, latencyMs: 20, inFlight: 6, lastError: 'earlier', lastErrorAt: at(9) };
  expect(await listProxies(db.prisma, now)).toMatchObject([{ name: 'one', ...sound }]);
  await db.prisma.egressState.create({ data: { ...state, ...failing, workerId: 'wrk_3' } });
  const spoilt = { isHealthy: false, latencyMs: 20, inFlight: 9, lastError: 'no way', lastErrorAt: at(1) };
  expect(await listProxies(db.prisma, now)).toMatchObject([spoilt]);
});
