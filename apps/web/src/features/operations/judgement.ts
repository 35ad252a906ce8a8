import type { ApiOutput } from '#components/api.ts';

export type Operations = ApiOutput['operations']['read'];

/** fine: nothing to do; look: somebody should have a look today; act: somebody should act now. */
export type Judgement = 'fine' | 'look' | 'act';

/** What is judged. Each has its words and the page where one acts. */
export const judged = [
  'workers',
  'failures',
  'firstByte',
  'channels',
  'unsettled',
  'deadLetters',
  'journal',
  'journalWrite',
  'postgres',
  'connections',
  'redis',
  'payments',
  'paymentsFailed',
  'mail',
  'mailFailed',
  'margin',
  'alarms',
] as const;
export type Judged = (typeof judged)[number];

/** Minutes whose failures are judged, the one under way included. */
const judgedMinutes = 5;
/** Fewer requests than this say nothing. */
const leastRequests = 20;

/** From the first on somebody should look, from the second on act. Seconds, milliseconds, and shares of all. */
const bounds = {
  failedShare: [0.02, 0.1],
  firstByteMs: [10_000, 30_000],
  unsettledSeconds: [5, 60],
  journalShare: [0.25, 0.75],
  journalWriteMs: [25, 250],
  postgresMs: [100, 1_000],
  connectionShare: [0.7, 0.9],
  paymentsSeconds: [120, 900],
  mailSeconds: [600, 3_600],
} as const satisfies Record<string, readonly [look: number, act: number]>;

function byBounds(value: number | null | undefined, [look, act]: readonly [number, number]): Judgement {
  if (value === null || value === undefined || value < look) return 'fine';
  return value < act ? 'look' : 'act';
}

/** Sums and extremes over the workers that are there. */
export interface Together {
  readonly live: number;
  readonly unreachable: number;
  readonly requestsPerSecond: number;
  readonly requestsOpen: number;
  readonly attemptsOpen: number;
  readonly unsettled: number;
  readonly oldestUnsettledSeconds: number | null;
  readonly deadLetters: number;
  readonly journalBytes: number;
  /** Of the worker whose journal is fullest. */
  readonly journalShare: number;
  readonly journalOldestAt: Date | null;
  readonly isJournalShut: boolean;
  /** Of the slowest. */
  readonly journalWriteMs: number | null;
  readonly settleMs: number | null;
  readonly redisMs: number | null;
  readonly redisAway: number;
}

export function together({ workers }: Pick<Operations, 'workers'>): Together {
  const live = workers.filter(({ state }) => state === 'serving' || state === 'draining');
  const reports = live.flatMap(({ report }) => report ?? []);
  const sum = (of: (report: (typeof reports)[number]) => number) => reports.reduce((all, one) => all + of(one), 0);
  const most = (of: (report: (typeof reports)[number]) => number | null) =>
    reports.reduce<number | null>((worst, one) => largest(worst, of(one)), null);
  const journals = reports.flatMap(({ journalOldestAt }) => journalOldestAt ?? []);
  return {
    live: live.length,
    unreachable: workers.filter(({ state }) => state === 'unreachable').length,
    requestsPerSecond: sum((one) => one.requestsPerSecond),
    requestsOpen: sum((one) => one.requestsOpen),
    attemptsOpen: sum((one) => one.attemptsOpen),
    unsettled: sum((one) => one.unsettled),
    oldestUnsettledSeconds: most((one) => one.oldestUnsettledSeconds),
    deadLetters: sum((one) => one.deadLetters),
    journalBytes: sum((one) => one.journalBytes),
    journalShare: most((one) => one.journalBytes / one.journalMaxBytes) ?? 0,
    journalOldestAt: journals.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null,
    isJournalShut: reports.some(({ journalState }) => journalState !== 'open'),
    journalWriteMs: most((one) => one.journalWriteMs),
    settleMs: most((one) => one.settleMs),
    redisMs: most((one) => one.redisMs),
    redisAway: reports.filter(({ redis }) => redis === 'away').length,
  };
}

function largest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

/** The share of the last minutes' requests that failed for no fault of their sender; undefined where there were too few to say. */
export function failedShare({ minutes }: Pick<Operations, 'minutes'>): number | undefined {
  const late = minutes.slice(-judgedMinutes);
  const failed = late.reduce((sum, minute) => sum + minute.failed, 0);
  const ended = late.reduce((sum, minute) => sum + minute.succeeded + minute.refused, failed);
  return ended < leastRequests ? undefined : failed / ended;
}

/** How each part does. */
export function judge(operations: Operations): Readonly<Record<Judged, Judgement>> {
  const { channels, postgres, payments, mail, money, firstBytes } = operations;
  const all = together(operations);
  const serving = channels.filter(({ isDraining }) => !isDraining);
  const ejected = serving.filter(({ state }) => state === 'open').length;
  return {
    workers: all.live === 0 ? 'act' : all.unreachable > 0 ? 'look' : 'fine',
    failures: byBounds(failedShare(operations), bounds.failedShare),
    firstByte: byBounds(firstBytes.p95Ms, bounds.firstByteMs),
    channels: serving.length === ejected ? 'act' : ejected > 0 ? 'look' : 'fine',
    unsettled: byBounds(all.oldestUnsettledSeconds, bounds.unsettledSeconds),
    deadLetters: all.deadLetters > 0 ? 'act' : 'fine',
    journal: all.isJournalShut ? 'act' : byBounds(all.journalShare, bounds.journalShare),
    journalWrite: byBounds(all.journalWriteMs, bounds.journalWriteMs),
    postgres: byBounds(postgres.latencyMs, bounds.postgresMs),
    connections: byBounds(postgres.connections / postgres.maxConnections, bounds.connectionShare),
    redis: all.redisAway > 0 ? 'act' : 'fine',
    payments: byBounds(payments?.oldestWaitingSeconds, bounds.paymentsSeconds),
    paymentsFailed: (payments?.failed ?? 0) > 0 ? 'act' : 'fine',
    mail: mail.hasSmtp ? byBounds(mail.oldestWaitingSeconds, bounds.mailSeconds) : 'fine',
    mailFailed: mail.failed > 0 ? 'look' : 'fine',
    margin: money !== null && money.margins.total.losses > 0 ? 'look' : 'fine',
    alarms: money !== null && money.openAlarms > 0 ? 'look' : 'fine',
  };
}

/** What is not fine, the most urgent first. */
export function findings(judgements: Readonly<Record<Judged, Judgement>>): readonly Judged[] {
  const of = (judgement: Judgement) => judged.filter((name) => judgements[name] === judgement);
  return [...of('act'), ...of('look')];
}

/** Where one acts on it. */
export const placesToAct: Readonly<Record<Judged, string>> = {
  workers: '#workers',
  failures: '#failures',
  firstByte: '#latency',
  channels: '/admin/channels?state=trouble',
  unsettled: '#workers',
  deadLetters: '/admin/reconciliation',
  journal: '#workers',
  journalWrite: '#workers',
  postgres: '#backing',
  connections: '#backing',
  redis: '#workers',
  payments: '/admin/reconciliation',
  paymentsFailed: '/admin/reconciliation',
  mail: '/admin/mailbox?state=queued',
  mailFailed: '/admin/mailbox?state=failed',
  margin: '/admin/reconciliation',
  alarms: '/admin/reconciliation',
};
