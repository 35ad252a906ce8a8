import type { PrismaSession } from '@ai-bridge/db';
import { stateStaleSeconds } from '../channels/channel-health.ts';
import type { ProxyOrigin } from './columns.ts';
import type { ProxyScheme } from './proxy-url.ts';

/** A proxy as staff see it: where it is and how it does, never its user and password. */
export interface ProxyView {
  readonly id: string;
  readonly name: string;
  readonly pool: string;
  readonly scheme: ProxyScheme;
  /** host:port */
  readonly host: string;
  readonly allowPrivate: boolean;
  readonly enabled: boolean;
  readonly origin: ProxyOrigin;
  /** False where any worker cannot get through; undefined while none says. */
  readonly isHealthy: boolean | undefined;
  /** The longest that any worker's last check took to reach an upstream through it. */
  readonly latencyMs: number | undefined;
  /** Requests under way through it. */
  readonly inFlight: number;
  readonly lastError: string | undefined;
  readonly lastErrorAt: Date | undefined;
}

/** Every proxy by pool and name, with what the workers see of it now. */
export async function listProxies(session: PrismaSession, now: Date = new Date()): Promise<ProxyView[]> {
  const fresh = { updatedAt: { gt: new Date(now.getTime() - stateStaleSeconds * 1_000) } };
  const rows = await session.egressProxy.findMany({ orderBy: [{ pool: 'asc' }, { name: 'asc' }] });
  const states = await session.egressState.findMany({ where: fresh, orderBy: { lastErrorAt: 'desc' } });
  return rows.map(({ id, name, pool, host, scheme, origin, allowPrivate, enabled }) => ({
    ...{ id, name, pool, host, allowPrivate, enabled },
    scheme: scheme as ProxyScheme,
    origin: origin as ProxyOrigin,
    ...seen(states.filter(({ proxyId }) => proxyId === id)),
  }));
}

type StateRow = Awaited<ReturnType<PrismaSession['egressState']['findMany']>>[number];

/** What several workers see, as one. */
function seen(states: readonly StateRow[]) {
  const latencies = states.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]));
  const failed = states.find(({ lastErrorAt }) => lastErrorAt !== null);
  return {
    isHealthy: states.length > 0 ? states.every(({ isHealthy }) => isHealthy) : undefined,
    latencyMs: latencies.length > 0 ? Math.max(...latencies) : undefined,
    inFlight: states.reduce((sum, { inFlight }) => sum + inFlight, 0),
    lastError: failed?.lastError ?? undefined,
    lastErrorAt: failed?.lastErrorAt ?? undefined,
  };
}
