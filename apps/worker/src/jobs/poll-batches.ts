import { claimDueBatches } from '@ai-bridge/usage';
import { type BatchWatchDeps, lookAtBatch } from '../batches/look-at-batch.ts';

/** Batches taken at once; each claim holds them for a few polls, long enough to read an output. */
const maxClaimed = 8;
const claimPolls = 10;
/** Of one round; what is due beyond that waits for the next. */
const maxPerRound = 400;

/** Looks at every batch that is due. */
export async function pollBatches(deps: BatchWatchDeps, signal: AbortSignal): Promise<void> {
  for (let taken = 0; taken < maxPerRound && !signal.aborted; taken += maxClaimed) {
    const due = await claimDueBatches(deps.database, { limit: maxClaimed, claimMs: deps.pollMs * claimPolls });
    const looks = due.map((batch) => lookAtBatch(batch, deps, signal));
    for (const look of await Promise.allSettled(looks)) {
      if (look.status === 'rejected' && !signal.aborted) deps.log.error('batches', look.reason);
    }
    if (due.length < maxClaimed) return;
  }
}
