import { createHmac } from 'node:crypto';
import type { Clock } from '@ai-bridge/domain';
import type { RedisState } from '@ai-bridge/usage';
import { createSessionAffinity, type SessionAffinity } from '../affinity/session-affinity.ts';
import { openSessionStore } from '../affinity/session-store.ts';
import { SharedAffinity } from '../affinity/shared-affinity.ts';
import { LimitExchange } from '../limits/limit-exchange.ts';
import { createLimiter, type Limiter } from '../limits/limiter.ts';
import { SeenWorkers } from '../limits/seen-workers.ts';
import { Subjects } from '../limits/subject.ts';
import { openUsageStream } from '../limits/usage-stream.ts';
import type { Log } from '../log.ts';
import { openRedis, type RedisPlace } from './open-redis.ts';
import { RedisHealth } from './redis-health.ts';

/** The longest that a request waits for Redis: once, for a conversation that this worker does not know. */
const readTimeoutMs = 150;
const writeTimeoutMs = 1_000;

/** What a request needs that workers may share. */
export interface SharedState {
  readonly affinity: SessionAffinity;
  readonly limiter: Limiter;
  /** For /metrics. */
  figures(): Record<string, number>;
  /** For staff. */
  status(): SharedStateStatus;
  close(): Promise<void>;
}

export interface SharedStateStatus {
  readonly redis: RedisState;
  /** What asking it took the last time that it answered. */
  readonly roundTripMs: number | undefined;
}

/** The only worker of its database keeps all of it in memory. */
export function ownState(clock: Clock, ttlSeconds: number): SharedState {
  return {
    affinity: createSessionAffinity(clock, ttlSeconds),
    limiter: createLimiter(clock),
    figures: () => ({}),
    status: () => ({ redis: 'unused', roundTripMs: undefined }),
    close: async () => {},
  };
}

export interface SharedStateOptions {
  readonly place: RedisPlace;
  /** Known to all workers of an installation and to nobody else: it keeps installations on one Redis apart, and hashes names. */
  readonly pepper: string;
  readonly clock: Clock;
  readonly ttlSeconds: number;
  readonly log: Log;
  readonly workerId: string;
  readonly othersAtStart: number;
}

/** Decides from memory too, and keeps that in step with the other workers through Redis. With Redis away it goes on by itself. */
export async function openSharedState(options: SharedStateOptions): Promise<SharedState> {
  const { place, clock, ttlSeconds, log, workerId, othersAtStart } = options;
  const secret = createHmac('sha256', options.pepper).update('shared state').digest();
  const prefix = `bridge:${createHmac('sha256', secret).update('prefix').digest('base64url').slice(0, 10)}:`;
  const health = new RedisHealth(clock, (isAway, reason) =>
    isAway
      ? log.info('shared state is away: this worker goes on by itself', { reason })
      : log.info('shared state is asked again'),
  );
  const reader = openRedis(place, readTimeoutMs);
  const writer = openRedis(place, writeTimeoutMs);
  const local = createSessionAffinity(clock, ttlSeconds);
  const store = openSessionStore({ reader, writer, prefix: `${prefix}stay:`, secret, ttlSeconds });
  const affinity = new SharedAffinity({ clock, ttlSeconds, local, store, health });
  const subjects = new Subjects(true);
  const exchange = new LimitExchange({
    ...{ clock, workerId, subjects, othersAtStart },
    seen: new SeenWorkers(subjects, workerId),
    stream: openUsageStream(writer, `${prefix}limits`),
    onFailed: (error) => health.failed(error),
  });
  await exchange.start();
  return {
    affinity,
    limiter: createLimiter(clock, subjects, exchange),
    figures: () => ({
      bridge_workers_seen: exchange.workers,
      bridge_shared_state_away: exchange.isKnown ? 0 : 1,
      bridge_shared_state_failures_total: health.failures,
      bridge_session_lookups_total: affinity.lookups,
    }),
    status: () => ({ redis: exchange.isKnown ? 'reachable' : 'away', roundTripMs: exchange.roundTripMs }),
    async close() {
      await affinity.close();
      await exchange.close();
    },
  };
}
