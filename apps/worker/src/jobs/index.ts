import type { BatchWatchDeps } from '../batches/look-at-batch.ts';
import { forgetOldPins } from './forget-pins.ts';
import { pollBatches } from './poll-batches.ts';
import { repeat } from './repeat.ts';

const dayMs = 24 * 3_600_000;
/** A worker that is restarted every day must come to it too. */
const firstForgettingMs = 10 * 60_000;

/** By what other workers spend in this time a channel's spend limit may be exceeded. */
const learnEveryMs = 4_000;

export interface JobDeps extends BatchWatchDeps {
  /** Reads what channels with spend limits cost through all workers. */
  learnChannelSpends(): Promise<void>;
}

/** Starts what a worker does besides relaying. Several workers on one database may: they take different work, or the same without harm. */
export function startJobs(deps: JobDeps): { stop(): Promise<void> } {
  const onError = (error: unknown) => deps.log.error('a job failed', error);
  const jobs = [
    repeat((signal) => pollBatches(deps, signal), { everyMs: deps.pollMs, onError }),
    repeat(() => deps.learnChannelSpends(), { everyMs: learnEveryMs, onError }),
    repeat((signal) => forgetOldPins(deps, signal), { everyMs: dayMs, firstMs: firstForgettingMs, onError }),
  ];
  return {
    async stop() {
      await Promise.all(jobs.map((job) => job.stop()));
    },
  };
}
