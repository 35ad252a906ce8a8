import type { Sql } from '@ai-bridge/db';
import { cutCharges } from './cut-charges.ts';
import { oneRow } from './one-row.ts';

export interface Captured {
  /** Requests with a charge that were captured now. */
  readonly captured: number;
  /** Requests with a charge that were captured before, or stand twice in the batch. */
  readonly duplicates: number;
  /** What no customer's balance could cover: the house bears it. */
  readonly overrunNanoUsd: bigint;
  /** Each organization with a new charge: what it paid, and what this worker's lease of it holds now. */
  readonly leases: readonly { organizationId: string; capturedNanoUsd: bigint; leaseNanoUsd: bigint }[];
}

interface CaptureRow {
  readonly captured: number;
  readonly duplicates: number;
  readonly overrunNanoUsd: bigint;
  readonly leases: string;
}

interface LeaseText {
  readonly organizationId: string;
  readonly capturedNanoUsd: string;
  readonly leaseNanoUsd: string;
}

/**
 * Takes the charges of settlement records from their customers, each request once for ever: from this worker's lease
 * first, then from what is available, and the rest is the house's overrun. Never fails for want of credit, and takes
 * records of any life of the worker, however late.
 * @param input.records JSON array text of SettlementRecord; records without a charge make no entry
 */
export async function captureBatch(
  sql: Sql,
  input: { readonly workerId: string; readonly records: string },
): Promise<Captured> {
  const charges = cutCharges(input.records);
  if (charges.requestIds.length === 0) return { captured: 0, duplicates: 0, overrunNanoUsd: 0n, leases: [] };
  const row = await oneRow<CaptureRow>(
    sql,
    `SELECT captured, duplicates, overrun AS "overrunNanoUsd", leases
     FROM ledger_capture($1::text, string_to_array($2::text, E'\\n'), string_to_array($3::text, E'\\n'),
                         string_to_array($4::text, E'\\n')::bigint[])`,
    [
      input.workerId,
      charges.requestIds.join('\n'),
      charges.organizationIds.join('\n'),
      charges.amountsNanoUsd.join('\n'),
    ],
  );
  const leases = JSON.parse(row.leases) as LeaseText[];
  return {
    ...row,
    leases: leases.map((lease) => ({
      organizationId: lease.organizationId,
      capturedNanoUsd: BigInt(lease.capturedNanoUsd),
      leaseNanoUsd: BigInt(lease.leaseNanoUsd),
    })),
  };
}
