import type { Caller } from '@ai-bridge/access/callers';
import type { ChannelLimits } from '@ai-bridge/catalog';
import { type Clock, formatUsd, RelayError, type SpendLimits } from '@ai-bridge/domain';
import type { Full } from './limiter.ts';

const dayMs = 86_400_000;
/** Subjects whose last request is older are forgotten: by then the database knows all that they spent. */
const forgetAfterMs = 600_000;
/** When requests under way end is anybody's guess. */
const openWaitMs = 1_000;

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

/** A channel's spend limits; undefined where it has none. */
export function channelSpendLimits(limits: ChannelLimits): SpendLimits | undefined {
  const { spendPerDayNanoUsd: perDayNanoUsd, spendPerMonthNanoUsd: perMonthNanoUsd } = limits;
  if (perDayNanoUsd === undefined && perMonthNanoUsd === undefined) return undefined;
  return { perDayNanoUsd, perMonthNanoUsd };
}

/**
 * What keys and their makers with spend limits have spent, and what channels cost the operator: as read from the database when a key is looked
 * up (of channels every few seconds), and what this worker charged since. A limit may be exceeded by what the last request let through costs,
 * and by what other workers charge between two look-ups.
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
    for (const [index, { limits, of }] of scopes.entries()) {
      const reached = whatReached(spends[index] as Spend, limits, nowMs);
      if (reached) throw refusal(reached, of);
    }
    return admitted(spends, expectedNanoUsd(), nowMs);
  }

  /** Which of a channel's limits its cost has reached; undefined where none. Takes nothing. */
  whyFull(channelId: string, limits: SpendLimits): Full | undefined {
    const nowMs = this.#clock.now();
    return whatReached(this.#of(channelId, nowMs), limits, nowMs);
  }

  /** Counts a request on a channel whose limits are not reached, by what it is expected to cost. */
  enter(channelId: string, expectedNanoUsd: bigint): SpendAdmission {
    const nowMs = this.#clock.now();
    return admitted([this.#of(channelId, nowMs)], expectedNanoUsd, nowMs);
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

function admitted(spends: readonly Spend[], expectedNanoUsd: bigint, nowMs: number): SpendAdmission {
  for (const spend of spends) spend.openNanoUsd += expectedNanoUsd;
  const { day, month } = periodOf(nowMs);
  return {
    release(chargeNanoUsd) {
      for (const spend of spends) {
        spend.openNanoUsd -= expectedNanoUsd;
        // What began before midnight is recorded in the day that is over.
        if (spend.day === day) spend.dayNanoUsd += chargeNanoUsd;
        if (spend.month === month) spend.monthNanoUsd += chargeNanoUsd;
      }
    },
  };
}

interface Reached extends Full {
  /** All of it is spent; else requests under way stand in the way. */
  readonly isSpent: boolean;
}

function refusal({ limit, isSpent }: Reached, of: string): RelayError {
  if (isSpent) return new RelayError('spend_limit_reached', { limit: limit + of });
  return new RelayError('balance_in_use', { limit: limit + of, retryAfterSeconds: 1 });
}

/** The first limit that is reached by what is spent and what requests under way are expected to cost. */
function whatReached(spend: Spend, limits: SpendLimits, nowMs: number): Reached | undefined {
  const { perDayNanoUsd, perMonthNanoUsd } = limits;
  const { dayNanoUsd, monthNanoUsd, openNanoUsd } = spend;
  return (
    reachedAt(dayNanoUsd, openNanoUsd, perDayNanoUsd, 'a day', nowMs) ??
    reachedAt(monthNanoUsd, openNanoUsd, perMonthNanoUsd, 'a month', nowMs)
  );
}

function reachedAt(
  spent: bigint,
  open: bigint,
  limitNanoUsd: bigint | undefined,
  per: 'a day' | 'a month',
  nowMs: number,
): Reached | undefined {
  if (limitNanoUsd === undefined || spent + open < limitNanoUsd) return undefined;
  const isSpent = spent >= limitNanoUsd;
  const waitMs = isSpent ? endOf(per, nowMs) - nowMs : openWaitMs;
  return { limit: `${formatUsd(limitNanoUsd)} USD ${per}`, waitMs, isSpent };
}

/** When the UTC day or month that a moment lies in ends. */
function endOf(per: 'a day' | 'a month', atMs: number): number {
  const at = new Date(atMs);
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  return per === 'a day' ? Date.UTC(year, month, day + 1) : Date.UTC(year, month + 1, 1);
}

/** The UTC day and month that a moment lies in, as numbers that grow. */
function periodOf(atMs: number): { day: number; month: number } {
  const at = new Date(atMs);
  return { day: Math.floor(atMs / dayMs), month: at.getUTCFullYear() * 12 + at.getUTCMonth() };
}
