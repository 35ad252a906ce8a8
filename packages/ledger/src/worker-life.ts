import type { Sql } from '@ai-bridge/db';
import type { WorkerLife } from './lease.ts';
import { oneRow } from './one-row.ts';

/** Begins a new life of a worker: the epoch it returns is the only one whose leases count from here on. */
export function startWorker(
  sql: Sql,
  input: { readonly workerId: string; readonly address: string },
): Promise<{ epoch: bigint }> {
  return oneRow(sql, 'SELECT ledger_start_worker($1::text, $2::text) AS epoch', [input.workerId, input.address]);
}

/**
 * The heartbeat: keeps all leases of this life for another `ttlMs`. `fenced` means that this life is over, because a
 * newer one began or because a lease of it ran out unrenewed: forget every lease and start anew. Charges of a life that
 * is over can still be captured.
 */
export function renewLeases(
  sql: Sql,
  input: WorkerLife & { readonly ttlMs: number },
): Promise<{ renewed: number; fenced: boolean }> {
  return oneRow(
    sql,
    `SELECT renewed, fenced FROM ledger_renew_leases($1::text, $2::bigint, $3::integer * interval '1 ms')`,
    [input.workerId, input.epoch, input.ttlMs],
  );
}

/** Frees what lives before `beforeEpoch` left behind: after their journal was replayed, for it pays those charges. */
export function releaseWorkerLeases(
  sql: Sql,
  input: { readonly workerId: string; readonly beforeEpoch: bigint },
): Promise<{ releasedNanoUsd: bigint }> {
  return oneRow(sql, 'SELECT ledger_release_worker_leases($1::text, $2::bigint) AS "releasedNanoUsd"', [
    input.workerId,
    input.beforeEpoch,
  ]);
}

/** Frees leases whose worker did not renew them in time (by the database's clock), and fences that life of the worker. */
export function expireLeases(sql: Sql): Promise<{ expired: number; releasedNanoUsd: bigint }> {
  return oneRow(sql, 'SELECT expired, released AS "releasedNanoUsd" FROM ledger_expire_leases()', []);
}
