import path from 'node:path';
import { accessChangedChannel, findCaller, isWellFormedKey, keyDigest } from '@ai-bridge/access';
import { catalogChangedChannel, loadSnapshot } from '@ai-bridge/catalog';
import { listen, openPool, openPrisma } from '@ai-bridge/db';
import { systemClock } from '@ai-bridge/domain';
import { startWorker as beginEpoch } from '@ai-bridge/ledger';
import { createCallerCache } from './callers/caller-cache.ts';
import { openCatalogStore } from './catalog/catalog-store.ts';
import { applyConfigFile } from './config/apply-config-file.ts';
import { createCreditBook } from './credit/index.ts';
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
import { createSettler, recover } from './settlement/index.ts';
import { createShutdown } from './shutdown.ts';
import { createUpstreamPools } from './upstream/pools.ts';
import { readWorkerId, refuseSecondWorker } from './worker-id.ts';

const limiterSweepMs = 60_000;

/** Builds the whole graph of a worker from its environment, recovers what an earlier life left, and starts listening. */
export async function startWorker(environment: Environment) {
  const log = createLog((line) => process.stderr.write(line));
  const pool = openPool({ url: environment.DATABASE_URL, maxConnections: 8, connectTimeoutMs: 2_000, statementTimeoutMs: 5_000, applicationName: 'ai-bridge-worker' });
  const database = countStatements(pool);
  const prisma = openPrisma(pool.pool);
  const workerId = readWorkerId(environment.dataFolder);
  if (!environment.UPSTASH_REDIS_REST_URL) await refuseSecondWorker(database, workerId);
  const journalFolder = path.join(environment.dataFolder, 'journal');
  const { epoch } = await beginEpoch(database, { workerId, address: `${environment.HOST}:${environment.WORKER_PORT}` });
  const journal = await createJournal({ folder: journalFolder, onError: (error) => log.error('journal', error) });
  await recover({ journalFolder, database, workerId, epoch, log });
  await applyConfigFile(environment, prisma, database);

  const clock = systemClock;
  const counters = createCounters();
  const credit = createCreditBook({ database, workerId, epoch, clock, onFenced: () => log.info('another process took this worker over') });
  const settler = createSettler({ database, workerId, journal, credit, clock, deadLetterFile: path.join(environment.dataFolder, 'dead-letters.jsonl'), onError: (error) => log.error('settlement', error) });
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
    clock, callers, limiter, credit, pools, watch, counters,
    recorder: createRecorder(journal, settler),
    catalog: catalog.current,
    onInternalError: (error: unknown, requestId: string) => log.error('request failed', error, { requestId }),
  };
  const listener = listen({
    url: environment.DATABASE_URL,
    applicationName: 'ai-bridge-worker-listen',
    channels: [catalogChangedChannel, accessChangedChannel, ...credit.channels],
    onNotify(channel, payload) {
      if (channel === catalogChangedChannel) catalog.changed();
      else if (channel === accessChangedChannel) callers.forget(payload);
      else credit.onNotify(channel, payload);
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
      ...credit.reasons(),
    ],
    figures: () => figuresOf({ counters, credit, settler, journal, watch, statements: database.statements }),
    metricsToken: environment.METRICS_TOKEN,
  });
  const introspection = createIntrospection({ relay: deps, database, health });
  const server = createServer({ relay: deps, introspection, isDraining: () => draining });
  const address = await startListening(server, environment.WORKER_PORT, environment.HOST);

  const stop = createShutdown({
    server,
    drainSeconds: environment.DRAIN_SECONDS,
    open: () => counters.open,
    startDraining: () => {
      draining = true;
    },
    async close() {
      clearInterval(sweep);
      await settler.drain();
      await credit.stop();
      await journal.close();
      watch.stop();
      catalog.stop();
      await listener.close();
      await pools.close();
      await database.query('UPDATE worker SET stopped_at = now() WHERE id = $1 AND epoch = $2', [workerId, epoch]).catch(() => {});
      await prisma.$disconnect();
      await pool.close();
    },
  });
  return { url: `http://${environment.HOST}:${address.port}`, stop };
}
