import type { Database } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import type { Refusal, Reservation } from './account.ts';
import type { DatabaseHealth } from './database-health.ts';

/** What a batch of outcomes costs an organization, in all. */
export interface OwedCharge {
  readonly organizationId: string;
  readonly chargeNanoUsd: bigint;
}

export interface CreditBookOptions {
  /** A pool of its own with short time-outs, so that nothing else keeps admission waiting. */
  readonly database: Database;
  readonly health: DatabaseHealth;
  readonly workerId: string;
  readonly epoch: bigint;
  /** Where this worker can be reached: for startWorker, should it have to begin a new life. */
  readonly address: string;
  readonly clock: Clock;
  readonly leaseTtlMs?: number;
  /** How long a request waits for others to settle before it is refused. */
  readonly waitMs?: number;
  /** Requests that may wait at once, per organization. */
  readonly maxWaiting?: number;
  /** How often the ledger is asked again while someone waits. */
  readonly retryMs?: number;
  readonly heartbeatMs?: number;
  /** Another process took this worker's place: it must not admit anything any more. */
  onFenced?(): void;
  /** A statement failed in the background; nobody waits for it. */
  onError?(error: unknown): void;
}

export interface CreditStatus {
  readonly organizations: number;
  readonly leasedNanoUsd: bigint;
  readonly reservedNanoUsd: bigint;
  readonly unsettledNanoUsd: bigint;
  readonly waiting: number;
  readonly isFenced: boolean;
  /** Whether leases are known not to have run out. */
  readonly isUsable: boolean;
  readonly statements: number;
}

/** What the settler tells about one batch. */
export interface Settling {
  /** It is in the database; with the leases as they are after it. */
  committed(leases: Iterable<{ organizationId: string; leaseNanoUsd: bigint }>): void;
  /** It is not, or nobody knows. */
  failed(): void;
}

/**
 * Spends credit leases in memory. One thread, no awaits on the fast path: `reserve`, `extend` and `finish` only add and
 * compare. Every amount that it lets through is held in the database, so that no balance goes below zero.
 */
export interface CreditBook {
  /** Undefined: the lease has no room at the moment, or others wait already; ask reserveSoon. */
  reserve(organizationId: string, amountNanoUsd: bigint): Reservation | undefined;
  /** Fetches room, waiting a bounded moment for what other requests or workers hold. */
  reserveSoon(organizationId: string, amountNanoUsd: bigint): Promise<Reservation | Refusal>;
  extend(reservation: Reservation, moreNanoUsd: bigint): boolean;
  extendSoon(reservation: Reservation, moreNanoUsd: bigint): Promise<boolean>;
  /** Ends a reservation, once. The charge may be above it; the ledger then decides who bears the rest. */
  finish(reservation: Reservation, chargeNanoUsd: bigint): void;
  /** The settler sends charges to the database: what it learns of the leases has to be put in order. */
  beginSettling(charges: readonly OwedCharge[]): Settling;
  /** Payload of a bridge_lease_recall notification: `<organizationId>` or `<organizationId> <workerId that asks>`. */
  recalled(payload: string): void;
  /** Payload of a bridge_balance notification: credit came in. */
  creditArrived(organizationId: string): void;
  /** Roughly what the organization could still reserve here; undefined where nothing is known yet. */
  availableHint(organizationId: string): bigint | undefined;
  status(): CreditStatus;
  /** Refuses from now on and gives everything back. Call it when all is settled. */
  stop(): Promise<void>;
}
