import path from 'node:path';
import { accessChangedChannel, findCaller, isWellFormedKey, keyDigest } from '@ai-bridge/access/callers';
import { catalogChangedChannel, loadSnapshot } from '@ai-bridge/catalog';
import { listen, openPool, openPrisma } from '@ai-bridge/db';
import { systemClock } from '@ai-bridge/domain';
import { startWorker as beginLife, ledgerChannels } from '@ai-bridge/ledger';
import { createCallerCache } from './callers/caller-cache.ts';
import { openCatalogStore } from './catalog/catalog-store.ts';
import { createCreditBook, createDatabaseHealth } from './credit/index.ts';
import { countStatements } from './database-counter.ts';
import type { Environment } from './env.ts';
import { createCounters } from './health/counters.ts';
import { figuresOf } from './health/figures.ts';
import { createHealth } from './health/index.ts';
import { createIntrospection } from './introspection/index.ts';
import { createJournal } from './journal/index.ts';
import { createLimiter } from './limits/limiter.ts';
import { startListening } from './listening.ts';
import { createLog } from './log.ts';
import { createRecorder } from './relay/recorder.ts';
import { createWatch } from './relay/watch.ts';
import { createServer } from './server.ts';
import { createSettler, openDeadLetters, recover } from './settlement/index.ts';
import { createShutdown } from './shutdown.ts';
import { createUpstreamPools } from './upstream/pools.ts';
import { readWorkerId, refuseSecondWorker } from './worker-id.ts';

const limiterSweepMs = 60_000;
/** How long the last outcomes may take into Postgres at the end; what is left then stays in the journal. */
const settleAtEndMs = 10_000;

/** Builds the whole graph of a worker from its environment, recovers what an earlier life left, and starts listening. */
export async function startWorker(environment: Environment) {
  const log = createLog((line) => process.stderr.write(line));
  const pool = openPool({
    url: environment.DATABASE_URL,
    maxConnections: 8,
    connectTimeoutMs: 2_000,
    statementTimeoutMs: 5_000,
    applicationName: 'ai-bridge-worker',
  });
  const database = countStatements(pool);
  const prisma = openPrisma(pool.pool);
  const workerId = readWorkerId(environment.dataFolder);
  if (!environment.UPSTASH_REDIS_REST_URL) await refuseSecondWorker(database, workerId);
  const clock = systemClock;
  const deadLetters = openDeadLetters(environment.dataFolder);
  const journal = await createJournal({
    folder: path.join(environment.dataFolder, 'journal'),
    onError: (error) => log.error('journal', error),
  });
  const address = `${environment.HOST}:${environment.WORKER_PORT}`;
  const { epoch } = await beginLife(database, { workerId, address: `${environment.HOST}:${environment.WORKER_PORT}` });
  const recovered = await recover({
    database,
    workerId,
    deadLetters,
    epoch,
    files: journal.earlier,
    quarantineFolder: environment.dataFolder,
  });
  if (recovered.outcomes + recovered.interrupted > 0) log.info('settled what an earlier life left', { ...recovered });

  const counters = createCounters();
  const databaseHealth = createDatabaseHealth({ clock, probe: () => database.query('SELECT 1') });
  const credit = createCreditBook({
    database,
    health: databaseHealth,
    workerId,
    epoch,
    clock,
    address,
    onFenced: () => log.info('another process took the place of this worker'),
    onError: (error) => log.error('credit', error),
  });
  const settler = createSettler({
    database,
    health: databaseHealth,
    workerId,
    deadLetters,
    journal,
    credit,
    clock,
    onError: (error) => log.error('settlement', error),
  });
  const catalog = await openCatalogStore(
    () => loadSnapshot(prisma, { sealingKey: environment.BRIDGE_SEALING_KEY, now: new Date() }),
    (error) => log.error('catalog', error),
  );
  const callers = createCallerCache({
    clock,
    isWellFormed: isWellFormedKey,
    find: (presented) => findCaller(prisma, keyDigest(presented, environment.BRIDGE_KEY_PEPPER)),
  });
  const limiter = createLimiter();
  const watch = createWatch(clock);
  const pools = createUpstreamPools();
  let draining = false;
  const deps = {
    clock,
    callers,
    limiter,
    credit,
    pools,
    watch,
    counters,
    recorder: createRecorder(journal, settler),
    catalog: catalog.current,
    onInternalError: (error: unknown, requestId: string) => log.error('request failed', error, { requestId }),
  };
  const listener = listen({
    url: environment.DATABASE_URL,
    applicationName: 'ai-bridge-worker-listen',
    channels: [catalogChangedChannel, accessChangedChannel, ledgerChannels.recall, ledgerChannels.balance],
    onNotify(channel, payload) {
      if (channel === catalogChangedChannel) catalog.changed();
      else if (channel === accessChangedChannel) callers.forget(payload);
      else if (channel === ledgerChannels.recall) credit.recalled(payload);
      else credit.creditArrived(payload);
    },
    onConnect() {
      callers.forgetAll();
      callers.setConnected(true);
      catalog.changed();
    },
    onDisconnect: () => callers.setConnected(false),
  });
  const sweep = setInterval(() => limiter.sweep(clock.now()), limiterSweepMs);
  sweep.unref();

  const health = createHealth({
    reasons: () => [
      ...(draining ? ['draining'] : []),
      ...(journal.isFull ? ['the journal is full or its disk has failed'] : []),
      ...(credit.status().isFenced ? ['another process took the place of this worker'] : []),
      ...(databaseHealth.isAway ? ['the database is away: requests run on credit already leased'] : []),
    ],
    figures: () => figuresOf({ counters, credit, settler, journal, watch, statements: database.statements }),
    metricsToken: environment.METRICS_TOKEN,
  });
  const introspection = createIntrospection({ relay: deps, database, health });
  const server = createServer({ relay: deps, introspection, isDraining: () => draining });
  const listening = await startListening(server, environment.WORKER_PORT, environment.HOST);

  const stop = createShutdown({
    server,
    drainSeconds: environment.DRAIN_SECONDS,
    open: () => counters.open,
    startDraining: () => {
      draining = true;
    },
    async close() {
      clearInterval(sweep);
      await settler.drain(settleAtEndMs);
      settler.stop();
      // With the database away the leases run out by themselves; the rest of the way down goes on.
      await credit.stop().catch((error) => log.error('credit', error));
      databaseHealth.stop();
      await journal.close();
      watch.stop();
      catalog.stop();
      await listener.close();
      await pools.close();
      await database
        .query('UPDATE worker SET stopped_at = now() WHERE id = $1 AND epoch = $2', [workerId, epoch])
        .catch(() => {});
      await prisma.$disconnect();
      await pool.close();
    },
  });
  return { url: `http://${environment.HOST}:${listening.port}`, stop };
}
