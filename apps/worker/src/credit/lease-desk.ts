import type { Sql } from '@ai-bridge/db';
import {
  expireLeases,
  ledgerChannels,
  releaseLease,
  releaseWorkerLeases,
  renewLeases,
  startWorker,
  takeLease,
} from '@ai-bridge/ledger';
import type { CreditAccount } from './account.ts';
import type { DatabaseHealth } from './database-health.ts';

const wholeLease = 2n ** 63n - 1n;

export interface LeaseDeskOptions {
  readonly sql: Sql;
  readonly health: DatabaseHealth;
  readonly workerId: string;
  /** Of the life that startWorker began. */
  readonly epoch: bigint;
  readonly address: string;
  readonly leaseTtlMs: number;
}

/** The ledger has ended this worker's life: nothing was granted. */
export class LifeOver extends Error {
  override readonly name = 'LifeOver';
}

/** What the ledger said to a wish for more. */
export interface Taken {
  readonly availableNanoUsd: bigint;
  readonly heldElsewhereNanoUsd: bigint;
  readonly isFrozen: boolean;
}

/** Each statement that the book sends, with what its result means for an account. */
export class LeaseDesk {
  readonly #options: LeaseDeskOptions;
  readonly #underWay = new Set<Promise<unknown>>();
  #epoch: bigint;
  #statements = 0;
  #isClosed = false;

  constructor(options: LeaseDeskOptions) {
    this.#options = options;
    this.#epoch = options.epoch;
  }

  /** Statements sent so far. */
  get statements(): number {
    return this.#statements;
  }

  /**
   * Adds to the account's lease: all of `want` or what there is of it, but nothing below `min`.
   * @throws LifeOver, or the database's error
   */
  async take(account: CreditAccount, wantNanoUsd: bigint, minNanoUsd: bigint): Promise<Taken> {
    const { workerId, leaseTtlMs: ttlMs } = this.#options;
    const epoch = this.#epoch;
    const wish = { workerId, epoch, organizationId: account.organizationId, wantNanoUsd, minNanoUsd, ttlMs };
    let leaseNanoUsd: bigint | undefined;
    account.beginStatement();
    try {
      const result = await this.#send((sql) => takeLease(sql, wish));
      // A life that ended meanwhile has lost what it was granted.
      if (result.fenced || epoch !== this.#epoch) throw new LifeOver('takeLease');
      account.leaseNanoUsd += result.grantedNanoUsd;
      leaseNanoUsd = result.leaseNanoUsd;
      account.availableNanoUsd = result.availableNanoUsd;
      return {
        availableNanoUsd: result.availableNanoUsd,
        heldElsewhereNanoUsd: result.heldElsewhereNanoUsd,
        isFrozen: result.frozen,
      };
    } finally {
      account.endStatement(leaseNanoUsd);
    }
  }

  /** Gives free room back. It is gone from memory at once, so that nobody reserves it meanwhile. */
  release(account: CreditAccount, amountNanoUsd: bigint): Promise<void> {
    account.leaseNanoUsd -= amountNanoUsd;
    return this.#release(account, amountNanoUsd);
  }

  /** Gives the whole lease back, also what memory does not know of; for accounts that nobody uses. */
  releaseAll(account: CreditAccount): Promise<void> {
    account.leaseNanoUsd = 0n;
    return this.#release(account, wholeLease);
  }

  async #release(account: CreditAccount, amountNanoUsd: bigint): Promise<void> {
    const { workerId } = this.#options;
    const epoch = this.#epoch;
    let leaseNanoUsd: bigint | undefined;
    account.beginStatement();
    try {
      const wish = { workerId, epoch, organizationId: account.organizationId, amountNanoUsd };
      const result = await this.#send((sql) => releaseLease(sql, wish));
      if (result.fenced || epoch !== this.#epoch) throw new LifeOver('releaseLease');
      leaseNanoUsd = result.leaseNanoUsd;
      if (account.availableNanoUsd !== undefined) account.availableNanoUsd += result.releasedNanoUsd;
    } finally {
      account.endStatement(leaseNanoUsd);
    }
  }

  /** Asks the other workers for what they do not need. The worker's name decides who yields when both are in need. */
  async recall(organizationId: string): Promise<void> {
    const payload = `${organizationId} ${this.#options.workerId}`;
    await this.#send((sql) =>
      sql.query('SELECT pg_notify($1::text, $2::text)::text', [ledgerChannels.recall, payload]),
    );
  }

  renew(): Promise<{ renewed: number; fenced: boolean }> {
    const { workerId, leaseTtlMs: ttlMs } = this.#options;
    return this.#send((sql) => renewLeases(sql, { workerId, epoch: this.#epoch, ttlMs }));
  }

  /** Begins a new life after the last one was ended; its leases are lost. */
  async startAnew(): Promise<void> {
    const { workerId, address } = this.#options;
    const { epoch } = await this.#send((sql) => startWorker(sql, { workerId, address }));
    this.#epoch = epoch;
  }

  /** Frees what workers that have died left behind. */
  async expire(): Promise<void> {
    await this.#send((sql) => expireLeases(sql));
  }

  /**
   * Gives back every lease of this worker, and sends nothing after that. Statements under way are waited for: one that
   * takes effect after the give-back would leave a lease behind.
   */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.allSettled(this.#underWay);
    const { workerId, sql } = this.#options;
    await releaseWorkerLeases(sql, { workerId, beforeEpoch: this.#epoch + 1n });
  }

  async #send<Result>(call: (sql: Sql) => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new LifeOver('stopped');
    this.#statements++;
    const statement = this.#options.health.watch(call(this.#options.sql));
    this.#underWay.add(statement);
    try {
      return await statement;
    } finally {
      this.#underWay.delete(statement);
    }
  }
}
