import { expect, test } from 'vitest';
import { failedShare, findings, type Judged, judge, type Operations, together } from './judgement.ts';

type Worker = Operations['workers'][number];
const at = new Date('2026-11-22T10:00:00Z');
const report: NonNullable<Worker['report']> = {
  ...{ at, version: 'v', requestsPerSecond: 1.5, requestsOpen: 2, attemptsOpen: 3, unsettled: 4 },
  ...{ oldestUnsettledSeconds: 0.1, deadLetters: 0, journalBytes: 10, journalMaxBytes: 1_000, journalOldestAt: at },
  ...{ journalState: 'open', journalWriteMs: 1, settleMs: 9, redis: 'reachable', redisMs: 2, memoryBytes: 1 },
};
const worker = (over: Partial<Worker> = {}, told: Partial<Worker['report']> = {}): Worker => ({
  ...{ id: 'w', address: 'a', state: 'serving', startedAt: at, heardAt: at, stoppedAt: null },
  report: { ...report, ...told },
  ...over,
});
const minute = (over: Partial<Operations['minutes'][number]> = {}) => ({
  ...{ at, requests: 0, succeeded: 0, refused: 0, failed: 0 },
  ...over,
});
const channel = (over: Partial<Operations['channels'][number]> = {}): Operations['channels'][number] => ({
  ...{ id: 'c', name: 'c', isDemo: false, isDraining: false, state: 'closed', inFlight: 0 },
  ...over,
});
const noMargins: NonNullable<Operations['money']>['margins'] = {
  ...{ days: [], models: [] },
  total: {
    ...{
      chargeNanoUsd: 0n,
      costNanoUsd: 0n,
      uncostedNanoUsd: 0n,
      marginNanoUsd: 0n,
      marginBasisPoints: null,
      losses: 0,
    },
  },
};
const well: Operations = {
  ...{ readAt: at, workers: [worker()], minutes: [minute({ succeeded: 100 })], causes: [], models: [] },
  firstBytes: { answers: 9, p50Ms: 300, p95Ms: 900 },
  channels: [channel()],
  postgres: { latencyMs: 1, connections: 20, maxConnections: 100, sizeBytes: 1n, version: '17' },
  ...{ hasRedis: true, isTestMoney: false },
  payments: {
    ...{ provider: 'stripe', lastReceivedAt: at, lastLagSeconds: 1, waiting: 0, oldestWaitingSeconds: null, failed: 0 },
  },
  mail: { waiting: 0, oldestWaitingSeconds: null, failed: 0, hasSmtp: true },
  money: { margins: noMargins, openAlarms: 0 },
};
const found = (over: Partial<Operations>) => {
  const judgements = judge({ ...well, ...over });
  return findings(judgements).map((name) => `${name} ${judgements[name]}`);
};

test('where all is well there is nothing to find', () => {
  expect(found({})).toEqual([]);
});

const cases: readonly [what: string, over: Partial<Operations>, found: readonly `${Judged} ${'look' | 'act'}`[]][] = [
  ['no worker has ever started', { workers: [] }, ['workers act']],
  ['the only worker fell silent', { workers: [worker({ state: 'unreachable' })] }, ['workers act']],
  ['one of two fell silent', { workers: [worker(), worker({ state: 'unreachable' })] }, ['workers look']],
  ['one stopped in order', { workers: [worker(), worker({ state: 'stopped' })] }, []],
  ['3 % fail', { minutes: [minute({ succeeded: 97, failed: 3 })] }, ['failures look']],
  ['15 % fail', { minutes: [minute({ succeeded: 85, failed: 15 })] }, ['failures act']],
  ['clients’ own mistakes', { minutes: [minute({ refused: 500 })] }, []],
  ['one of three failed', { minutes: [minute({ succeeded: 2, failed: 1 })] }, []],
  ['answers begin late', { firstBytes: { answers: 9, p50Ms: 9_000, p95Ms: 31_000 } }, ['firstByte act']],
  ['a channel is ejected', { channels: [channel(), channel({ state: 'open' })] }, ['channels look']],
  [
    'the only channel that is not drained is ejected',
    { channels: [channel({ isDraining: true }), channel({ state: 'open' })] },
    ['channels act'],
  ],
  ['there is no channel', { channels: [] }, ['channels act']],
  ['outcomes wait', { workers: [worker({}, { oldestUnsettledSeconds: 6 })] }, ['unsettled look']],
  ['outcomes wait long', { workers: [worker({}, { oldestUnsettledSeconds: 61 })] }, ['unsettled act']],
  ['outcomes nobody could settle', { workers: [worker({}, { deadLetters: 1 })] }, ['deadLetters act']],
  ['a journal is a third full', { workers: [worker(), worker({}, { journalBytes: 333 })] }, ['journal look']],
  ['a journal’s disk failed', { workers: [worker({}, { journalState: 'failed' })] }, ['journal act']],
  ['a disk is slow', { workers: [worker({}, { journalWriteMs: 30 })] }, ['journalWrite look']],
  ['Postgres is slow', { postgres: { ...well.postgres, latencyMs: 1_500 } }, ['postgres act']],
  ['connections run out', { postgres: { ...well.postgres, connections: 75 } }, ['connections look']],
  ['Redis is away', { workers: [worker({}, { redis: 'away' })] }, ['redis act']],
  ['events wait', { payments: { ...well.payments!, waiting: 1, oldestWaitingSeconds: 130 } }, ['payments look']],
  ['an event could not be applied', { payments: { ...well.payments!, failed: 1 } }, ['paymentsFailed act']],
  ['mail waits', { mail: { ...well.mail, oldestWaitingSeconds: 4_000, waiting: 1 } }, ['mail act']],
  ['mail is kept', { mail: { ...well.mail, hasSmtp: false, oldestWaitingSeconds: 4_000 } }, []],
  ['mails were given up', { mail: { ...well.mail, failed: 2 } }, ['mailFailed look']],
  [
    'a model is sold below cost',
    { money: { margins: { ...noMargins, total: { ...noMargins.total, losses: 1 } }, openAlarms: 1 } },
    ['margin look', 'alarms look'],
  ],
  ['who looks may not see money', { money: null }, []],
];

test.each(cases)('%s: %s', (_, over, expected) => {
  expect(found(over)).toEqual(expected);
});

test('what is urgent is named first', () => {
  const workers = [worker({}, { oldestUnsettledSeconds: 6, deadLetters: 2 })];
  expect(found({ workers })).toEqual(['deadLetters act', 'unsettled look']);
});

test('only workers that are there count in the sums', () => {
  const workers = [worker(), worker({ state: 'draining' }), worker({ state: 'unreachable' }, { unsettled: 99 })];
  expect(together({ workers })).toMatchObject({
    ...{ live: 2, unreachable: 1, requestsPerSecond: 3, requestsOpen: 4, unsettled: 8, journalBytes: 20 },
  });
  expect(together({ workers: [worker({ report: null })] })).toMatchObject({ live: 1, journalWriteMs: null });
});

test('the share of failures is of the last five minutes', () => {
  const old = Array.from({ length: 55 }, () => minute({ failed: 100 }));
  const late = Array.from({ length: 5 }, () => minute({ succeeded: 10 }));
  expect(failedShare({ minutes: [...old, ...late] })).toBe(0);
});
