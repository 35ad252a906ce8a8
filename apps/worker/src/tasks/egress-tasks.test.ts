import { type ChannelSnapshot, type ProxySnapshot, SealError } from '@ai-bridge/catalog';
import { systemClock } from '@ai-bridge/domain';
import { startTunnelProxy, type TunnelProxy } from '@ai-bridge/testing/network';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createEgressTasks } from './egress-tasks.ts';

const user = { name: 'CANARY-USER', password: 'CANARY-PASSWORD' };
let upstream: FakeUpstream;
let way: TunnelProxy;
beforeAll(async () => {
  upstream = await startFakeUpstream();
  way = await startTunnelProxy({ scheme: 'socks5', user });
});
afterAll(async () => {
  await way.stop();
  await upstream.stop();
});
beforeEach(() => way.set({}));

const channelTo = (baseUrl: string, egressPool = 'asia') => ({ baseUrl, egressPool }) as ChannelSnapshot;

/** Tests a proxy of the pool asia, through which these channels go out. */
function tested(proxy: Partial<ProxySnapshot> | undefined, channels: readonly ChannelSnapshot[] = []) {
  const known: ProxySnapshot = { id: 'pxy_1', name: 'one', pool: 'asia', url: way.url, allowPrivate: true };
  const handlers = createEgressTasks({
    load: async () => proxy && { ...known, ...proxy },
    catalog: () => ({ channels }),
    clock: systemClock,
    log: { info: () => {}, error: () => {} },
  });
  return handlers['egress.test']('pxy_1', {});
}

test('each upstream of the pool’s channels is reached through the proxy, once, and no request goes out', async () => {
  const asked = way.asked.length;
  const others = channelTo('https://elsewhere.example.com', 'eu');
  const result = await tested({}, [channelTo(upstream.url), channelTo(`${upstream.url}/v1`), others]);
  const host = new URL(upstream.url).host;
  expect(result).toEqual({ isOk: true, ways: [{ upstream: host, latencyMs: expect.any(Number) }] });
  expect(way.asked.slice(asked)).toEqual([host]);
  expect(upstream.requests).toHaveLength(0);
});

test('what does not work is told exactly, and neither user nor password', async () => {
  const away = await startFakeUpstream();
  await away.stop();
  const partly = await tested({}, [channelTo(upstream.url), channelTo(away.url)]);
  expect(partly.isOk).toBe(true);
  expect(partly.ways.map(({ error }) => error)).toEqual([undefined, 'the proxy answered with SOCKS5 reply 5']);
  const wrong = await tested({ url: way.url.replace('CANARY-PASSWORD', 'CANARY-OTHER') }, [channelTo(upstream.url)]);
  expect(wrong).toMatchObject({ isOk: false, ways: [{ error: 'the proxy refused user and password' }] });
  const unreachable = await tested({ url: `socks5://127.0.0.1:${away.port}` });
  expect(unreachable).toEqual({ isOk: false, ways: [{ error: 'the proxy cannot be reached (ECONNREFUSED)' }] });
  const refused = await tested({ allowPrivate: false });
  expect(refused.ways[0]?.error).toBe('the proxy is at an address that it may not have');
  expect(JSON.stringify([partly, wrong, unreachable, refused])).not.toContain('CANARY');
});

test('where nothing goes out through it, the proxy itself is greeted', async () => {
  expect(await tested({})).toEqual({ isOk: true, ways: [{ latencyMs: expect.any(Number) }] });
});

test('a proxy that is gone, and one whose URL does not open, are told as such', async () => {
  expect(await tested(undefined)).toMatchObject({ isOk: false, ways: [], failure: { kind: 'not_found' } });
  const sealed = createEgressTasks({
    load: () => Promise.reject(new SealError()),
    catalog: () => ({ channels: [] }),
    clock: systemClock,
    log: { info: () => {}, error: () => {} },
  });
  expect(await sealed['egress.test']('pxy_1', {})).toMatchObject({ isOk: false, failure: { kind: 'seal' } });
});
