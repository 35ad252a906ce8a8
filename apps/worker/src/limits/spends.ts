import type { Caller, SpendLimits } from '@ai-bridge/access/callers';
import { type Clock, formatUsd, RelayError } from '@ai-bridge/domain';

const dayMs = 86_400_000;
/** Subjects whose last request is older are forgotten: by then the database knows all that they spent. */
const forgetAfterMs = 600_000;

/** What a subject had spent when that was read. */
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

/** A request that counts against spend limits while it runs; `release` must be called once, with what it cost. */
export interface SpendAdmission {
  release(chargeNanoUsd: bigint): void;
}

/** Whose spend counts together, and what it may be. */
interface SpendScope {
  readonly subject: string;
  readonly limits: SpendLimits;
  /** Behind the amount, where the caller is told of it. */
  readonly of: string;
}

/** All keys that one member of an organization made. */
export const memberSubject = (organizationId: string, userId: string): string => `${organizationId}/${userId}`;

/**
 * What keys and their makers with spend limits have spent: as read from the database when a key is looked up, and what this worker charged since. A
 * limit may be exceeded by what the last request let through costs, and by what other workers charge between two look-ups.
 */
export class Spends {
  readonly #clock: Clock;
  readonly #bySubject = new Map<string, Spend>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes in what the database says. Sums never fall within a day, and what was charged here may not be in it yet: the larger one counts. */
  learn(subject: string, spent: SpentSoFar): void {
    const spend = this.#of(subject, spent.atMs);
    const { day, month } = periodOf(spent.atMs);
    if (day === spend.day && spent.dayNanoUsd > spend.dayNanoUsd) spend.dayNanoUsd = spent.dayNanoUsd;
    if (month === spend.month && spent.monthNanoUsd > spend.monthNanoUsd) spend.monthNanoUsd = spent.monthNanoUsd;
  }

  /**
   * Lets a request through that is expected to cost so much; undefined where nothing limits its spend.
   * @throws RelayError spend_limit_reached; balance_in_use where only requests under way stand in the way
   */
  admit(caller: Caller, expectedNanoUsd: () => bigint): SpendAdmission | undefined {
    const scopes = scopesOf(caller);
    if (scopes.length === 0) return undefined;
    const nowMs = this.#clock.now();
    const spends = scopes.map(({ subject }) => this.#of(subject, nowMs));
    for (const [index, scope] of scopes.entries()) refuseOver(spends[index] as Spend, scope);
    const expected = expectedNanoUsd();
    for (const spend of spends) spend.openNanoUsd += expected;
    const { day, month } = periodOf(nowMs);
    return {
      release(chargeNanoUsd) {
        for (const spend of spends) {
          spend.openNanoUsd -= expected;
          // What began before midnight is recorded in the day that is over.
          if (spend.day === day) spend.dayNanoUsd += chargeNanoUsd;
          if (spend.month === month) spend.monthNanoUsd += chargeNanoUsd;
        }
      },
    };
  }

  /** Forgets idle subjects; called by a slow timer. */
  sweep(nowMs: number): void {
    for (const [subject, { openNanoUsd, touchedMs }] of this.#bySubject)
      if (openNanoUsd === 0n && nowMs - touchedMs > forgetAfterMs) this.#bySubject.delete(subject);
  }

  #of(subject: string, nowMs: number): Spend {
    const { day, month } = periodOf(nowMs);
    const known = this.#bySubject.get(subject);
    if (known === undefined) {
      const spend = { day, month, dayNanoUsd: 0n, monthNanoUsd: 0n, openNanoUsd: 0n, touchedMs: nowMs };
      this.#bySubject.set(subject, spend);
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

const none: readonly SpendScope[] = [];

/** Everything that limits what a caller may spend. */
function scopesOf({ keyId, organizationId, spendLimits, memberSpend }: Caller): readonly SpendScope[] {
  if (spendLimits === undefined && memberSpend === undefined) return none;
  const scopes: SpendScope[] = [];
  if (spendLimits) scopes.push({ subject: keyId, limits: spendLimits, of: '' });
  if (memberSpend) {
    const { userId, limits } = memberSpend;
    scopes.push({ subject: memberSubject(organizationId, userId), limits, of: ' for all keys of its member' });
  }
  return scopes;
}

function refuseOver(spend: Spend, { limits: { perDayNanoUsd, perMonthNanoUsd }, of }: SpendScope): void {
  refuseAt(spend.dayNanoUsd, spend.openNanoUsd, perDayNanoUsd, `a day${of}`);
  refuseAt(spend.monthNanoUsd, spend.openNanoUsd, perMonthNanoUsd, `a month${of}`);
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
