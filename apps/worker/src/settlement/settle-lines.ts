import type { Database } from '@ai-bridge/db';
import { captureBatch } from '@ai-bridge/ledger';
import { recordBatch } from '@ai-bridge/usage';
import { isDataError } from '../credit/index.ts';
import type { DeadLetters } from './dead-letters.ts';
import { scrubLine } from './lines.ts';

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
 * @param lines settlement records as JSON, oldest first
 * @returns this worker's leases as they are afterwards, per organization, in the order they changed
 * @throws the database's error where it is not about the records: nothing may be taken as settled, try again
 */
export async function settleLines(deps: SettleDeps, lines: readonly string[]): Promise<readonly SettledLease[]> {
  try {
    return await commit(deps, lines);
  } catch (error) {
    if (!isDataError(error)) throw error;
    if (lines.length === 1) return settleAlone(deps, lines[0] as string, error);
    const middle = lines.length >> 1;
    const first = await settleLines(deps, lines.slice(0, middle));
    return [...first, ...(await settleLines(deps, lines.slice(middle)))];
  }
}

async function settleAlone(deps: SettleDeps, line: string, refusal: unknown): Promise<readonly SettledLease[]> {
  const scrubbed = scrubLine(line);
  if (scrubbed !== undefined && scrubbed !== line) {
    try {
      return await commit(deps, [scrubbed]);
    } catch (error) {
      if (!isDataError(error)) throw error;
    }
  }
  deps.deadLetters.write(line, refusal);
  return [];
}

async function commit(deps: SettleDeps, lines: readonly string[]): Promise<readonly SettledLease[]> {
  const records = `[${lines.join(',')}]`;
  return deps.database.transaction(async (sql) => {
    const { leases } = await captureBatch(sql, { workerId: deps.workerId, records });
    await recordBatch(sql, records);
    return leases;
  });
}
