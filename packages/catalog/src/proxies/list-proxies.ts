import type { PrismaSession } from '@ai-bridge/db';
import type { ProxyOrigin } from './columns.ts';
import type { ProxyScheme } from './proxy-url.ts';

/** What a worker wrote longer ago than this is of a worker that is gone; they write every 5 s. */
const freshForMs = 20_000;

/** A proxy as staff see it: where it is, never its user and password. */
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
  readonly createdAt: Date;
  /** Names of the enabled channels that go out through its pool. */
  readonly channels: readonly string[];
  /** How each worker sees it now; empty while none does. */
  readonly states: readonly ProxyState[];
}

export interface ProxyState {
  readonly workerId: string;
  readonly isHealthy: boolean;
  /** How long the last check took to reach an upstream through it. */
  readonly latencyMs: number | undefined;
  /** Requests under way through it. */
  readonly inFlight: number;
  readonly lastError: string | undefined;
  readonly lastErrorAt: Date | undefined;
  readonly updatedAt: Date;
}

/** Every proxy by pool and name, with its state. */
export async function listProxies(session: PrismaSession, now: Date = new Date()): Promise<ProxyView[]> {
  const fresh = { updatedAt: { gt: new Date(now.getTime() - freshForMs) } };
  const rows = await session.egressProxy.findMany({
    orderBy: [{ pool: 'asc' }, { name: 'asc' }],
    omit: { urlSealed: true },
  });
  const states = await session.egressState.findMany({ where: fresh, orderBy: { workerId: 'asc' } });
  const users = await session.channel.findMany({
    where: { enabled: true, egressPool: { not: null } },
    select: { name: true, egressPool: true },
    orderBy: { name: 'asc' },
  });
  return rows.map(({ updatedAt: _, ...row }) => ({
    ...row,
    scheme: row.scheme as ProxyScheme,
    origin: row.origin as ProxyOrigin,
    channels: users.filter(({ egressPool }) => egressPool === row.pool).map(({ name }) => name),
    states: states.filter(({ proxyId }) => proxyId === row.id).map(stateView),
  }));
}

function stateView(row: Awaited<ReturnType<PrismaSession['egressState']['findMany']>>[number]): ProxyState {
  const { workerId, isHealthy, inFlight, updatedAt } = row;
  return {
    ...{ workerId, isHealthy, inFlight, updatedAt },
    latencyMs: row.latencyMs ?? undefined,
    lastError: row.lastError ?? undefined,
    lastErrorAt: row.lastErrorAt ?? undefined,
  };
}
