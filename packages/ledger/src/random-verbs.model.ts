/** One lot of credit. `order` sorts by age, as the database sees it. */
interface Lot {
  readonly organization: string;
  readonly kind: 'granted' | 'paid';
  readonly order: string;
  /** The purchase that brought it. */
  readonly orderId: string | undefined;
  left: bigint;
}

/** What a refund or a dispute has set aside, by lot. */
interface Reserve {
  readonly lots: Map<Lot, bigint>;
  isSettled: boolean;
  isCancelled: boolean;
}

interface Lease {
  readonly worker: string;
  readonly organization: string;
  epoch: bigint;
  amount: bigint;
}

const sum = (amounts: bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
const least = (a: bigint, b: bigint) => (a < b ? a : b);

/** What the ledger means, without a database: the property tests hold the SQL functions against it. */
export class LedgerModel {
  lots: Lot[] = [];
  leases: Lease[] = [];
  readonly reserves = new Map<string, Reserve>();
  readonly epochs = new Map<string, bigint>();
  readonly facts = new Set<string>();
  readonly frozen = new Set<string>();

  posted = (organization: string) =>
    sum(this.lots.filter((lot) => lot.organization === organization).map((lot) => lot.left));
  held = (organization: string) =>
    sum(this.leases.filter((lease) => lease.organization === organization).map((lease) => lease.amount));
  available = (organization: string) => this.posted(organization) - this.held(organization);
  epochOf = (worker: string) => this.epochs.get(worker) ?? 0n;
  lease = (worker: string, organization: string) =>
    this.leases.find((lease) => lease.worker === worker && lease.organization === organization);

  /** @returns whether it was otherwise before */
  setFrozen(organization: string, isFrozen: boolean): boolean {
    const isChanged = this.frozen.has(organization) !== isFrozen;
    if (isFrozen) this.frozen.add(organization);
    else this.frozen.delete(organization);
    return isChanged;
  }

  /** Held under a key instead of a worker's name. */
  durablyHeld = (organization: string) =>
    sum(
      this.leases
        .filter((lease) => lease.organization === organization && lease.worker.startsWith('hold:'))
        .map((lease) => lease.amount),
    );

  /** True the first time a fact is named: what idempotency means. */
  once(fact: string): boolean {
    return !this.facts.has(fact) && this.facts.add(fact) !== undefined;
  }

  use(organization: string, amount: bigint): void {
    const age = (lot: Lot) => `${lot.kind} ${lot.order}`;
    for (const lot of this.lots.sort((a, b) => (age(a) < age(b) ? -1 : 1))) {
      if (lot.organization !== organization) continue;
      const taken = least(lot.left, amount);
      lot.left -= taken;
      amount -= taken;
    }
  }

  reserve(key: string, organization: string, orderId: string, amount: bigint, mode: 'whole' | 'lot' | 'beyond') {
    const reserve: Reserve = this.reserves.get(key) ?? { lots: new Map(), isSettled: false, isCancelled: false };
    const standing = () => sum([...reserve.lots.values()]);
    const answer = (result: string) => ({ result, reserved: standing() });
    if (reserve.isSettled || reserve.isCancelled) return answer('ended');
    this.use(organization, 0n); // sorts the lots
    const mine = this.lots.filter((lot) => lot.organization === organization);
    const own = mine.filter((lot) => lot.orderId === orderId);
    if (mode === 'whole') {
      if (standing() > 0n) return answer('duplicate');
      if (this.frozen.has(organization)) return answer('frozen');
      if (sum(own.map((lot) => lot.left)) < amount) return answer('insufficient');
      if (this.available(organization) < amount) return answer('in_use');
    }
    let want = least(amount - standing(), this.available(organization));
    const others = mode === 'beyond' ? mine.filter((lot) => lot.orderId !== orderId) : [];
    for (const lot of [...own, ...others]) {
      const taken = want > 0n ? least(lot.left, want) : 0n;
      if (taken === 0n) continue;
      lot.left -= taken;
      want -= taken;
      reserve.lots.set(lot, (reserve.lots.get(lot) ?? 0n) + taken);
    }
    this.reserves.set(key, reserve);
    return answer('reserved');
  }

  settle(key: string, shortfall: bigint): { applied: boolean } {
    const reserve = this.reserves.get(key) ?? { lots: new Map<Lot, bigint>(), isSettled: false, isCancelled: false };
    if (reserve.isSettled || reserve.isCancelled) return { applied: false };
    // Without an amount there is nothing to write down, and so nothing has ended.
    reserve.isSettled = reserve.lots.size > 0 || shortfall > 0n;
    this.reserves.set(key, reserve);
    return { applied: true };
  }

  cancel(key: string): { applied: boolean } {
    const reserve = this.reserves.get(key);
    const isKnown = reserve !== undefined && (reserve.lots.size > 0 || reserve.isSettled);
    if (!isKnown || reserve.isCancelled) return { applied: false };
    for (const [lot, amount] of reserve.lots) lot.left += amount;
    reserve.isCancelled = true;
    return { applied: true };
  }

  open(worker: string, organization: string): Lease {
    const lease = { worker, organization, epoch: 0n, amount: 0n };
    this.leases.push(lease);
    return lease;
  }

  take(worker: string, epoch: bigint, organization: string, want: bigint, min: bigint) {
    const fenced = this.epochs.get(worker) !== epoch;
    let lease = this.lease(worker, organization);
    const leftover = !fenced && lease?.epoch !== epoch ? (lease?.amount ?? 0n) : 0n;
    if (lease && leftover > 0n) lease.amount = 0n;
    const most = least(want, this.available(organization));
    const frozen = this.frozen.has(organization);
    const granted = !fenced && !frozen && most >= min ? most : 0n;
    if (granted > 0n || leftover > 0n) {
      lease ??= this.open(worker, organization);
      lease.epoch = epoch;
      lease.amount += granted;
    }
    const held = lease?.amount ?? 0n;
    return {
      grantedNanoUsd: granted,
      leaseNanoUsd: held,
      availableNanoUsd: this.available(organization),
      heldElsewhereNanoUsd: this.held(organization) - held - this.durablyHeld(organization),
      frozen,
      fenced,
    };
  }

  release(worker: string, epoch: bigint, organization: string, amount: bigint) {
    const fenced = this.epochs.get(worker) !== epoch;
    const lease = this.lease(worker, organization);
    const own = lease?.epoch === epoch ? lease : undefined;
    const released = fenced || !own ? 0n : least(amount, own.amount);
    if (own) own.amount -= released;
    return { releasedNanoUsd: released, leaseNanoUsd: own?.amount ?? 0n, fenced };
  }

  placeHold(key: string, organization: string, amount: bigint) {
    if (this.lease(`hold:${key}`, organization)) return 'duplicate';
    if (this.frozen.has(organization)) return 'frozen';
    if (this.posted(organization) - this.durablyHeld(organization) < amount) return 'insufficient';
    if (this.available(organization) < amount) return 'in_use';
    this.open(`hold:${key}`, organization).amount = amount;
    return 'placed';
  }

  releaseHold(key: string, organization: string) {
    const ended = this.end((lease) => lease.worker === `hold:${key}` && lease.organization === organization);
    return { releasedNanoUsd: sum(ended.map((lease) => lease.amount)) };
  }

  /** Ends the leases that match, and returns how many and how much. */
  end(matches: (lease: Lease) => boolean): Lease[] {
    const ended = this.leases.filter(matches);
    this.leases = this.leases.filter((lease) => !matches(lease));
    return ended;
  }

  capture(worker: string, records: readonly [requestId: string, organization: string, charge: bigint][]) {
    const charged = records.filter(([, , charge]) => charge > 0n);
    const fresh = charged.filter(([requestId]) => this.once(`capture:${requestId}`));
    let overrunNanoUsd = 0n;
    const leases = [...new Set(fresh.map(([, organization]) => organization))].sort().map((organization) => {
      const total = sum(fresh.filter((record) => record[1] === organization).map((record) => record[2]));
      const lease = this.lease(worker, organization);
      const payment = least(total, (lease?.amount ?? 0n) + this.available(organization));
      if (lease) lease.amount -= least(payment, lease.amount);
      this.use(organization, payment);
      overrunNanoUsd += total - payment;
      return { organizationId: organization, capturedNanoUsd: payment, leaseNanoUsd: lease?.amount ?? 0n };
    });
    return { captured: fresh.length, duplicates: charged.length - fresh.length, overrunNanoUsd, leases };
  }
}
