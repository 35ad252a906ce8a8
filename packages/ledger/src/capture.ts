import type { Sql } from '@ai-bridge/db';
import { oneRow } from './one-row.ts';

/** What a request costs its organization, or several do. */
export interface Charge {
  /** The request, or the first of them: what is charged in its name is charged once for ever. */
  readonly requestId: string;
  readonly organizationId: string;
  readonly chargeNanoUsd: bigint;
}

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
 * Takes charges from their customers, each request once for ever: from this worker's lease first, then from what is available, and the
 * rest is the house's overrun. Never fails for want of credit, and takes charges of any life of the worker, however late.
 * @param input.charges in the order of their requests' ends; what costs nothing makes no entry
 */
export async function captureBatch(
  sql: Sql,
  input: { readonly workerId: string; readonly charges: readonly Charge[] },
): Promise<Captured> {
  const charges = input.charges.filter((one) => one.chargeNanoUsd > 0n);
  if (charges.length === 0) return { captured: 0, duplicates: 0, overrunNanoUsd: 0n, leases: [] };
  const row = await oneRow<CaptureRow>(
    sql,
    `SELECT captured, duplicates, overrun AS "overrunNanoUsd", leases
     FROM ledger_capture($1::text, string_to_array($2::text, E'\\n'), string_to_array($3::text, E'\\n'),
                         string_to_array($4::text, E'\\n')::bigint[])`,
    [
      input.workerId,
      inLines(charges.map((one) => one.requestId)),
      inLines(charges.map((one) => one.organizationId)),
      charges.map((one) => one.chargeNanoUsd).join('\n'),
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

/** A list as one text, which costs a fraction of an array parameter; ids hold no line ends. */
function inLines(ids: readonly string[]): string {
  const text = ids.join('\n');
  if (ids.some((id) => id.includes('\n'))) throw new Error('an id holds a line end');
  return text;
}
