import { demoProvider } from '@ai-bridge/catalog';
import type { Database, PrismaClient } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import { modelHealthStepMs, readModelHealth, readModelHealthDays } from '@ai-bridge/usage';
import { listIncidents } from '#features/incident/server/read-incidents.ts';
import { isDemo } from '#features/site/server/is-demo.ts';
import { remembered } from '#server/remembered.ts';
import { nowWindowMs } from '../model-state.ts';
import { type StatusReport, statusReport } from '../report.ts';

/** How old a report may be. */
export const reportFreshMs = 10_000;
/** Past days change only where a worker comes late with its sums. */
const pastDaysFreshMs = 600_000;
const dayMs = 24 * 60 * 60_000;
/** Today included. The worker keeps no more. */
const maxDays = 90;
const maxModels = 1_000;

export interface StatusReaderDeps {
  readonly prisma: PrismaClient;
  readonly database: Database;
  readonly clock: Clock;
}

/** Reads how the models do, at most once in ten seconds for everyone together. */
export interface StatusReader {
  read(): Promise<StatusReport>;
}

export function createStatusReader({ prisma, database, clock }: StatusReaderDeps): StatusReader {
  const nowMs = clock.monotonicMs;
  const pastDays = remembered({
    read: (today) => {
      const to = new Date(today);
      return readModelHealthDays(database, { from: new Date(to.getTime() - (maxDays - 1) * dayMs), to });
    },
    ...{ freshMs: pastDaysFreshMs, nowMs },
  });

  async function report(): Promise<StatusReport> {
    const at = new Date(clock.now());
    const today = at.toISOString().slice(0, 10);
    const since = (ms: number) => ({ from: stepStart(at.getTime() - ms), to: new Date(at.getTime() + dayMs) });
    const [models, demo, now, last24Hours, past, ofToday, incidents] = await Promise.all([
      modelsOnOffer(prisma),
      isDemo(prisma),
      readModelHealth(database, since(nowWindowMs)),
      readModelHealth(database, since(dayMs)),
      pastDays(today),
      readModelHealthDays(database, { from: new Date(today), to: new Date(Date.parse(today) + dayMs) }),
      listIncidents(prisma, at),
    ]);
    // Once a real channel answers, what the simulator did is of no interest.
    const counts = ({ provider }: { readonly provider: string }) => demo || provider !== demoProvider;
    return statusReport({
      ...{ at, models, incidents, dayNames: dayNames(today) },
      now: now.filter(counts),
      last24Hours: last24Hours.filter(counts),
      days: [...past, ...ofToday].filter(counts),
    });
  }

  const fresh = remembered({ read: report, freshMs: reportFreshMs, nowMs });
  return { read: () => fresh('report') };
}

function modelsOnOffer(prisma: PrismaClient) {
  return prisma.model.findMany({
    where: { enabled: true, prices: { some: {} } },
    select: { id: true, provider: true, displayName: true },
    take: maxModels,
  });
}

/** Start of the step that a moment lies in: steps are counted whole. */
function stepStart(ms: number): Date {
  return new Date(Math.floor(ms / modelHealthStepMs) * modelHealthStepMs);
}

function dayNames(today: string): string[] {
  const last = Date.parse(today);
  return Array.from({ length: maxDays }, (_, index) =>
    new Date(last - (maxDays - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}
