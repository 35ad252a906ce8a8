import type { RequestCounts, WorkerReport } from '@ai-bridge/usage';
import type { Journal } from '../journal/index.ts';
import type { Watch } from '../relay/watch.ts';
import type { Settler } from '../settlement/index.ts';
import type { SharedStateStatus } from '../shared-state/shared-state.ts';
import type { Counters } from './counters.ts';

export interface ReportSources {
  readonly version: string;
  readonly counters: Counters;
  readonly settler: Pick<Settler, 'status'>;
  readonly journal: Pick<Journal, 'status'>;
  readonly watch: Pick<Watch, 'size'>;
  sharedState(): SharedStateStatus;
  isDraining(): boolean;
}

/** The counters as they stood at a report that arrived: what came since is told by the next one. */
export interface Told {
  readonly atMs: number;
  readonly requests: number;
  readonly succeeded: number;
  readonly refused: number;
  readonly failed: number;
  readonly writeGroups: number;
  readonly writeMs: number;
}

/** How the counters stand. @param nowMs monotonic */
export function toldNow({ counters, journal }: ReportSources, nowMs: number): Told {
  const { byClass, requests, held } = counters;
  const { writeGroups, writeMs } = journal.status();
  return {
    atMs: nowMs,
    requests,
    succeeded: (byClass[2] ?? 0) + (byClass[3] ?? 0),
    // What is held on purpose is no failure that somebody should look into.
    refused: (byClass[4] ?? 0) + held,
    failed: (byClass[5] ?? 0) + (byClass[0] ?? 0) - held,
    ...{ writeGroups, writeMs },
  };
}

/** Requests between two such moments. */
export function countsSince(before: Told, now: Told): RequestCounts {
  return {
    requests: now.requests - before.requests,
    succeeded: now.succeeded - before.succeeded,
    refused: now.refused - before.refused,
    failed: now.failed - before.failed,
  };
}

/** What the worker says of itself: counters that exist anyway, read now and then. */
export function reportOf(sources: ReportSources, before: Told, now: Told): WorkerReport {
  const { counters, settler, journal, watch } = sources;
  const { bytes, maxBytes, oldestMs, isFailed, isFull } = journal.status();
  const settling = settler.status();
  const { redis, roundTripMs } = sources.sharedState();
  const writes = now.writeGroups - before.writeGroups;
  const seconds = Math.max(1, now.atMs - before.atMs) / 1_000;
  return {
    version: sources.version,
    isDraining: sources.isDraining(),
    requestsPerSecond: (now.requests - before.requests) / seconds,
    requestsOpen: counters.open,
    attemptsOpen: watch.size,
    unsettled: settling.unsettled,
    oldestUnsettledMs: settling.oldestUnsettledMs,
    deadLetters: settling.deadLetters,
    journalBytes: bytes,
    journalMaxBytes: maxBytes,
    journalOldestMs: oldestMs,
    journalState: isFailed ? 'failed' : isFull ? 'full' : 'open',
    journalWriteMs: writes === 0 ? undefined : (now.writeMs - before.writeMs) / writes,
    settleMs: settling.lastBatchMs,
    redis,
    redisMs: roundTripMs,
    memoryBytes: process.memoryUsage.rss(),
  };
}
