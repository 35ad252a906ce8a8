import { IntegerList, type Sql } from '@ai-bridge/db';
import { oneRow } from './one-row.ts';

/** What a request costs its organization. */
export interface Charge {
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
  const places = new Map<string, number>();
  const owners = new IntegerList(input.charges.length);
  const amounts = new IntegerList(input.charges.length);
  let requestIds = '';
  for (const { requestId, organizationId, chargeNanoUsd } of input.charges) {
    if (chargeNanoUsd <= 0n) continue;
    const place = places.get(organizationId) ?? places.size + 1;
    if (place > places.size) places.set(organizationId, place);
    requestIds += `\n${requestId}`;
    owners.add(place);
    amounts.add(chargeNanoUsd);
  }
  if (places.size === 0) return { captured: 0, duplicates: 0, overrunNanoUsd: 0n, leases: [] };
  const row = await oneRow<CaptureRow>(
    sql,
    `SELECT captured, duplicates, overrun AS "overrunNanoUsd", leases
     FROM ledger_capture($1::text, $2::text[], $3::text, $4::bigint[], $5::bigint[])`,
    [input.workerId, [...places.keys()], requestIds.slice(1), owners.parameter(), amounts.parameter()],
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
