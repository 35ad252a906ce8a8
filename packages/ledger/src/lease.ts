import type { Sql } from '@ai-bridge/db';
import { ledgerChannels } from './channels.ts';
import { oneRow } from './one-row.ts';

/** Who asks: a worker and which life of it. A call of an earlier life changes nothing and is told `fenced`. */
export interface WorkerLife {
  readonly workerId: string;
  readonly epoch: bigint;
}

export interface TakeLeaseInput extends WorkerLife {
  readonly organizationId: string;
  readonly wantNanoUsd: bigint;
  /** Less than this is of no use: then nothing is granted. */
  readonly minNanoUsd: bigint;
  /** How long the lease lasts without being renewed. */
  readonly ttlMs: number;
}

export interface LeaseTaken {
  readonly grantedNanoUsd: bigint;
  /** What this worker's lease of the organization holds now, settled charges taken off. */
  readonly leaseNanoUsd: bigint;
  /** What of the balance is still free, after this grant. */
  readonly availableNanoUsd: bigint;
  /** What other workers hold: the most that recalling leases could bring. */
  readonly heldElsewhereNanoUsd: bigint;
  /** The balance is frozen or the organization is not active: nothing is granted. */
  readonly frozen: boolean;
  readonly fenced: boolean;
}

/**
 * Reserves part of a balance for a worker, durably: min(want, available) where that is at least `minNanoUsd`, else
 * nothing. A lease the worker already has is topped up; what an earlier life of it left there is freed first.
 */
export function takeLease(sql: Sql, input: TakeLeaseInput): Promise<LeaseTaken> {
  return oneRow<LeaseTaken>(
    sql,
    `SELECT granted AS "grantedNanoUsd", lease AS "leaseNanoUsd", available AS "availableNanoUsd",
            held_elsewhere AS "heldElsewhereNanoUsd", frozen, fenced
     FROM ledger_take_lease($1::text, $2::bigint, $3::text, $4::bigint, $5::bigint, $6::integer * interval '1 ms')`,
    [input.workerId, input.epoch, input.organizationId, input.wantNanoUsd, input.minNanoUsd, input.ttlMs],
  );
}

/** Gives back part of a lease, never more than it holds. */
export function releaseLease(
  sql: Sql,
  input: WorkerLife & { readonly organizationId: string; readonly amountNanoUsd: bigint },
): Promise<{ releasedNanoUsd: bigint; leaseNanoUsd: bigint; fenced: boolean }> {
  return oneRow(
    sql,
    `SELECT released AS "releasedNanoUsd", lease AS "leaseNanoUsd", fenced
     FROM ledger_release_lease($1::text, $2::bigint, $3::text, $4::bigint)`,
    [input.workerId, input.epoch, input.organizationId, input.amountNanoUsd],
  );
}

/** Asks every worker to give back what it does not need of this organization's balance. */
export async function recallLeases(sql: Sql, organizationId: string): Promise<void> {
  // The cast is for drivers that cannot read a void column.
  await sql.query('SELECT pg_notify($1::text, $2::text)::text', [ledgerChannels.recall, organizationId]);
}
