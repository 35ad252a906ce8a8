import type { CreditAccount } from './account.ts';
import type { LeaseDesk } from './lease-desk.ts';

/** A lease is not trusted this close to its end by the database's clock. */
const marginMs = 10_000;
/** Every so many heartbeats the leases of dead workers are swept up. */
const sweepEachBeats = 3;

export interface LeaseTermOptions {
  readonly desk: LeaseDesk;
  readonly leaseTtlMs: number;
  readonly accounts: Iterable<CreditAccount>;
  nowMs(): number;
  onFenced(): void;
  onError(error: unknown): void;
}

/** Whether the leases still hold: a heartbeat renews all of them, and while it does not come through they run out. */
export class LeaseTerm {
  readonly #options: LeaseTermOptions;
  #usableUntilMs: number;
  #isFenced = false;
  #isRenewing = false;
  #beats = 0;

  constructor(options: LeaseTermOptions) {
    this.#options = options;
    this.#usableUntilMs = this.#endMs(options.nowMs());
  }

  get isFenced(): boolean {
    return this.#isFenced;
  }

  isUsable(nowMs: number): boolean {
    return nowMs < this.#usableUntilMs && !this.#isFenced;
  }

  /** Tells the database that this worker lives. Its own failure only means that the term is not prolonged. */
  async beat(): Promise<void> {
    if (this.#isRenewing || this.#isFenced) return;
    this.#isRenewing = true;
    const { desk, nowMs, accounts } = this.#options;
    const sentMs = nowMs();
    const expected = this.#leasesAtRest();
    try {
      const { renewed, fenced } = await desk.renew();
      if (fenced) return this.#fence();
      const isGone = expected !== undefined && expected === this.#leasesAtRest() && renewed < expected;
      // What ran out may have been given to others meanwhile.
      if (sentMs >= this.#usableUntilMs || isGone) for (const account of accounts) account.forgetFreeRoom();
      this.#usableUntilMs = this.#endMs(sentMs);
      if (++this.#beats % sweepEachBeats === 0) await desk.expire();
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#isRenewing = false;
    }
  }

  #endMs(sentMs: number): number {
    return sentMs + Math.max(0, this.#options.leaseTtlMs - marginMs);
  }

  /** How many leases the database should know of; undefined while statements are under way. */
  #leasesAtRest(): number | undefined {
    let count = 0;
    for (const account of this.#options.accounts) {
      if (account.hasOpenStatement) return undefined;
      if (account.leaseNanoUsd > 0n) count++;
    }
    return count;
  }

  #fence(): void {
    this.#isFenced = true;
    this.#options.onFenced();
  }
}
