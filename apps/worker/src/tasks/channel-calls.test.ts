import type { ChannelSnapshot } from '@ai-bridge/catalog';
import { protocols } from '@ai-bridge/domain';
import { type FakeUpstream, startFakeUpstream } from '@ai-bridge/testing/upstream';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createUpstreamPools } from '../upstream/pools.ts';
import { noProxies } from '../upstream/proxies/no-proxies.fixture.ts';
import { listModels } from './list-models.ts';
import { testChannel } from './test-channel.ts';

const key = 'sk-CANARY-UPSTREAM-0123456789';
let upstream: FakeUpstream;
const pools = createUpstreamPools(noProxies);
beforeAll(async () => {
  upstream = await startFakeUpstream();
});
afterAll(async () => {
  await pools.close();
  await upstream.stop();
});
beforeEach(() => {
  upstream.clear();
  upstream.behave({});
});

function channel(part: Partial<ChannelSnapshot> = {}): ChannelSnapshot {
  return {
    ...{
      id: 'chn_1',
      name: 'one',
      provider: 'custom',
      isDemo: false,
      isDraining: false,
      protocols: ['anthropic-messages'],
    },
    ...{ baseUrl: upstream.url, authStyle: 'bearer', credential: key, allowPrivate: true, servesAll: false },
    ...{ models: new Map([['public', 'upstream-id']]), priority: 1, weight: 1 },
    ...{ timeouts: { firstByteMs: 1_000, idleMs: 1_000, totalMs: 1_000 } },
    ...part,
  } as ChannelSnapshot;
}

test.each(protocols)('a test is one smallest call in %s, under the upstream’s own id', async (protocol) => {
  const result = await testChannel(channel({ protocols: [protocol] }), { model: 'public' }, pools);
  expect(result).toMatchObject({ isOk: true, status: 200, protocol, model: 'public', upstreamModel: 'upstream-id' });
  const { connectMs = -1, firstByteMs = -1, totalMs = -1 } = result;
  expect(connectMs).toBeGreaterThanOrEqual(0);
  expect(firstByteMs).toBeGreaterThanOrEqual(connectMs);
  expect(totalMs).toBeGreaterThanOrEqual(firstByteMs);
  expect(upstream.requests).toHaveLength(1);
  expect(upstream.requests[0]?.headers.authorization).toBe(`Bearer ${key}`);
  expect(`${upstream.requests[0]?.path} ${upstream.requests[0]?.body}`).toContain('upstream-id');
});

test('an upstream’s refusal is told word for word, but for the key', async () => {
  upstream.behave({ status: 401, message: `Incorrect API key provided: ${key}. Find yours at https://example.com` });
  const result = await testChannel(channel(), { model: 'public' }, pools);
  expect(result).toMatchObject({ isOk: false, status: 401, failure: { kind: 'answer' } });
  expect(result.failure?.text).toContain('Incorrect API key provided: ');
  expect(result.failure?.text).toContain('Find yours at https://example.com');
  expect(JSON.stringify(result)).not.toContain('CANARY');
});

test('an error in a 200 and a page are no answers', async () => {
  for (const script of [
    { rawBody: '{"type":"error","error":{"type":"overloaded_error","message":"busy"}}', rawType: 'application/json' },
    { rawBody: '<html>sign in</html>' },
  ]) {
    upstream.behave(script);
    const result = await testChannel(channel(), { model: 'public' }, pools);
    expect([script, result.isOk, result.failure?.kind]).toEqual([script, false, 'answer']);
  }
});

test('no connection is told as what it is, and a private address needs the operator’s word', async () => {
  const refused = await testChannel(channel({ baseUrl: 'http://127.0.0.1:1' }), { model: 'public' }, pools);
  expect(refused).toMatchObject({ isOk: false, failure: { kind: 'connect' } });
  expect(refused.failure?.text).toContain('ECONNREFUSED');
  const closed = await testChannel(channel({ allowPrivate: false }), { model: 'public' }, pools);
  expect(closed.failure?.text).toContain('EPRIVATE');
  expect(upstream.requests).toEqual([]);
});

test.each(protocols)('the upstream’s models are listed in %s', async (protocol) => {
  const { models, isCut, failure } = await listModels(
    { channel: channel({ protocols: [protocol] }), preset: 'custom' },
    pools,
  );
  expect({ ids: models.map(({ id }) => id), isCut, failure }).toEqual({
    ids: ['claude-test', 'gpt-test', 'gemini-test'],
    isCut: false,
    failure: undefined,
  });
});

test('an upstream that tells no models says why', async () => {
  upstream.behave({ status: 403, message: `no rights for ${key}` });
  const { models, failure } = await listModels({ channel: channel(), preset: 'custom' }, pools);
  expect(models).toEqual([]);
  expect(failure?.kind).toBe('answer');
  expect(failure?.text).toContain('no rights for');
  expect(failure?.text).not.toContain('CANARY');
});
