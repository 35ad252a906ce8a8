import type { HealthBoard } from '../channels/health-board.ts';
import type { CreditBook } from '../credit/index.ts';
import type { Journal } from '../journal/index.ts';
import type { Watch } from '../relay/watch.ts';
import type { Settler } from '../settlement/index.ts';
import type { EgressProxy } from '../upstream/proxies/egress-proxy.ts';
import type { Proxies } from '../upstream/proxies/proxies.ts';
import type { Counters } from './counters.ts';

export interface FigureSources {
  readonly counters: Counters;
  readonly credit: CreditBook;
  readonly settler: Settler;
  readonly journal: Journal;
  readonly watch: Watch;
  readonly proxies: Proxies;
  readonly health: HealthBoard;
  /** SQL statements sent so far by everything in this process. */
  readonly statements: number;
  /** New requests are refused for maintenance. */
  readonly isHeld: boolean;
}

/** What /metrics shows. Amounts are USD here: a monitoring system has no bigint, and nothing is charged by these. */
export function figuresOf({
  counters,
  credit,
  settler,
  journal,
  watch,
  proxies,
  health,
  statements,
  isHeld,
}: FigureSources): Record<string, number> {
  const leases = credit.status();
  const settling = settler.status();
  const journaled = journal.status();
  return {
    bridge_requests_total: counters.requests,
    bridge_requests_open: counters.open,
    'bridge_answers_total{class="2xx"}': counters.byClass[2] ?? 0,
    'bridge_answers_total{class="3xx"}': counters.byClass[3] ?? 0,
    'bridge_answers_total{class="4xx"}': counters.byClass[4] ?? 0,
    'bridge_answers_total{class="5xx"}': counters.byClass[5] ?? 0,
    bridge_rejected_total: counters.rejected,
    bridge_relay_held: isHeld ? 1 : 0,
    bridge_held_total: counters.held,
    bridge_attempts_total: counters.attempts,
    bridge_attempts_failed_total: counters.failedAttempts,
    bridge_attempts_open: watch.size,
    bridge_clients_left_total: counters.clientsLeft,
    bridge_database_statements_total: statements,
    bridge_unsettled: settling.unsettled,
    bridge_settled_total: settling.settled,
    bridge_settlement_batches_total: settling.batches,
    bridge_dead_letters: settling.deadLetters,
    bridge_journal_bytes: journaled.bytes,
    bridge_journal_writes_total: journaled.writeGroups,
    bridge_credit_organizations: leases.organizations,
    bridge_credit_leased_usd: Number(leases.leasedNanoUsd) / 1e9,
    bridge_credit_reserved_usd: Number(leases.reservedNanoUsd) / 1e9,
    bridge_credit_waiting: leases.waiting,
    bridge_memory_bytes: process.memoryUsage.rss(),
    ...figuresOfProxies(proxies),
    ...channelFigures(health),
  };
}

/** 0: takes every request; 1: one at a time; 2: ejected. */
const stateFigures = { closed: 0, half_open: 1, open: 2 } as const;

function channelFigures(health: HealthBoard): Record<string, number> {
  const figures: Record<string, number> = {};
  const channels = [...health.entries()];
  for (const [id, { state }] of channels) figures[`bridge_channel_state{channel="${id}"}`] = stateFigures[state];
  for (const [id, { inFlight }] of channels) figures[`bridge_channel_attempts_open{channel="${id}"}`] = inFlight;
  for (const [id, { attempts }] of channels) figures[`bridge_channel_attempts_total{channel="${id}"}`] = attempts;
  for (const [id, { failures }] of channels)
    figures[`bridge_channel_attempts_failed_total{channel="${id}"}`] = failures;
  return figures;
}

/** Of each proxy by name, which has nothing in it that a label would have to quote. */
function figuresOfProxies(proxies: Proxies): Record<string, number> {
  const all = [...proxies.all()];
  const figures: Record<string, number> = {};
  for (const [name, read] of Object.entries(proxyFigures)) {
    for (const proxy of all) figures[`${name}{proxy="${proxy.snapshot.name}"}`] = read(proxy);
  }
  return figures;
}

const proxyFigures: Record<string, (proxy: EgressProxy) => number> = {
  bridge_proxy_healthy: ({ isWorking }) => (isWorking ? 1 : 0),
  bridge_proxy_latency_ms: ({ latencyMs }) => latencyMs ?? Number.NaN,
  bridge_proxy_requests_open: ({ inFlight }) => inFlight,
  bridge_proxy_requests_total: ({ requests }) => requests,
  bridge_proxy_failures_total: ({ failures }) => failures,
};
