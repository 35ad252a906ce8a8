import { CreditAccount, type Refusal, Reservation } from './account.ts';
import type { CreditBook, CreditBookOptions, CreditStatus, OwedCharge, Settling } from './credit-book.ts';
import { GiveBack } from './give-back.ts';
import { LeaseDesk, LifeOver } from './lease-desk.ts';
import { LeaseTerm } from './lease-term.ts';
import { leastCushionNanoUsd, wantsTopUp } from './sizing.ts';
import { WaitingRoom } from './waiting-room.ts';

const defaults = { leaseTtlMs: 60_000, waitMs: 1_500, maxWaiting: 2_000, retryMs: 150, heartbeatMs: 5_000 };
const sweepMs = 1_000;
/** After another worker asked for a balance, no spare room of it is kept for this long. */
const recallLastsMs = 2_000;

/** Opens the book of a worker that has just announced itself (startWorker) and holds no lease of this life. */
export function createCreditBook(options: CreditBookOptions): CreditBook {
  return new LeasedCreditBook(options);
}

class LeasedCreditBook implements CreditBook {
  readonly #options: CreditBookOptions;
  readonly #accounts = new Map<string, CreditAccount>();
  readonly #desk: LeaseDesk;
  readonly #term: LeaseTerm;
  readonly #waiting: WaitingRoom;
  readonly #giveBack: GiveBack;
  readonly #timers: NodeJS.Timeout[];
  #isStopped = false;

  constructor(given: CreditBookOptions) {
    const options = { ...defaults, ...given };
    const { database: sql, health, workerId, epoch, address, leaseTtlMs } = options;
    this.#options = options;
    const accounts = this.#accounts;
    const nowMs = () => options.clock.monotonicMs();
    const isAway = () => health.isAway;
    const onError = (error: unknown) => {
      if (error instanceof LifeOver) void this.#term.beat();
      else options.onError?.(error);
    };
    const onFenced = () => {
      this.#refuseAll('ledger_unavailable');
      options.onFenced?.();
    };
    const desk = new LeaseDesk({ sql, health, workerId, epoch, address, leaseTtlMs });
    this.#desk = desk;
    this.#term = new LeaseTerm({ desk, leaseTtlMs, accounts, nowMs, onFenced, onError });
    this.#waiting = new WaitingRoom({ ...options, desk, nowMs, isAway, onError });
    this.#giveBack = new GiveBack({ desk, accounts, nowMs, isAway, onError });
    this.#timers = [
      setInterval(() => this.#giveBack.sweep(), sweepMs),
      setInterval(() => void this.#term.beat(), options.heartbeatMs),
    ];
    health.onChange((isNowAway) => {
      if (isNowAway) this.#refuseAll('ledger_unavailable');
      else if (!this.#isStopped) void this.#term.beat();
    });
  }

  reserve(organizationId: string, amountNanoUsd: bigint): Reservation | undefined {
    const account = this.#accounts.get(organizationId);
    if (!account || account.waiters.length > 0) return undefined;
    const nowMs = this.#options.clock.monotonicMs();
    if (!this.#isUsable(nowMs)) return undefined;
    const reservation = account.reserve(amountNanoUsd);
    if (!reservation) return undefined;
    account.lastActiveMs = nowMs;
    if (wantsTopUp(account)) this.#waiting.topUp(account, nowMs);
    return reservation;
  }

  async reserveSoon(organizationId: string, amountNanoUsd: bigint): Promise<Reservation | Refusal> {
    const ready = this.reserve(organizationId, amountNanoUsd);
    if (ready) return ready;
    if (!this.#mayAsk()) return 'ledger_unavailable';
    return this.#waiting.wait(this.#accountOf(organizationId), amountNanoUsd, undefined);
  }

  extend(reservation: Reservation, moreNanoUsd: bigint): boolean {
    const { account } = reservation;
    const nowMs = this.#options.clock.monotonicMs();
    if (!reservation.isOpen || !this.#isUsable(nowMs) || !account.extend(reservation, moreNanoUsd)) return false;
    if (wantsTopUp(account)) this.#waiting.topUp(account, nowMs);
    return true;
  }

  async extendSoon(reservation: Reservation, moreNanoUsd: bigint): Promise<boolean> {
    if (this.extend(reservation, moreNanoUsd)) return true;
    if (!reservation.isOpen || !this.#mayAsk()) return false;
    return (await this.#waiting.wait(reservation.account, moreNanoUsd, reservation)) instanceof Reservation;
  }

  finish(reservation: Reservation, chargeNanoUsd: bigint): void {
    if (!reservation.isOpen) throw new Error('A reservation was finished twice');
    const { account } = reservation;
    account.finish(reservation, chargeNanoUsd);
    const nowMs = this.#options.clock.monotonicMs();
    account.lastActiveMs = nowMs;
    if (account.waiters.length > 0) this.#waiting.pump(account);
    else if (nowMs < account.recalledUntilMs) this.#giveBack.release(account, account.freeNanoUsd);
  }

  beginSettling(charges: readonly OwedCharge[]): Settling {
    const begun = new Map<CreditAccount, bigint>();
    for (const { organizationId, chargeNanoUsd } of charges) {
      const account = this.#accounts.get(organizationId);
      if (account) begun.set(account, chargeNanoUsd);
    }
    for (const account of begun.keys()) account.beginStatement();
    return {
      committed: (leases) => {
        const leaseOf = new Map<string, bigint>();
        for (const lease of leases) leaseOf.set(lease.organizationId, lease.leaseNanoUsd);
        for (const [account, charge] of begun) {
          account.settle(charge);
          account.endStatement(leaseOf.get(account.organizationId));
          this.#waiting.pump(account);
        }
      },
      failed: () => {
        for (const account of begun.keys()) account.endStatement(undefined);
      },
    };
  }

  recalled(payload: string): void {
    const { workerId } = this.#options;
    const [organizationId = '', asking] = payload.split(' ');
    const account = this.#accounts.get(organizationId);
    if (!account || asking === workerId) return;
    account.recalledUntilMs = this.#options.clock.monotonicMs() + recallLastsMs;
    account.cushionNanoUsd = leastCushionNanoUsd;
    // Two workers that each hold a part of what the other needs would wait for each other: the first by name goes on.
    if (account.waiters.length > 0 && asking !== undefined && workerId < asking) return;
    this.#giveBack.release(account, account.freeNanoUsd);
  }

  creditArrived(organizationId: string): void {
    const account = this.#accounts.get(organizationId);
    if (!account) return;
    account.refusedUntilMs = 0;
    account.nextTakeMs = 0;
    account.nextTopUpMs = 0;
    this.#waiting.pump(account);
  }

  availableHint(organizationId: string): bigint | undefined {
    const account = this.#accounts.get(organizationId);
    if (account?.availableNanoUsd === undefined) return undefined;
    const free = account.freeNanoUsd;
    return account.availableNanoUsd + (free > 0n ? free : 0n);
  }

  status(): CreditStatus {
    let leasedNanoUsd = 0n;
    let reservedNanoUsd = 0n;
    let unsettledNanoUsd = 0n;
    let waiting = 0;
    for (const account of this.#accounts.values()) {
      leasedNanoUsd += account.leaseNanoUsd;
      reservedNanoUsd += account.reservedNanoUsd;
      unsettledNanoUsd += account.unsettledNanoUsd;
      waiting += account.waiters.length;
    }
    return {
      organizations: this.#accounts.size,
      leasedNanoUsd,
      reservedNanoUsd,
      unsettledNanoUsd,
      waiting,
      isFenced: this.#term.isFenced,
      isUsable: this.#isUsable(this.#options.clock.monotonicMs()),
      statements: this.#desk.statements,
    };
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    this.#refuseAll('ledger_unavailable');
    if (!this.#term.isFenced) await this.#desk.close();
  }

  #isUsable(nowMs: number): boolean {
    return !this.#isStopped && this.#term.isUsable(nowMs);
  }

  #mayAsk(): boolean {
    return this.#isUsable(this.#options.clock.monotonicMs()) && !this.#options.health.isAway;
  }

  #accountOf(organizationId: string): CreditAccount {
    let account = this.#accounts.get(organizationId);
    if (!account) {
      account = new CreditAccount(organizationId, leastCushionNanoUsd);
      this.#accounts.set(organizationId, account);
    }
    return account;
  }

  #refuseAll(refusal: Refusal): void {
    for (const account of this.#accounts.values()) this.#waiting.refuse(account, refusal);
  }
}
