import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { EgressError } from './egress-error.ts';
import { EgressProxy } from './egress-proxy.ts';
import { HealthChecks } from './health-checks.ts';
import type { TunnelTarget } from './tunnel-target.ts';

/** A proxy of which a check finds what `reaches` says of each target, on a clock that stands still until it is moved. */
function start(origins: readonly string[], reaches: (target: TunnelTarget | undefined) => EgressError | undefined) {
  let nowMs = 1_000;
  const clock = { now: () => nowMs, monotonicMs: () => nowMs };
  const tried: (string | undefined)[] = [];
  const changes: boolean[] = [];
  const checks = new HealthChecks({
    clock,
    originsFor: () => origins,
    onChange: ({ isWorking }) => void changes.push(isWorking),
  });
  const snapshot = { id: 'pxy_1', name: 'p', pool: 'eu', url: 'http://p.example.com:1', allowPrivate: false };
  const deps = { clock, publicLookup: () => {}, onFailure: (one: EgressProxy) => checks.failed(one) };
  const proxy = Object.assign(new EgressProxy(snapshot, deps), {
    async openTunnel(target: TunnelTarget | undefined) {
      tried.push(target?.hostname);
      const failure = reaches(target);
      if (failure) throw failure;
      return { destroy() {} } as Socket;
    },
  });
  const settled = () => new Promise(setImmediate);
  return {
    proxy,
    tried,
    changes,
    settled,
    /** Moves the clock and starts what is due. */
    async at(ms: number) {
      nowMs = 1_000 + ms;
      checks.tick([proxy]);
      await settled();
    },
  };
}

const refused = () => new EgressError('refused', 'the proxy answered 403');
const origin = 'http://a.example.com';

test('a proxy that works is checked every 30 s', async () => {
  const { at, tried } = start([origin], () => undefined);
  for (const ms of [0, 10_000, 29_999, 30_000, 59_999, 60_000]) await at(ms);
  expect(tried).toHaveLength(3);
});

test('one that does not is checked again after 1, 2, 4, 5 and 5 s, and told of once each way', async () => {
  let isDown = true;
  const { at, tried, changes, proxy } = start([origin], () => (isDown ? refused() : undefined));
  const due = [0, 1_000, 3_000, 7_000, 12_000, 17_000];
  for (const [index, ms] of due.entries()) {
    await at(ms - 1);
    await at(ms);
    expect(tried).toHaveLength(index + 1);
  }
  expect([proxy.isWorking, proxy.lastError]).toEqual([false, 'the proxy answered 403']);
  isDown = false;
  await at(22_000);
  expect([proxy.isWorking, changes]).toEqual([true, [false, true]]);
});

test('a failed request has it checked at once, and many in a second once', async () => {
  const { at, tried, proxy, settled } = start([origin], () => undefined);
  await at(0);
  await at(5_000);
  for (let i = 0; i < 10; i++) {
    proxy.failed(origin, refused());
    await settled();
  }
  expect(tried).toHaveLength(2);
  await at(5_999);
  expect(tried).toHaveLength(2);
  await at(6_000);
  expect(tried).toHaveLength(3);
});

test('three upstreams are tried before it counts as not working, and one that is reached is enough', async () => {
  const origins = ['http://a.example.com', 'http://b.example.com', 'http://c.example.com'];
  const down = () => new EgressError('upstream', 'the proxy answered 502');
  const one = start(origins, (target) => (target?.hostname === 'b.example.com' ? undefined : down()));
  await one.at(0);
  expect([one.proxy.isWorking, one.tried.at(-1)]).toEqual([true, 'b.example.com']);
  const none = start([...origins, 'http://d.example.com'], down);
  await none.at(0);
  expect([none.proxy.isWorking, none.tried.length]).toEqual([false, 3]);
});

test('where nothing goes out through it, the proxy itself is greeted', async () => {
  const { at, tried } = start([], () => undefined);
  await at(0);
  expect(tried).toEqual([undefined]);
});
