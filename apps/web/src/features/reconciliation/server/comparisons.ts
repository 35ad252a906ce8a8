import { type BooksCheck, countOpenAlarms, listBooksChecks } from '@ai-bridge/billing';
import { type Database, inOneSnapshot, type PrismaClient } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import { listFrozenBalances, organizationOfDrift, readCapturedDays, verifyRecentBooks } from '@ai-bridge/ledger';
import { readChargedDays, readModelDays } from '@ai-bridge/usage';
import { utcDayStart } from '#features/usage/days.ts';
import { organizationNames } from '#server/organizations.ts';
import { remembered } from '#server/remembered.ts';
import { dayComparisons } from '../day-comparisons.ts';
import { marginCsv } from './margin-csv.ts';
import { marginSums } from './margin-sums.ts';

/** Days that requests and books are compared by; what is older counts in the totals alone. */
const comparedDays = 14;
/** Days that charges and costs are set against each other for. */
const marginDays = 30;
/** A comparison is made at most so often, however many look. */
export const comparisonFreshMs = 10_000;

export interface ComparisonsDeps {
  readonly prisma: PrismaClient;
  readonly database: Database;
  readonly clock: Clock;
}

export type Comparisons = ReturnType<typeof createComparisons>;

/** Compares records of the same money. One per process. */
export function createComparisons({ prisma, database, clock }: ComparisonsDeps) {
  const checkedAt = () => new Date(clock.now());
  const rate = { freshMs: comparisonFreshMs, nowMs: clock.monotonicMs };
  const drifts = remembered({
    read: async () => ({ checkedAt: checkedAt(), drifts: await inOneSnapshot(database, verifyRecentBooks) }),
    ...rate,
  });
  const usage = remembered({ read: () => compareUsage(database, checkedAt()), ...rate });
  const earned = remembered({
    read: async () => {
      const now = checkedAt();
      return { checkedAt: now, days: await readModelDays(database, utcDayStart(now.getTime(), marginDays - 1)) };
    },
    ...rate,
  });
  return {
    /** Whether every account, lot, lease and balance is what the entries say, and whose balances are frozen just now. */
    async books() {
      const [checked, frozen, runs] = await Promise.all([
        drifts(''),
        listFrozenBalances(database),
        listBooksChecks(database),
      ]);
      const owners = checked.drifts.map(organizationOfDrift);
      const ids = [...owners, ...frozen.map(({ organizationId }) => organizationId)];
      const nameOf = await organizationNames(
        { prisma },
        ids.filter((id) => id !== undefined),
      );
      return {
        checkedAt: checked.checkedAt,
        drifts: checked.drifts.map((drift, index) => {
          const owner = owners[index];
          return { ...drift, organization: owner === undefined ? null : nameOf(owner) };
        }),
        runs: runs.map(runView),
        frozen: frozen.map(({ organizationId, frozenAt }) => ({ organization: nameOf(organizationId), frozenAt })),
      };
    },
    /** Whether the ledger took exactly what requests were charged. */
    usage: () => usage(''),
    /** What requests brought in and what they cost, by day and model, and how many losses nobody has dealt with yet. */
    async margins() {
      const [read, openAlarms] = await Promise.all([earned(''), countOpenAlarms(database, 'sold_below_cost')]);
      return { checkedAt: read.checkedAt, openAlarms, ...marginSums(read.days) };
    },
    /** The same as a table. */
    marginTable: async () => marginCsv((await earned('')).days),
  };
}

/** A check that ran by itself. */
const runView = ({ kind, startedAt, durationMs, entriesRead, findings }: BooksCheck) => ({
  ...{ kind, startedAt, durationMs, entriesRead, findingCount: findings.length },
});

async function compareUsage(database: Database, checkedAt: Date) {
  const from = utcDayStart(checkedAt.getTime(), comparedDays - 1);
  const { charged, captured } = await inOneSnapshot(database, async (sql) => ({
    charged: await readChargedDays(sql, from),
    captured: await readCapturedDays(sql, from),
  }));
  return {
    checkedAt,
    days: dayComparisons(charged.days, captured.days),
    total: { chargedNanoUsd: charged.totalNanoUsd, capturedNanoUsd: captured.totalNanoUsd },
  };
}
