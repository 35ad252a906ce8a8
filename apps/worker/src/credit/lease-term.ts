import type { CreditAccount } from './account.ts';
import type { LeaseDesk } from './lease-desk.ts';

/** A lease is not trusted this close to its end by the database's clock. */
const marginMs = 10_000;
/** Every so many heartbeats the leases of dead workers are swept up. */
const sweepEachBeats = 3;

export interface LeaseTermOptions {
  readonly desk: LeaseDesk;
  readonly leaseTtlMs: number;
  readonly accounts: ReadonlyMap<string, CreditAccount>;
  nowMs(): number;
  onFenced(): void;
  onError(error: unknown): void;
}

/** Whether the leases still hold: a heartbeat renews all of them, and while it does not come through they run out. */
export class LeaseTerm {
  readonly #options: LeaseTermOptions;
  #usableUntilMs: number;
  #startedAtMs: number;
  #isFenced = false;
  #isRenewing = false;
  #beats = 0;

  constructor(options: LeaseTermOptions) {
    this.#options = options;
    this.#startedAtMs = options.nowMs();
    this.#usableUntilMs = this.#endMs(this.#startedAtMs);
  }

  /** Another process took this worker's place for good. */
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
    const { desk, nowMs, onError } = this.#options;
    const sentMs = nowMs();
    try {
      const { fenced } = await desk.renew();
      if (fenced) await this.#startAnew(sentMs);
      if (this.#isFenced) return;
      this.#usableUntilMs = this.#endMs(sentMs);
      if (++this.#beats % sweepEachBeats === 0) await desk.expire();
    } catch (error) {
      onError(error);
    } finally {
      this.#isRenewing = false;
    }
  }

  /**
   * The leases ran out while the database was away, or this process was stopped, and were given to others: begin again
   * with none. Twice within a lease's time means that somebody else uses this worker's name; then it is theirs.
   */
  async #startAnew(nowMs: number): Promise<void> {
    if (nowMs - this.#startedAtMs < this.#options.leaseTtlMs - marginMs) {
      this.#isFenced = true;
      this.#options.onFenced();
      return;
    }
    await this.#options.desk.startAnew();
    for (const account of this.#options.accounts.values()) account.lose();
    this.#startedAtMs = nowMs;
  }

  #endMs(sentMs: number): number {
    return sentMs + Math.max(0, this.#options.leaseTtlMs - marginMs);
  }
}
