import { timeOfId } from '@ai-bridge/domain';

export const maxRequestIdLength = 64;
/** Longer than a request may run by default, and a worker's restart beside it. */
const maxWaitMs = 30 * 60 * 1_000;
const idPattern = /^[\w-]+$/;

/** The id in what someone pasted; undefined where it cannot be one. */
export function readRequestId(pasted: string): string | undefined {
  const id = pasted.trim();
  return idPattern.test(id) && id.length <= maxRequestIdLength ? id : undefined;
}

/** Whether a request that has no receipt may still get one: it was made a short while ago. */
export function mayStillCome(requestId: string, nowMs: number): boolean {
  const madeAtMs = timeOfId(requestId);
  return madeAtMs !== undefined && Math.abs(nowMs - madeAtMs) < maxWaitMs;
}
