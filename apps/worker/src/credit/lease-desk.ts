import type { Sql } from '@ai-bridge/db';
import { expireLeases, releaseLease, releaseWorkerLeases, renewLeases, takeLease } from '@ai-bridge/ledger';
import type { CreditAccount } from './account.ts';
import type { DatabaseHealth } from './database-health.ts';

export const recallChannel = 'bridge_lease_recall';
const wholeLease = 2n ** 63n - 1n;

export interface LeaseDeskOptions {
  readonly sql: Sql;
  readonly health: DatabaseHealth;
  readonly workerId: string;
  readonly epoch: bigint;
  readonly leaseTtlMs: number;
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
  #statements = 0;

  constructor(options: LeaseDeskOptions) {
    this.#options = options;
  }

  /** Statements sent so far. */
  get statements(): number {
    return this.#statements;
  }

  /** Adds to the account's lease: all of `want` or what there is of it, but nothing below `min`. */
  async take(account: CreditAccount, wantNanoUsd: bigint, minNanoUsd: bigint): Promise<Taken> {
    const { workerId, epoch, leaseTtlMs: ttlMs } = this.#options;
    const wish = { workerId, epoch, organizationId: account.organizationId, wantNanoUsd, minNanoUsd, ttlMs };
    let leaseNanoUsd: bigint | undefined;
    account.beginStatement();
    try {
      const result = await this.#send((sql) => takeLease(sql, wish));
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
    const { workerId, epoch } = this.#options;
    let leaseNanoUsd: bigint | undefined;
    account.beginStatement();
    try {
      const wish = { workerId, epoch, organizationId: account.organizationId, amountNanoUsd };
      const result = await this.#send((sql) => releaseLease(sql, wish));
      leaseNanoUsd = result.leaseNanoUsd;
      if (account.availableNanoUsd !== undefined) account.availableNanoUsd += result.releasedNanoUsd;
    } finally {
      account.endStatement(leaseNanoUsd);
    }
  }

  /** Asks the other workers for what they do not need. The worker's name decides who yields when both are in need. */
  async recall(organizationId: string): Promise<void> {
    const payload = `${organizationId} ${this.#options.workerId}`;
    await this.#send((sql) => sql.query('SELECT pg_notify($1, $2)', [recallChannel, payload]));
  }

  renew(): Promise<{ renewed: number; fenced: boolean }> {
    const { workerId, epoch, leaseTtlMs: ttlMs } = this.#options;
    return this.#send((sql) => renewLeases(sql, { workerId, epoch, ttlMs }));
  }

  /** Frees what workers that have died left behind. */
  async expire(): Promise<void> {
    await this.#send((sql) => expireLeases(sql));
  }

  /** Gives back every lease of this worker, this life's included. */
  async releaseEverything(): Promise<void> {
    const { workerId, epoch } = this.#options;
    await this.#send((sql) => releaseWorkerLeases(sql, { workerId, beforeEpoch: epoch + 1n }));
  }

  #send<Result>(call: (sql: Sql) => Promise<Result>): Promise<Result> {
    this.#statements++;
    return this.#options.health.watch(call(this.#options.sql));
  }
}
