import type { Clock } from '@ai-bridge/domain';
import type { RequestCounts, WorkerReport } from '@ai-bridge/usage';
import { countsSince, type ReportSources, reportOf, toldNow } from './report-figures.ts';

/** How often a worker tells how it does: one statement each time. */
export const reportEveryMs = 3_000;

export interface ReportDeps {
  readonly clock: Clock;
  readonly sources: ReportSources;
  write(report: WorkerReport, counts: RequestCounts): Promise<void>;
  /** The database is away: nothing is tried, and what was counted is told later. */
  isPaused(): boolean;
  onError(error: unknown): void;
}

export interface ReportPublisher {
  /** Something staff should know at once, such as that the worker drains. */
  publish(): Promise<void>;
  /** Tells the last counts. */
  close(): Promise<void>;
}

/** Tells staff every few seconds how this worker does. One write at a time; what could not be written counts in the next. */
export function publishReports({ clock, sources, write, isPaused, onError }: ReportDeps): ReportPublisher {
  let told = toldNow(sources, clock.monotonicMs());
  let writing: Promise<void> | undefined;

  async function report(): Promise<void> {
    if (isPaused()) return;
    const now = toldNow(sources, clock.monotonicMs());
    try {
      await write(reportOf(sources, told, now), countsSince(told, now));
      told = now;
    } catch (error) {
      onError(error);
    }
  }

  function publish(): Promise<void> {
    writing ??= report().finally(() => {
      writing = undefined;
    });
    return writing;
  }

  const timer = setInterval(() => void publish(), reportEveryMs);
  timer.unref();
  void publish();
  return {
    async publish() {
      await writing;
      await publish();
    },
    async close() {
      clearInterval(timer);
      await writing;
      await publish();
    },
  };
}
