import { countOpenAlarms, readInboxState } from '@ai-bridge/billing';
import { listChannels } from '@ai-bridge/catalog';
import { type Database, type PrismaClient, readDatabaseState } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import { type MailDeps, readMailQueueState } from '@ai-bridge/mail';
import {
  listFailureCauses,
  listWorkers,
  modelHealthStepMs,
  readFirstBytes,
  readModelDays,
  readModelHealth,
  readRequestMinutes,
} from '@ai-bridge/usage';
import { marginSums } from '#features/reconciliation/server/margin-sums.ts';
import type { EnvironmentFacts } from '#features/site-setting/server/environment-facts.ts';
import { utcDayStart } from '#features/usage/days.ts';
import { remembered } from '#server/remembered.ts';

/** Minutes that the chart and the causes of failures go back. */
const shownMinutes = 60;
/** How far back first bytes are looked at. */
const firstByteMs = 15 * 60_000;
const maxCauses = 20;
/** However many look, the database is asked once in this time. */
const freshMs = 2_000;
/** What changes slowly, and is dearer to ask for. */
const slowFreshMs = 30_000;

export interface OperationsDeps {
  readonly prisma: PrismaClient;
  readonly database: Database;
  readonly clock: Clock;
  readonly mail: MailDeps;
  readonly environment: EnvironmentFacts;
  /** Who takes the money here; undefined: nobody, so that nothing can be bought. */
  readonly paymentProvider: { readonly name: string; readonly livemode: boolean } | undefined;
}

export type OperationsReader = ReturnType<typeof createOperationsReader>;
export type Operations = Awaited<ReturnType<OperationsReader['read']>>;

/** Reads how the whole site does just now. One per process. */
export function createOperationsReader(deps: OperationsDeps) {
  const { prisma, database, clock, mail, environment, paymentProvider } = deps;
  const nowMs = clock.monotonicMs;
  const slow = remembered({
    read: async () => {
      const [days, openAlarms] = await Promise.all([
        readModelDays(database, utcDayStart(clock.now(), 0)),
        countOpenAlarms(database),
      ]);
      return { margins: marginSums(days), openAlarms };
    },
    ...{ freshMs: slowFreshMs, nowMs },
  });

  async function read() {
    const now = new Date(clock.now());
    const since = new Date(now.getTime() - (now.getTime() % modelHealthStepMs) - firstByteMs);
    // Alone: beside the others it would wait for a connection.
    const postgres = await readDatabaseState(database, nowMs);
    const [workers, minutes, causes, firstBytes, models, channels, payments, mails, rest] = await Promise.all([
      listWorkers(database),
      readRequestMinutes(database, shownMinutes),
      listFailureCauses(database, { minutes: shownMinutes, limit: maxCauses }),
      readFirstBytes(database, since),
      readModelHealth(database, { from: since, to: now }),
      listChannels(prisma),
      paymentProvider && readInboxState(database, paymentProvider.name),
      readMailQueueState(database, now),
      slow(''),
    ]);
    const nameOf = new Map(channels.map(({ id, name }) => [id, name]));
    return {
      readAt: now,
      workers,
      minutes,
      causes: causes.map((cause) => ({
        ...cause,
        channelName: cause.channelId === null ? null : (nameOf.get(cause.channelId) ?? null),
      })),
      firstBytes,
      models: models.toSorted((a, b) => b.requests - a.requests),
      channels: channels
        .filter(({ enabled }) => enabled)
        .map(({ id, name, origin, drainingSince, health }) => ({
          ...{ id, name, isDemo: origin === 'demo', isDraining: drainingSince !== null },
          state: health?.state ?? null,
          inFlight: health?.inFlight ?? 0,
        })),
      postgres,
      hasRedis: environment.hasRedis,
      payments: paymentProvider && payments ? { ...payments, provider: paymentProvider.name } : null,
      isTestMoney: paymentProvider !== undefined && !paymentProvider.livemode,
      mail: { ...mails, hasSmtp: mail.transport !== undefined },
      margins: rest.margins,
      openAlarms: rest.openAlarms,
    };
  }

  const shared = remembered({ read, freshMs, nowMs });
  return { read: () => shared('') };
}
