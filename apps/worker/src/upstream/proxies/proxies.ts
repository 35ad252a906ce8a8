import type { LookupFunction } from 'node:net';
import type { CatalogSnapshot } from '@ai-bridge/catalog';
import type { Clock } from '@ai-bridge/domain';
import type { Log } from '../../log.ts';
import { publicLookup } from '../egress-guard.ts';
import { targetOf } from '../target.ts';
import { chooseProxy } from './choose-proxy.ts';
import { EgressError } from './egress-error.ts';
import { EgressProxy } from './egress-proxy.ts';
import { HealthChecks, maxRecheckMs } from './health-checks.ts';

const tickMs = 500;

/** The proxies that channels go out through, as the catalog has them now. */
export interface Proxies {
  /**
   * The proxy of a pool for a request to this origin.
   * @throws EgressError no_proxy where none of the pool works
   */
  choose(pool: string, origin: string, session: string | undefined): EgressProxy;
  /** Whether a pool has a proxy that is not known to be down. */
  hasWorking(pool: string): boolean;
  /** How soon at the latest a proxy that is down is checked again. */
  readonly recheckMs: number;
  all(): Iterable<EgressProxy>;
  close(): Promise<void>;
}

export interface ProxiesDeps {
  catalog(): Pick<CatalogSnapshot, 'channels' | 'proxies'>;
  readonly clock: Clock;
  readonly log: Log;
  /** How the names of proxies are resolved that may not be at private addresses. */
  readonly lookup?: LookupFunction | undefined;
}

/** Follows the catalog and keeps each proxy's health by checks of its own. */
export function createProxies({ catalog, clock, log, lookup = publicLookup }: ProxiesDeps): Proxies {
  const checks = new HealthChecks({
    clock,
    originsFor: ({ snapshot: { pool } }) => originsBehind(pool, catalog()),
    onChange: (proxy) => logChange(log, proxy),
  });
  const proxyDeps = { clock, publicLookup: lookup, onFailure: (proxy: EgressProxy) => checks.failed(proxy) };
  let seen: ReturnType<ProxiesDeps['catalog']> | undefined;
  let proxies = new Map<string, EgressProxy>();
  let pools = new Map<string, EgressProxy[]>();
  let turn = 0;

  /** Takes over what changed in the catalog: a proxy whose row says the same keeps its connections and its health. */
  function follow(): void {
    const snapshot = catalog();
    if (snapshot === seen) return;
    seen = snapshot;
    const before = proxies;
    proxies = new Map();
    pools = new Map();
    for (const wanted of snapshot.proxies) {
      const known = before.get(wanted.id);
      const proxy = known && isSame(known.snapshot, wanted) ? known : new EgressProxy(wanted, proxyDeps);
      proxies.set(wanted.id, proxy);
      pools.set(wanted.pool, [...(pools.get(wanted.pool) ?? []), proxy]);
    }
    for (const [id, proxy] of before) if (proxies.get(id) !== proxy) proxy.retire();
  }

  const tick = () => {
    follow();
    checks.tick(proxies.values());
  };
  tick();
  const timer = setInterval(tick, tickMs);
  timer.unref();
  return {
    choose(pool, origin, session) {
      follow();
      const proxy = chooseProxy(pools.get(pool) ?? [], origin, session);
      if (!proxy) throw new EgressError('no_proxy', 'no proxy of the channel works');
      proxy.turn = ++turn;
      return proxy;
    },
    hasWorking(pool) {
      follow();
      const members = pools.get(pool);
      if (members) for (const proxy of members) if (proxy.isWorking) return true;
      return false;
    },
    recheckMs: maxRecheckMs,
    all: () => proxies.values(),
    async close() {
      clearInterval(timer);
      await Promise.all([...proxies.values()].map((proxy) => proxy.destroy()));
    },
  };
}

/** The origins of the channels that go out through a pool. */
export function originsBehind(pool: string, { channels }: Pick<CatalogSnapshot, 'channels'>): string[] {
  const users = channels.filter(({ egressPool }) => egressPool === pool);
  return [...new Set(users.map((channel) => targetOf(channel).origin))];
}

function isSame(one: EgressProxy['snapshot'], other: EgressProxy['snapshot']): boolean {
  return (
    one.url === other.url &&
    one.allowPrivate === other.allowPrivate &&
    one.pool === other.pool &&
    one.name === other.name
  );
}

function logChange(log: Log, { snapshot: { name, pool }, isWorking, lastError }: EgressProxy): void {
  if (isWorking) log.info('a proxy works again', { proxy: name, pool });
  else log.info('a proxy does not work: its pool goes on without it', { proxy: name, pool, reason: lastError });
}
