/** Why a reservation was refused. */
export type Refusal = 'insufficient_balance' | 'balance_in_use' | 'ledger_unavailable';

/** A part of a lease that one request may spend. */
export class Reservation {
  /** @internal the account it was taken from */
  readonly account: CreditAccount;
  /** @internal false once finished */
  isOpen = true;
  #amountNanoUsd: bigint;

  constructor(account: CreditAccount, amountNanoUsd: bigint) {
    this.account = account;
    this.#amountNanoUsd = amountNanoUsd;
  }

  get amountNanoUsd(): bigint {
    return this.#amountNanoUsd;
  }

  /** @internal */
  grow(moreNanoUsd: bigint): void {
    this.#amountNanoUsd += moreNanoUsd;
  }
}

/** Someone for whom the lease has no room at the moment. */
export interface Waiter {
  readonly amountNanoUsd: bigint;
  /** Set when a request that is under way wants more. */
  readonly extends: Reservation | undefined;
  readonly deadlineMs: number;
  readonly answer: (result: Reservation | Refusal) => void;
}

/**
 * One organization's lease as this worker knows it. What memory believes of the lease never exceeds what the database
 * holds, whatever replies were lost: each doubt is resolved downwards, and a statement that ran alone says how it is.
 */
export class CreditAccount {
  readonly organizationId: string;
  readonly waiters: Waiter[] = [];
  leaseNanoUsd = 0n;
  /** Reserved by requests under way. */
  reservedNanoUsd = 0n;
  /** Charged, but not yet captured in the database. */
  unsettledNanoUsd = 0n;
  /** Balance outside all leases, when last heard of. Only sizes what is asked for. */
  availableNanoUsd: bigint | undefined;
  /** The free room that a top-up aims for. */
  cushionNanoUsd: bigint;
  /** The most that was reserved at once, fading: room that requests just under way will want again. */
  peakReservedNanoUsd = 0n;
  lastActiveMs = 0;
  lastTakeMs = Number.NEGATIVE_INFINITY;
  /** No statement for waiters before this. */
  nextTakeMs = 0;
  /** No top-up before this. */
  nextTopUpMs = 0;
  /** Another worker asked for this balance: no spare room is kept until then. */
  recalledUntilMs = 0;
  /** Until then, amounts over `attainableNanoUsd` are refused without a statement. */
  refusedUntilMs = 0;
  attainableNanoUsd = 0n;
  isTaking = false;
  isReleasing = false;
  waitTimer: NodeJS.Timeout | undefined;
  #openStatements = 0;
  #hasOverlap = false;

  constructor(organizationId: string, cushionNanoUsd: bigint) {
    this.organizationId = organizationId;
    this.cushionNanoUsd = cushionNanoUsd;
  }

  /** What can be reserved now; below zero after a request cost more than it had reserved. */
  get freeNanoUsd(): bigint {
    return this.leaseNanoUsd - this.reservedNanoUsd - this.unsettledNanoUsd;
  }

  get isBusy(): boolean {
    return (
      this.reservedNanoUsd > 0n ||
      this.unsettledNanoUsd > 0n ||
      this.waiters.length > 0 ||
      this.#openStatements > 0 ||
      this.isReleasing
    );
  }

  /** Reserves, or undefined where there is no room. */
  reserve(amountNanoUsd: bigint): Reservation | undefined {
    if (amountNanoUsd > this.freeNanoUsd) return undefined;
    this.#addReserved(amountNanoUsd);
    return new Reservation(this, amountNanoUsd);
  }

  extend(reservation: Reservation, moreNanoUsd: bigint): boolean {
    if (moreNanoUsd > this.freeNanoUsd) return false;
    this.#addReserved(moreNanoUsd);
    reservation.grow(moreNanoUsd);
    return true;
  }

  finish(reservation: Reservation, chargeNanoUsd: bigint): void {
    reservation.isOpen = false;
    this.reservedNanoUsd -= reservation.amountNanoUsd;
    this.unsettledNanoUsd += chargeNanoUsd;
  }

  /** A charge has been captured, or will never be. */
  settle(chargeNanoUsd: bigint): void {
    this.leaseNanoUsd -= chargeNanoUsd;
    this.unsettledNanoUsd -= chargeNanoUsd;
    if (this.unsettledNanoUsd < 0n) this.unsettledNanoUsd = 0n;
  }

  /** The database took the lease away: requests under way are no longer covered by it. */
  lose(): void {
    this.leaseNanoUsd = 0n;
    this.#hasOverlap = this.#openStatements > 0;
  }

  /** A statement that changes the lease goes out. */
  beginStatement(): void {
    if (++this.#openStatements > 1) this.#hasOverlap = true;
  }

  /**
   * A statement came back. Replies of statements that ran at the same time may arrive in another order than they took
   * effect in, so only one that ran alone says what the lease now is; the caller has applied the difference already.
   * @param leaseNanoUsd the lease by the database; undefined where there was no reply
   */
  endStatement(leaseNanoUsd: bigint | undefined): void {
    this.#openStatements--;
    if (!this.#hasOverlap && leaseNanoUsd !== undefined) this.leaseNanoUsd = leaseNanoUsd;
    if (this.#openStatements === 0) this.#hasOverlap = false;
  }

  #addReserved(amountNanoUsd: bigint): void {
    this.reservedNanoUsd += amountNanoUsd;
    if (this.reservedNanoUsd > this.peakReservedNanoUsd) this.peakReservedNanoUsd = this.reservedNanoUsd;
  }
}
