import type { Database } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import { forgetPins } from '@ai-bridge/usage';

/** What upstreams themselves keep for 30 days only. */
const shortLived = ['response'];
/** Some days more than that, for they count from a later moment. */
const keptMs = 35 * 24 * 3_600_000;
/** Removed by one statement, so that no lock is held for long, and by one round. */
const maxPerStatement = 2_000;
const maxStatements = 500;

/** Removes what nobody can ask for any more: pins of objects that were deleted, or that their upstreams have forgotten by now. */
export async function forgetOldPins(
  deps: { readonly database: Database; readonly clock: Clock },
  signal: AbortSignal,
): Promise<void> {
  const createdBefore = new Date(deps.clock.now() - keptMs);
  for (let round = 0; round < maxStatements && !signal.aborted; round++) {
    const forgotten = await forgetPins(deps.database, { kinds: shortLived, createdBefore, limit: maxPerStatement });
    if (forgotten < maxPerStatement) return;
  }
}
