import type { CreditAccount, Refusal, Reservation, Waiter } from './account.ts';
import { isDataError } from './database-health.ts';
import type { LeaseDesk, Taken } from './lease-desk.ts';
import { growCushion, spareRoomNanoUsd, wantsTopUp } from './sizing.ts';

/** How long the ledger's word that a balance does not suffice is believed. */
const refusalLastsMs = 250;
/** A top-up that brought nothing is not tried again before this. */
const topUpRetryMs = 1_000;

export interface WaitingRoomOptions {
  readonly desk: LeaseDesk;
  readonly waitMs: number;
  readonly maxWaiting: number;
  readonly retryMs: number;
  nowMs(): number;
  isAway(): boolean;
  onError(error: unknown): void;
}

/** Where requests wait for room in a lease, and where more room is fetched: one statement per organization at a time. */
export class WaitingRoom {
  readonly #options: WaitingRoomOptions;

  constructor(options: WaitingRoomOptions) {
    this.#options = options;
  }

  /** Queues for room: first come, first served, but requests under way before new ones. */
  wait(
    account: CreditAccount,
    amountNanoUsd: bigint,
    extending: Reservation | undefined,
  ): Refusal | Promise<Reservation | Refusal> {
    const nowMs = this.#options.nowMs();
    const attainableNanoUsd = account.attainableNanoUsd - (extending?.amountNanoUsd ?? 0n);
    if (nowMs < account.refusedUntilMs && amountNanoUsd > attainableNanoUsd) return 'insufficient_balance';
    if (account.waiters.length >= this.#options.maxWaiting) return 'balance_in_use';
    account.lastActiveMs = nowMs;
    return new Promise((answer) => {
      const deadlineMs = nowMs + this.#options.waitMs;
      const waiter: Waiter = { amountNanoUsd, extends: extending, deadlineMs, answer };
      const firstNew = extending ? account.waiters.findIndex((other) => other.extends === undefined) : -1;
      if (firstNew < 0) account.waiters.push(waiter);
      else account.waiters.splice(firstNew, 0, waiter);
      this.pump(account);
    });
  }

  /** Serves who waits, asks the ledger for those who are left, and arms the timer for asking again or giving up. */
  pump(account: CreditAccount): void {
    if (account.waiters.length === 0) return;
    serve(account);
    const nowMs = this.#options.nowMs();
    if (account.waiters.length > 0 && !account.isTaking && nowMs >= account.nextTakeMs)
      this.#takeForWaiters(account, nowMs);
    this.#armTimer(account, nowMs);
  }

  /** Fetches free room before it runs out; nobody waits for it. */
  topUp(account: CreditAccount, nowMs: number): void {
    if (account.isTaking || nowMs < account.nextTopUpMs || this.#options.isAway()) return;
    const free = account.freeNanoUsd;
    const wantNanoUsd = spareRoomNanoUsd(account, 0n, nowMs) - (free > 0n ? free : 0n);
    if (wantNanoUsd <= 0n) return;
    growCushion(account, nowMs);
    const leaseBefore = account.leaseNanoUsd;
    this.#take(account, wantNanoUsd, 1n, () => {
      if (account.leaseNanoUsd <= leaseBefore) account.nextTopUpMs = nowMs + topUpRetryMs;
    });
  }

  /** Sends everyone away. */
  refuse(account: CreditAccount, refusal: Refusal): void {
    clearTimeout(account.waitTimer);
    account.waitTimer = undefined;
    for (const waiter of account.waiters.splice(0)) waiter.answer(refusal);
  }

  #takeForWaiters(account: CreditAccount, nowMs: number): void {
    const head = account.waiters[0] as Waiter;
    growCushion(account, nowMs);
    let neededNanoUsd = -account.freeNanoUsd;
    for (const waiter of account.waiters) neededNanoUsd += waiter.amountNanoUsd;
    const minNanoUsd = head.amountNanoUsd - account.freeNanoUsd;
    const wantNanoUsd = neededNanoUsd + spareRoomNanoUsd(account, neededNanoUsd, nowMs);
    this.#take(account, wantNanoUsd, minNanoUsd, (taken) => {
      serve(account);
      if (account.waiters.length > 0) this.#judge(account, taken);
      else if (wantsTopUp(account)) this.topUp(account, this.#options.nowMs());
    });
  }

  #take(account: CreditAccount, want: bigint, min: bigint, then: (taken: Taken) => void): void {
    account.isTaking = true;
    this.#options.desk.take(account, want > min ? want : min, min).then(
      (taken) => {
        account.isTaking = false;
        then(taken);
        this.pump(account);
      },
      (error) => {
        account.isTaking = false;
        account.nextTakeMs = this.#options.nowMs() + this.#options.retryMs;
        this.#options.onError(error);
        if (isDataError(error) || this.#options.isAway()) this.refuse(account, 'ledger_unavailable');
        else this.pump(account);
      },
    );
  }

  /** After the ledger has said what there is: who can never be served is told so; for the rest, others are asked. */
  #judge(account: CreditAccount, taken: Taken): void {
    const nowMs = this.#options.nowMs();
    // Less than nothing of one's own is left where requests cost more than they had reserved.
    const ownNanoUsd = account.leaseNanoUsd - account.unsettledNanoUsd;
    account.attainableNanoUsd = taken.isFrozen ? 0n : taken.availableNanoUsd + taken.heldElsewhereNanoUsd + ownNanoUsd;
    account.refusedUntilMs = nowMs + refusalLastsMs;
    for (const waiter of account.waiters.splice(0)) {
      const most = account.attainableNanoUsd - (waiter.extends?.amountNanoUsd ?? 0n);
      if (waiter.amountNanoUsd > most) waiter.answer('insufficient_balance');
      else account.waiters.push(waiter);
    }
    const head = account.waiters[0];
    // Whoever came while the statement was under way asks again at once, if there is something left to ask for.
    if (!head || head.amountNanoUsd - account.freeNanoUsd <= taken.availableNanoUsd) return;
    account.nextTakeMs = nowMs + this.#options.retryMs;
    if (taken.heldElsewhereNanoUsd > 0n) this.#options.desk.recall(account.organizationId).catch(this.#options.onError);
  }

  #armTimer(account: CreditAccount, nowMs: number): void {
    const head = account.waiters[0];
    // While a statement is under way its answer decides; it comes or the database is declared away.
    if (!head || account.isTaking || account.waitTimer) return;
    const dueMs = Math.min(head.deadlineMs, account.nextTakeMs);
    account.waitTimer = setTimeout(() => this.#onTimer(account), Math.max(1, dueMs - nowMs));
  }

  #onTimer(account: CreditAccount): void {
    account.waitTimer = undefined;
    if (account.isTaking) return;
    const nowMs = this.#options.nowMs();
    serve(account);
    for (const waiter of [...account.waiters]) {
      if (waiter.deadlineMs > nowMs || !account.waiters.includes(waiter)) continue;
      account.waiters.splice(account.waiters.indexOf(waiter), 1);
      waiter.answer('balance_in_use');
      // Who stood behind a large wish may fit.
      serve(account);
    }
    this.pump(account);
  }
}

/** Gives room to whoever is first in line, as far as it goes. */
function serve(account: CreditAccount): void {
  for (let waiter = account.waiters[0]; waiter; waiter = account.waiters[0]) {
    const { extends: extending, amountNanoUsd } = waiter;
    let result: Reservation | Refusal | undefined;
    if (!extending) result = account.reserve(amountNanoUsd);
    else if (!extending.isOpen) result = 'balance_in_use';
    else result = account.extend(extending, amountNanoUsd) ? extending : undefined;
    if (result === undefined) return;
    account.waiters.shift();
    waiter.answer(result);
  }
}
