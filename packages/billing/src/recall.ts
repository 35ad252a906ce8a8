import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@ai-bridge/db';
import { recallLeases } from '@ai-bridge/ledger';

/** How long one waits for workers to give back what they lease of a balance, and how often that is looked at. */
const recallWaitMs = 1_500;
const recallStepMs = 150;

/**
 * Tries something that workers' leases may stand in the way of; while they do, asks for them back and tries again, for a bounded time.
 * @returns the last try's result
 */
export async function tryWithRecall<Result>(
  database: Database,
  organizationId: string,
  of: { attempt(): Promise<Result>; isInTheWay(result: Result): boolean },
): Promise<Result> {
  let result = await of.attempt();
  if (!of.isInTheWay(result)) return result;
  await recallLeases(database, organizationId);
  const until = performance.now() + recallWaitMs;
  while (of.isInTheWay(result) && performance.now() < until) {
    await sleep(recallStepMs);
    result = await of.attempt();
  }
  return result;
}
