import {
  findCaller,
  findOwnKey,
  isWellFormedKey,
  keyDigest,
  noteKeyUses,
  type SealedOwnKey,
} from '@ai-bridge/access/callers';
import {
  type CatalogSnapshot,
  findPrice,
  loadChannel,
  loadProxy,
  loadSnapshot,
  ownKeyChannel,
} from '@ai-bridge/catalog';
import { systemClock } from '@ai-bridge/domain';
import { addModelHealth, forgetModelHealth, writeWorkerReport } from '@ai-bridge/usage';
import { createBatchDesk } from './batches/batch-desk.ts';
import { openBooks } from './bookkeeping.ts';
import { createCallerCache } from './callers/caller-cache.ts';
import { clientAddresses } from './callers/client-address.ts';
import { KeyUseTally } from './callers/key-use.ts';
import { withOwnChannels } from './callers/relay-caller.ts';
import { openCatalogStore } from './catalog/catalog-store.ts';
import { followChanges } from './changes.ts';
import { watchChannels } from './channels/index.ts';
import { createOwnKeyBoard } from './channels/own-key-board.ts';
import { RetryBudget } from './channels/retry-budget.ts';
import { openDatabases } from './databases.ts';
import type { Environment } from './env.ts';
import { createCounters } from './health/counters.ts';
import { figuresOf } from './health/figures.ts';
import { createHealth } from './health/index.ts';
import { ModelTally } from './health/model-tally.ts';
import { publishReports } from './health/publish-report.ts';
import { createIntrospection } from './introspection/index.ts';
import { startJobs } from './jobs/index.ts';
import { createChannelGate } from './limits/channel-gate.ts';
import { learnChannelSpends } from './limits/learn-channel-spends.ts';
import { learnSpends } from './limits/learn-spends.ts';
import { Spends } from './limits/spends.ts';
import { startListening } from './listening.ts';
import { createLog } from './log.ts';
import { createObjectStore } from './objects/object-store.ts';
import { startAdopting } from './processes/adopt-slots.ts';
import { onlySeat, type Seat } from './processes/seat.ts';
import { slotFolder } from './processes/slot-folder.ts';
import type { RelayDeps } from './relay/deps.ts';
import { createRecorder } from './relay/recorder.ts';
import { createWatch } from './relay/watch.ts';
import { createServer } from './server.ts';
import { openSharedState, ownState } from './shared-state/shared-state.ts';
import { createShutdown } from './shutdown.ts';
import { createChannelTasks } from './tasks/channel-tasks.ts';
import { createEgressTasks } from './tasks/egress-tasks.ts';
import { createOwnKeyTasks } from './tasks/own-key-tasks.ts';
import { createTaskDesk } from './tasks/task-desk.ts';
import { createUpstreamPools } from './upstream/pools.ts';
import { createProxies } from './upstream/proxies/proxies.ts';
import { publishProxyStates } from './upstream/proxies/publish-states.ts';
import { version } from './version.ts';
import { joinWorkers, readWorkerId, sharedStateId, workerIdsOf } from './worker-id.ts';

const limiterSweepMs = 60_000;

/** Builds the whole graph of a worker process from its environment and starts listening. */
export async function startWorker(environment: Environment, seat: Seat = onlySeat) {
  const { slot, processes } = seat;
  const isOneOfMany = processes > 1;
  const clock = systemClock;
  const log = createLog((line) => process.stderr.write(line), isOneOfMany ? { process: slot } : {});
  const databases = openDatabases(environment.DATABASE_URL);
  const dataFolder = slotFolder(environment.dataFolder, slot);
  const workerId = readWorkerId(dataFolder);
  const sharedState = sharedStateId(environment.sharedState);
  const strangers = await joinWorkers(databases.main, workerIdsOf(environment.dataFolder), sharedState);
  const othersAtStart = strangers + processes - 1;
  const address = `${environment.HOST}:${environment.WORKER_PORT}${isOneOfMany ? ` #${slot}` : ''}`;
  const counters = createCounters();
  const books = await openBooks({ databases, clock, log, workerId, address, sharedState, dataFolder });
  const adopting =
    slot === 1
      ? startAdopting({ database: databases.main, log, dataFolder, processes, deadLetters: books.deadLetters })
      : undefined;
  const spends = new Spends(clock);
  const learnSpendsOf = ({ channels }: CatalogSnapshot) =>
    learnChannelSpends(spends, channels, { database: databases.main, clock });
  const catalog = await openCatalogStore(
    async (now) => {
      const snapshot = await loadSnapshot(databases.prisma, {
        now,
        sealingKey: environment.BRIDGE_SEALING_KEY,
        onChannelLeftOut: (channel) => log.info('a channel is left out: its credential does not open', { channel }),
        onProxyLeftOut: (proxy) => log.info('a proxy is left out: its URL does not open', { proxy }),
      });
      // A limit that is new holds at once.
      await learnSpendsOf(snapshot);
      return snapshot;
    },
    clock,
    (error) => log.error('catalog', error),
  );
  const openOwnKey = (key: SealedOwnKey) =>
    ownKeyChannel(key, environment.ownKeyPlaces[key.preset], environment.BRIDGE_SEALING_KEY);
  const callers = createCallerCache({
    clock,
    isWellFormed: isWellFormedKey,
    async find(presented) {
      const caller = await findCaller(databases.prisma, keyDigest(presented, environment.BRIDGE_KEY_PEPPER));
      if (caller) await learnSpends(spends, caller, { database: databases.main, clock });
      return (
        caller &&
        withOwnChannels(caller, openOwnKey, (ownKey) =>
          log.info('an own key is left out: its seal does not open', { ownKey }),
        )
      );
    },
  });
  const proxies = createProxies({ catalog: catalog.current, clock, log });
  const pools = createUpstreamPools(proxies);
  const shared = environment.sharedState
    ? await openSharedState({
        ...{ place: environment.sharedState, pepper: environment.BRIDGE_KEY_PEPPER },
        ...{ clock, log, workerId, othersAtStart, ttlSeconds: environment.SESSION_TTL },
      })
    : ownState(clock, environment.SESSION_TTL);
  const channels = watchChannels({
    ...{ clock, database: databases.main, workerId, pools },
    sent: (channelId) => shared.limiter.sent(channelId, clock.now()),
    channels: () => catalog.current().channels,
    onError: (error) => log.error('channel states', error),
  });
  const models = new ModelTally({
    clock,
    add: (sums) => addModelHealth(databases.main, sums),
    forget: (before) => forgetModelHealth(databases.main, before),
    onError: (error) => log.error('model health', error),
  });
  const addressOf = clientAddresses(environment.TRUSTED_PROXIES);
  const keyUses = new KeyUseTally({
    addressOf,
    note: (uses) => noteKeyUses(databases.main, uses),
    onError: (error) => log.error('key use', error),
  });
  const deps: RelayDeps = {
    clock,
    callers,
    addressOf,
    keyUses,
    limiter: shared.limiter,
    spends,
    gate: createChannelGate(shared.limiter, spends, clock),
    credit: books.credit,
    recorder: createRecorder(books.journal, books.settler),
    objects: createObjectStore(databases.main, (error) => log.error('objects', error)),
    pools,
    health: channels.board,
    ownHealth: createOwnKeyBoard(clock),
    waysOut: proxies,
    models,
    retries: new RetryBudget(),
    affinity: shared.affinity,
    batches: createBatchDesk(databases.main, environment.BATCH_POLL_MS),
    watch: createWatch(clock),
    counters,
    catalog: catalog.current,
    onInternalError: (error, requestId) => log.error('request failed', error, { requestId }),
  };
  const proxyStates = publishProxyStates({
    ...{ database: databases.main, workerId, proxies },
    isPaused: () => books.health.isAway,
    onError: (error) => log.error('proxy states', error),
  });
  const tasks = createTaskDesk({
    ...{ sql: databases.main, workerId },
    handlers: {
      ...createChannelTasks({
        load: (channelId) => loadChannel(databases.prisma, channelId, environment.BRIDGE_SEALING_KEY),
        pools: deps.pools,
        resetChannel: channels.board.reset,
        log,
      }),
      ...createEgressTasks({
        load: (proxyId) => loadProxy(databases.prisma, proxyId, environment.BRIDGE_SEALING_KEY),
        ...{ clock, catalog: catalog.current, log },
      }),
      ...createOwnKeyTasks({
        find: (ownKeyId) => findOwnKey(databases.prisma, ownKeyId),
        open: openOwnKey,
        ...{ catalog: deps.catalog, pools, board: deps.ownHealth, log },
      }),
    },
    onError: (error, task) => log.error('a task failed', error, { taskId: task?.id }),
  });
  const changes = followChanges(environment.DATABASE_URL, { callers, catalog, credit: books.credit, tasks });
  const jobs = startJobs({
    ...{ database: databases.main, desk: deps.batches, pools: deps.pools, clock, log, catalog: catalog.current },
    pollMs: environment.BATCH_POLL_MS,
    learnChannelSpends: () => (books.health.isAway ? Promise.resolve() : learnSpendsOf(catalog.current())),
    findPrice: (id) => findPrice(databases.prisma, id),
  });
  const sweep = setInterval(() => {
    deps.limiter.sweep(clock.now());
    spends.sweep(clock.now());
  }, limiterSweepMs);
  let isDraining = false;
  const isHeld = () => catalog.current().settings.maintenance === 'consoleAndRelay';
  const figures = () => ({
    ...figuresOf({
      ...{ ...deps, ...books, proxies, health: channels.board },
      ...{ statements: databases.statements(), isHeld: isHeld() },
    }),
    ...shared.figures(),
  });
  const health = createHealth({
    metricsToken: environment.METRICS_TOKEN,
    isHeld,
    figures: () => seat.allFigures(figures()),
    reasons: () => [
      ...(isDraining ? ['draining'] : []),
      ...(books.journal.isFull ? ['the journal is full or its disk has failed'] : []),
      ...(books.credit.status().isFenced ? ['another process took the place of this worker'] : []),
      ...(books.health.isAway ? ['the database is away: requests run on credit already leased'] : []),
    ],
  });
  const introspection = createIntrospection({ relay: deps, database: databases.main, health });
  const server = createServer({
    relay: deps,
    introspection,
    consoleUrl: environment.consoleUrl,
    isDraining: () => isDraining,
  });
  const listening = await startListening(server.listener, environment.WORKER_PORT, environment.HOST);
  const reports = publishReports({
    clock,
    sources: {
      ...{ version, counters, settler: books.settler, journal: books.journal, watch: deps.watch },
      sharedState: shared.status,
      isDraining: () => isDraining,
    },
    write: (report, counts) => writeWorkerReport(databases.main, workerId, report, counts),
    isPaused: () => books.health.isAway,
    onError: (error) => log.error('worker report', error),
  });
  const stop = createShutdown({
    server,
    drainSeconds: environment.DRAIN_SECONDS,
    open: () => counters.open,
    startDraining: () => {
      isDraining = true;
      void reports.publish();
    },
    async close() {
      clearInterval(sweep);
      await adopting?.stop();
      await shared.close();
      await proxyStates.close();
      await channels.close();
      await models.close();
      await keyUses.close();
      await jobs.stop();
      await deps.objects.close();
      await reports.close();
      await books.close();
      deps.watch.stop();
      catalog.stop();
      await changes.close();
      await deps.pools.close();
      await tasks.close();
      await proxies.close();
      await databases.close();
    },
  });
  return { url: `http://${environment.HOST}:${listening.port}`, stop, figures };
}
