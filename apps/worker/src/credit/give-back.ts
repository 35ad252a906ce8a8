import type { CreditAccount } from './account.ts';
import type { LeaseDesk } from './lease-desk.ts';
import { excessNanoUsd, fade } from './sizing.ts';

/** An organization that did nothing for this long keeps no lease. */
const idleMs = 5_000;
/** Give-backs at once in the background, so that many organizations falling silent do not take all connections. */
const maxAtOnce = 2;

export interface GiveBackOptions {
  readonly desk: LeaseDesk;
  readonly accounts: Map<string, CreditAccount>;
  nowMs(): number;
  isAway(): boolean;
  onError(error: unknown): void;
}

/** Returns what is not needed to the balance, where every worker can get at it. */
export class GiveBack {
  readonly #options: GiveBackOptions;
  #underWay = 0;

  constructor(options: GiveBackOptions) {
    this.#options = options;
  }

  /** Once a second: closes idle accounts, takes excess off the others. */
  sweep(): void {
    const nowMs = this.#options.nowMs();
    for (const account of this.#options.accounts.values()) {
      fade(account, nowMs);
      if (this.#underWay >= maxAtOnce) continue;
      if (!account.isBusy && nowMs - account.lastActiveMs >= idleMs) this.#close(account);
      else if (account.waiters.length === 0) this.release(account, excessNanoUsd(account));
    }
  }

  /** Gives room back unless that is already under way: what is left then goes with the next occasion. */
  release(account: CreditAccount, amountNanoUsd: bigint): void {
    if (amountNanoUsd <= 0n) return;
    this.#run(
      account,
      (desk) => desk.release(account, amountNanoUsd),
      () => {
        const isRecalled = this.#options.nowMs() < account.recalledUntilMs;
        if (isRecalled && account.waiters.length === 0) this.release(account, account.freeNanoUsd);
      },
    );
  }

  #close(account: CreditAccount): void {
    this.#run(
      account,
      (desk) => desk.releaseAll(account),
      () => {
        if (!account.isBusy && account.leaseNanoUsd <= 0n) this.#options.accounts.delete(account.organizationId);
      },
    );
  }

  #run(account: CreditAccount, send: (desk: LeaseDesk) => Promise<void>, then: () => void): void {
    if (account.isReleasing || this.#options.isAway()) return;
    account.isReleasing = true;
    this.#underWay++;
    const end = () => {
      account.isReleasing = false;
      this.#underWay--;
    };
    send(this.#options.desk).then(
      () => {
        end();
        then();
      },
      (error) => {
        end();
        this.#options.onError(error);
      },
    );
  }
}
