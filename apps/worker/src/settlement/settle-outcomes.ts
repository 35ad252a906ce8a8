import type { Database } from '@ai-bridge/db';
import { captureBatch } from '@ai-bridge/ledger';
import { recordBatch } from '@ai-bridge/usage';
import { isDataError } from '../credit/index.ts';
import type { DeadLetters } from './dead-letters.ts';
import { chargesOf, type SettledOutcome, scrubRecord } from './outcome.ts';

export interface SettleDeps {
  readonly database: Database;
  readonly workerId: string;
  readonly deadLetters: DeadLetters;
}

export interface SettledLease {
  readonly organizationId: string;
  readonly leaseNanoUsd: bigint;
}

/**
 * Writes a batch's charges and usage in one transaction. Doing it again changes nothing. A record that the database
 * refuses for what it says is found by halving, mended if it can be, and else put among the dead letters; the rest goes
 * through.
 * @param outcomes oldest first
 * @returns this worker's leases as they are afterwards, per organization, in the order they changed
 * @throws the database's error where it is not about the records: nothing may be taken as settled, try again
 */
export async function settleOutcomes(
  deps: SettleDeps,
  outcomes: readonly SettledOutcome[],
): Promise<readonly SettledLease[]> {
  try {
    return await commit(deps, outcomes);
  } catch (error) {
    if (!isDataError(error)) throw error;
    if (outcomes.length === 1) return settleAlone(deps, outcomes[0] as SettledOutcome, error);
    const middle = outcomes.length >> 1;
    const first = await settleOutcomes(deps, outcomes.slice(0, middle));
    return [...first, ...(await settleOutcomes(deps, outcomes.slice(middle)))];
  }
}

async function settleAlone(
  deps: SettleDeps,
  outcome: SettledOutcome,
  refusal: unknown,
): Promise<readonly SettledLease[]> {
  try {
    return await commit(deps, [{ ...outcome, record: scrubRecord(outcome.record) }]);
  } catch (error) {
    if (!isDataError(error)) throw error;
  }
  deps.deadLetters.write(outcome.record, refusal);
  return [];
}

/**
 * Records first, for they say which requests are new: only those are charged. One movement of money per organization and batch, so that the
 * books grow with time and customers, not with requests; what each request cost stands in its record.
 */
async function commit(deps: SettleDeps, outcomes: readonly SettledOutcome[]): Promise<readonly SettledLease[]> {
  return deps.database.transaction(async (sql) => {
    const recorded = await recordBatch(
      sql,
      outcomes.map((one) => one.record),
    );
    const charges = chargesOf(recorded === 'all' ? outcomes : firstOfEach(outcomes, recorded));
    const { leases } = await captureBatch(sql, { workerId: deps.workerId, charges });
    return leases;
  });
}

/** Of a request that stands twice in a batch the first is recorded, and charged. */
function firstOfEach(outcomes: readonly SettledOutcome[], ids: ReadonlySet<string>): SettledOutcome[] {
  const left = new Set(ids);
  return outcomes.filter(({ requestId }) => left.delete(requestId));
}
