import type { Caller, SpendLimits } from '@ai-bridge/access/callers';
import { type Clock, formatUsd, RelayError } from '@ai-bridge/domain';

const dayMs = 86_400_000;
/** Keys whose last request is older are forgotten: by then the database knows all that they spent. */
const forgetAfterMs = 600_000;

/** What a key had spent when that was read. */
export interface SpentSoFar {
  readonly atMs: number;
  readonly dayNanoUsd: bigint;
  readonly monthNanoUsd: bigint;
}

interface Spend {
  /** Days since 1970 and months since year 0, UTC, that the sums are of. */
  day: number;
  month: number;
  dayNanoUsd: bigint;
  monthNanoUsd: bigint;
  /** What requests under way are expected to cost. */
  openNanoUsd: bigint;
  touchedMs: number;
}

/** A request that counts against its key's spend limits while it runs; `release` must be called once, with what it cost. */
export interface SpendAdmission {
  release(chargeNanoUsd: bigint): void;
}

/**
 * What keys with spend limits have spent: as read from the database when the key is looked up, and what this worker charged since. A limit
 * may be exceeded by what the last request let through costs, and by what other workers charge between two look-ups.
 */
export class KeySpends {
  readonly #clock: Clock;
  readonly #byKey = new Map<string, Spend>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes in what the database says. Sums never fall within a day, and what was charged here may not be in it yet: the larger one counts. */
  learn(keyId: string, spent: SpentSoFar): void {
    const spend = this.#of(keyId, spent.atMs);
    const { day, month } = periodOf(spent.atMs);
    if (day === spend.day && spent.dayNanoUsd > spend.dayNanoUsd) spend.dayNanoUsd = spent.dayNanoUsd;
    if (month === spend.month && spent.monthNanoUsd > spend.monthNanoUsd) spend.monthNanoUsd = spent.monthNanoUsd;
  }

  /**
   * Lets a request through that is expected to cost so much; undefined where its key has no spend limit.
   * @throws RelayError spend_limit_reached; balance_in_use where only requests under way stand in the way
   */
  admit(caller: Caller, expectedNanoUsd: () => bigint): SpendAdmission | undefined {
    if (caller.spendLimits === undefined) return undefined;
    const spend = this.#of(caller.keyId, this.#clock.now());
    refuseOver(spend, caller.spendLimits);
    const expected = expectedNanoUsd();
    spend.openNanoUsd += expected;
    const { day, month } = spend;
    return {
      release: (chargeNanoUsd) => {
        spend.openNanoUsd -= expected;
        // What began before midnight is recorded in the day that is over.
        if (spend.day === day) spend.dayNanoUsd += chargeNanoUsd;
        if (spend.month === month) spend.monthNanoUsd += chargeNanoUsd;
      },
    };
  }

  /** Forgets idle keys; called by a slow timer. */
  sweep(nowMs: number): void {
    for (const [keyId, { openNanoUsd, touchedMs }] of this.#byKey)
      if (openNanoUsd === 0n && nowMs - touchedMs > forgetAfterMs) this.#byKey.delete(keyId);
  }

  #of(keyId: string, nowMs: number): Spend {
    const { day, month } = periodOf(nowMs);
    const known = this.#byKey.get(keyId);
    if (known === undefined) {
      const spend = { day, month, dayNanoUsd: 0n, monthNanoUsd: 0n, openNanoUsd: 0n, touchedMs: nowMs };
      this.#byKey.set(keyId, spend);
      return spend;
    }
    known.touchedMs = nowMs;
    if (day > known.day) {
      known.day = day;
      known.dayNanoUsd = 0n;
    }
    if (month > known.month) {
      known.month = month;
      known.monthNanoUsd = 0n;
    }
    return known;
  }
}

function refuseOver(spend: Spend, { perDayNanoUsd, perMonthNanoUsd }: SpendLimits): void {
  refuseAt(spend.dayNanoUsd, spend.openNanoUsd, perDayNanoUsd, 'a day');
  refuseAt(spend.monthNanoUsd, spend.openNanoUsd, perMonthNanoUsd, 'a month');
}

function refuseAt(spent: bigint, open: bigint, limitNanoUsd: bigint | undefined, per: string): void {
  if (limitNanoUsd === undefined || spent + open < limitNanoUsd) return;
  const limit = `${formatUsd(limitNanoUsd)} USD ${per}`;
  if (spent >= limitNanoUsd) throw new RelayError('spend_limit_reached', { limit });
  throw new RelayError('balance_in_use', { limit, retryAfterSeconds: 1 });
}

/** The UTC day and month that a moment lies in, as numbers that grow. */
function periodOf(atMs: number): { day: number; month: number } {
  const at = new Date(atMs);
  return { day: Math.floor(atMs / dayMs), month: at.getUTCFullYear() * 12 + at.getUTCMonth() };
}
