import type { RequestCounts, WorkerReport } from '@ai-bridge/usage';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCounters } from './counters.ts';
import { publishReports, type ReportPublisher, reportEveryMs } from './publish-report.ts';
import type { ReportSources } from './report-figures.ts';

let publisher: ReportPublisher;
beforeEach(() => void vi.useFakeTimers());
afterEach(async () => {
  await publisher.close();
  vi.useRealTimers();
});

function setUp() {
  const counters = createCounters();
  const journal = {
    ...{ bytes: 10, segments: 1, isFull: false, isFailed: false, writeGroups: 0, writeMs: 0, maxBytes: 100 },
    oldestMs: undefined as number | undefined,
  };
  const state = { isAway: false, isDraining: false, isPaused: false, nowMs: 0 };
  const written: [WorkerReport, RequestCounts][] = [];
  const sources: ReportSources = {
    ...{ version: 'v', counters, watch: { size: 2 } },
    settler: {
      status: () => ({
        ...{ unsettled: 3, oldestUnsettledMs: 40, lastBatchMs: 5, settled: 0, batches: 0, deadLetters: 1 },
      }),
    },
    journal: { status: () => journal },
    sharedState: () => ({ redis: 'away', roundTripMs: 7 }),
    isDraining: () => state.isDraining,
  };
  publisher = publishReports({
    clock: { now: () => 0, monotonicMs: () => state.nowMs },
    sources,
    async write(report, counts) {
      if (state.isAway) throw new Error('away');
      written.push([report, counts]);
    },
    isPaused: () => state.isPaused,
    onError() {},
  });
  const pass = async (ms: number) => {
    state.nowMs += ms;
    await vi.advanceTimersByTimeAsync(ms);
  };
  return { counters, journal, state, written, pass };
}

test('a report is made at the start and every few seconds, with what came since the last one', async () => {
  const { counters, journal, written, pass } = setUp();
  await pass(0);
  counters.requests += 30;
  counters.open = 4;
  counters.byClass[2] = 20;
  counters.byClass[4] = 3;
  counters.byClass[5] = 2;
  counters.byClass[0] = 1;
  journal.writeGroups = 10;
  journal.writeMs = 5;
  await pass(reportEveryMs);
  await pass(reportEveryMs);
  expect(written.map(([, counts]) => counts)).toEqual([
    { requests: 0, succeeded: 0, refused: 0, failed: 0 },
    { requests: 30, succeeded: 20, refused: 3, failed: 3 },
    { requests: 0, succeeded: 0, refused: 0, failed: 0 },
  ]);
  expect(written[1]?.[0]).toMatchObject({
    ...{ requestsPerSecond: 10, requestsOpen: 4, attemptsOpen: 2, unsettled: 3, oldestUnsettledMs: 40, settleMs: 5 },
    ...{ deadLetters: 1, journalState: 'open', journalWriteMs: 0.5, redis: 'away', redisMs: 7, isDraining: false },
  });
  expect(written[2]?.[0]).toMatchObject({ requestsPerSecond: 0, journalWriteMs: undefined });
});

test('what a held relay turns away is no failure', async () => {
  const { counters, written, pass } = setUp();
  await pass(0);
  counters.requests += 10;
  counters.byClass[5] = 7;
  counters.byClass[4] = 1;
  counters.held = 6;
  await pass(reportEveryMs);
  expect(written.at(-1)?.[1]).toMatchObject({ requests: 10, refused: 7, failed: 1 });
});

test('what could not be written is counted in the next report that can', async () => {
  const { counters, state, written, pass } = setUp();
  await pass(0);
  counters.requests += 5;
  state.isAway = true;
  await pass(reportEveryMs);
  counters.requests += 6;
  state.isPaused = true;
  await pass(reportEveryMs);
  state.isAway = false;
  state.isPaused = false;
  await pass(reportEveryMs);
  expect(written.map(([, { requests }]) => requests)).toEqual([0, 11]);
});

test('that it drains is told at once, and the last counts when it closes', async () => {
  const { counters, state, written, pass } = setUp();
  await pass(0);
  state.isDraining = true;
  await publisher.publish();
  expect(written.at(-1)?.[0]).toMatchObject({ isDraining: true });
  counters.requests += 2;
  await publisher.close();
  expect(written.at(-1)?.[1]).toMatchObject({ requests: 2 });
});

test('a journal that takes no more is told as such', async () => {
  const { journal, written, pass } = setUp();
  await pass(0);
  journal.isFull = true;
  await pass(reportEveryMs);
  journal.isFailed = true;
  await pass(reportEveryMs);
  expect(written.map(([{ journalState }]) => journalState)).toEqual(['open', 'full', 'failed']);
});
