import { type CatalogSnapshot, type EgressTestResult, type ProxySnapshot, SealError } from '@ai-bridge/catalog';
import type { Clock } from '@ai-bridge/domain';
import type { Log } from '../log.ts';
import { publicLookup } from '../upstream/egress-guard.ts';
import { EgressError } from '../upstream/proxies/egress-error.ts';
import { maxOriginsPerCheck } from '../upstream/proxies/health-checks.ts';
import { originsBehind } from '../upstream/proxies/proxies.ts';
import { reachThrough } from '../upstream/proxies/reach-through.ts';
import { type OpenTunnel, tunnelsThrough } from '../upstream/proxies/tunnel.ts';
import type { TaskHandlers } from './channel-tasks.ts';

export interface EgressTasksDeps {
  /** A proxy as it is now in the database. Throws SealError. */
  load(proxyId: string): Promise<ProxySnapshot | undefined>;
  catalog(): Pick<CatalogSnapshot, 'channels'>;
  readonly clock: Clock;
  readonly log: Log;
}

type Way = EgressTestResult['ways'][number];

/** What staff may ask of a worker about a proxy: to connect through it to its channels' upstreams. No request goes out. */
export function createEgressTasks(deps: EgressTasksDeps): Pick<TaskHandlers, 'egress.test'> {
  const { clock, log } = deps;
  return {
    async 'egress.test'(proxyId) {
      const proxy = await opened(proxyId, deps);
      if ('kind' in proxy) return { isOk: false, ways: [], failure: proxy };
      const origins = originsBehind(proxy.pool, deps.catalog()).slice(0, maxOriginsPerCheck);
      const openTunnel = tunnelsThrough(proxy, publicLookup);
      const asked = origins.length > 0 ? origins : [undefined];
      const ways = await Promise.all(asked.map((origin) => tried(openTunnel, origin, clock)));
      const isOk = ways.some(({ error }) => error === undefined);
      log.info('a proxy was tested', { proxy: proxy.name, pool: proxy.pool, isOk });
      return { isOk, ways };
    },
  };
}

async function opened(
  proxyId: string,
  { load }: EgressTasksDeps,
): Promise<ProxySnapshot | NonNullable<EgressTestResult['failure']>> {
  try {
    return (await load(proxyId)) ?? { kind: 'not_found', text: 'the proxy is gone' };
  } catch (error) {
    if (error instanceof SealError) return { kind: 'seal', text: error.message };
    throw error;
  }
}

async function tried(openTunnel: OpenTunnel, origin: string | undefined, clock: Clock): Promise<Way> {
  const upstream = origin === undefined ? {} : { upstream: new URL(origin).host };
  const beganMs = clock.monotonicMs();
  try {
    await reachThrough(openTunnel, origin);
    return { ...upstream, latencyMs: Math.round(clock.monotonicMs() - beganMs) };
  } catch (error) {
    // Only these are known to name neither user nor password.
    if (error instanceof EgressError) return { ...upstream, error: error.message };
    throw error;
  }
}
