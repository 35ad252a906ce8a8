import { SlidingCounts } from './sliding-counts.ts';

/** closed: takes every request; open: ejected; half_open: one request at a time shows whether it is well again. */
export type BreakerState = 'closed' | 'open' | 'half_open';

/** So many failures in a row eject a channel ... */
const maxConsecutiveFailures = 5;
/** ... and so does this share of them among enough attempts of the last while. */
const maxFailureShare = 0.5;
const leastAttempts = 20;
const windowMs = 30_000;
const windowSteps = 10;
/** The first ejection; each one after it takes twice as long. */
const firstEjectionMs = 5_000;
export const maxEjectionMs = 300_000;
/** Ejections end a little early, by chance, so that those of many channels and workers do not end together. */
const jitterShare = 0.2;
/** A channel that was well for this long begins again with the first ejection. */
const forgiveAfterMs = 60_000;
const probeEveryMs = 10_000;
/** So many failures in a row, not longer ago, make a channel the second choice among its like. */
const doubtfulFailures = 2;
const doubtMs = 2_000;

/** What a failure asks for beyond being counted. */
export interface Blow {
  /** Ejects at once, however well the channel did before. */
  readonly ejects: boolean;
  /** Nothing is tried before this is over, not even a probe; 0: no such word. */
  readonly restMs: number;
}

/**
 * The circuit breaker of one channel: what came of its attempts decides whether it takes more. It knows no clock and no chance of its own:
 * times are monotonic milliseconds, `draw` is a number in [0, 1).
 *
 * Every attempt holds a ticket from its begin to its end. Tickets of another time (the channel was ejected or closed since) change nothing,
 * so that the late failures of one outage do not count against the recovery.
 */
export class Breaker {
  state: BreakerState = 'closed';
  consecutiveFailures = 0;
  /** When the ejection ends. */
  ejectedUntilMs = 0;
  readonly recent = new SlidingCounts(windowMs, windowSteps);
  #restUntilMs = 0;
  #ejections = 0;
  #closedAtMs = Number.NEGATIVE_INFINITY;
  #failedAtMs = Number.NEGATIVE_INFINITY;
  #probedAtMs = Number.NEGATIVE_INFINITY;
  #serial = 1;
  /** The ticket of all attempts that begin while the channel is closed. */
  #closedTicket = 1;
  #trialTicket = 0;
  readonly #onChange: (() => void) | undefined;

  /** @param onChange called after each change of state */
  constructor(onChange?: () => void) {
    this.#onChange = onChange;
  }

  /** Whether a request may go to the channel: any to a closed one, one at a time to any other. */
  get hasRoom(): boolean {
    return this.state === 'closed' || this.#trialTicket === 0;
  }

  /** Failed just now, if not often enough for an ejection. */
  isDoubtful(nowMs: number): boolean {
    return this.consecutiveFailures >= doubtfulFailures && nowMs - this.#failedAtMs < doubtMs;
  }

  /** An attempt begins; only where there is room. Returns its ticket. */
  begin(): number {
    if (this.state === 'closed') return this.#closedTicket;
    this.#trialTicket = ++this.#serial;
    return this.#trialTicket;
  }

  /** The answer has begun: proof enough that the channel works again. */
  answering(ticket: number, nowMs: number): void {
    if (ticket === this.#trialTicket) this.#close(nowMs);
  }

  succeed(ticket: number, nowMs: number): void {
    this.answering(ticket, nowMs);
    if (this.state !== 'closed' || ticket !== this.#closedTicket) return;
    this.consecutiveFailures = 0;
    this.recent.add(nowMs, 1, 0);
  }

  fail(ticket: number, nowMs: number, blow: Blow, draw: number): void {
    if (blow.restMs > 0) this.#restUntilMs = Math.max(this.#restUntilMs, nowMs + Math.min(blow.restMs, maxEjectionMs));
    if (ticket === this.#trialTicket) {
      this.consecutiveFailures++;
      return this.#eject(nowMs, draw);
    }
    if (this.state !== 'closed' || ticket !== this.#closedTicket) return;
    this.consecutiveFailures++;
    this.#failedAtMs = nowMs;
    this.recent.add(nowMs, 1, 1);
    const { all, some } = this.recent;
    const isTooMany = all >= leastAttempts && some >= all * maxFailureShare;
    if (blow.ejects || isTooMany || this.consecutiveFailures >= maxConsecutiveFailures) this.#eject(nowMs, draw);
  }

  /** The attempt ended in a way that says nothing of the channel. */
  release(ticket: number): void {
    if (ticket === this.#trialTicket) this.#trialTicket = 0;
  }

  /** Whether the channel should be asked for a sign of life now. */
  wantsProbe(nowMs: number): boolean {
    if (this.state !== 'open' || nowMs < this.#restUntilMs) return false;
    const hasEnded = nowMs >= this.ejectedUntilMs && this.#probedAtMs < this.ejectedUntilMs;
    return hasEnded || nowMs - this.#probedAtMs >= probeEveryMs;
  }

  probed(nowMs: number): void {
    this.#probedAtMs = nowMs;
  }

  /** It gave a sign of life: requests may show the rest. */
  probeAnswered(nowMs: number): void {
    if (this.state === 'open' && nowMs >= this.#restUntilMs) this.#become('half_open');
  }

  /** It gave none. After a long while a request tries all the same: what was asked may be broken rather than the channel. */
  probeFailed(nowMs: number): void {
    if (this.state === 'open' && nowMs >= this.ejectedUntilMs + maxEjectionMs) this.#become('half_open');
  }

  /** As if nothing had ever gone wrong: staff have mended it. */
  reset(nowMs: number): void {
    this.#ejections = 0;
    this.#restUntilMs = 0;
    this.#trialTicket = ++this.#serial;
    this.#close(nowMs);
  }

  #close(nowMs: number): void {
    this.#closedTicket = this.#trialTicket;
    this.#trialTicket = 0;
    this.consecutiveFailures = 0;
    this.recent.clear();
    this.#closedAtMs = nowMs;
    this.#become('closed');
  }

  #eject(nowMs: number, draw: number): void {
    if (this.state === 'closed' && nowMs - this.#closedAtMs > forgiveAfterMs) this.#ejections = 0;
    const ejectionMs = Math.min(maxEjectionMs, firstEjectionMs * 2 ** this.#ejections) * (1 - jitterShare * draw);
    this.#ejections++;
    this.#trialTicket = 0;
    this.#probedAtMs = nowMs;
    this.ejectedUntilMs = Math.max(nowMs + ejectionMs, this.#restUntilMs);
    this.#become('open');
  }

  #become(state: BreakerState): void {
    const isNews = this.state !== state;
    this.state = state;
    if (isNews) this.#onChange?.();
  }
}
