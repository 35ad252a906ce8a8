import type { Blame } from './blame.ts';
import { Breaker, type BreakerState } from './breaker.ts';
import { RecentFirstBytes } from './recent-first-bytes.ts';

/** Texts for staff are cut here. */
const maxErrorCharacters = 200;
const nothingMore = { ejects: false, restMs: 0 } as const;

/** Whether a request for a model may go to a channel now. */
export type Verdict =
  | 'well'
  /** Failed just now: the second choice. */
  | 'doubtful'
  /** Only where nothing else is left. */
  | 'ejected'
  | 'resting'
  /** The upstream said when to come back: not even then. */
  | 'waiting'
  /** Another request is finding out whether it works: not even then. */
  | 'on_trial';

interface Rest {
  readonly untilMs: number;
  /** The upstream named the time itself. */
  readonly isAsked: boolean;
}

/** How one channel does, as this process sees it. Times are monotonic milliseconds. */
export class ChannelHealth {
  readonly breaker: Breaker;
  inFlight = 0;
  attempts = 0;
  failures = 0;
  lastError: string | undefined;
  lastErrorAtMs: number | undefined;
  readonly firstBytes = new RecentFirstBytes();
  /** Until when the upstream asked to be left alone. */
  #waitUntilMs = 0;
  /** Rests of single models; undefined for a channel that never had to. */
  #rests: Map<string, Rest> | undefined;

  constructor(onChange: () => void) {
    this.breaker = new Breaker(onChange);
  }

  get state(): BreakerState {
    return this.breaker.state;
  }

  verdict(model: string, nowMs: number): Verdict {
    const { breaker } = this;
    const rest = this.#rests?.get(model);
    const isResting = rest !== undefined && nowMs < rest.untilMs;
    if (nowMs < this.#waitUntilMs || (isResting && rest.isAsked)) return 'waiting';
    if (!breaker.hasRoom) return 'on_trial';
    if (isResting) return 'resting';
    if (breaker.state === 'open') return 'ejected';
    return breaker.isDoubtful(nowMs) ? 'doubtful' : 'well';
  }

  /** When the channel may take this model again, as far as is known. */
  retryAtMs(model: string): number {
    const untilMs = this.breaker.state === 'open' ? this.breaker.ejectedUntilMs : 0;
    return Math.max(untilMs, this.#waitUntilMs, this.#rests?.get(model)?.untilMs ?? 0);
  }

  /** An attempt begins; its ticket goes with what comes of it. */
  begin(): number {
    this.inFlight++;
    this.attempts++;
    return this.breaker.begin();
  }

  succeeded(ticket: number, nowMs: number): void {
    this.inFlight--;
    this.breaker.succeed(ticket, nowMs);
  }

  /** The attempt came to nothing (or broke off) in a way that the channel is to blame for, or one of its models alone. */
  failed(ticket: number, nowMs: number, blame: Blame, model: string, draw: number): void {
    this.inFlight--;
    this.failures++;
    this.lastError = blame.text.slice(0, maxErrorCharacters);
    this.lastErrorAtMs = nowMs;
    const untilMs = nowMs + blame.restMs;
    if (blame.scope === 'model') {
      this.#rests ??= new Map();
      this.#rests.set(model, { untilMs, isAsked: blame.isAsked === true });
      return this.breaker.succeed(ticket, nowMs);
    }
    if (blame.isAsked) this.#waitUntilMs = Math.max(this.#waitUntilMs, untilMs);
    this.breaker.fail(ticket, nowMs, blame.ejects || blame.restMs > 0 ? blame : nothingMore, draw);
  }

  /** The attempt says nothing of the channel: the client left, or its request was wrong. */
  released(ticket: number): void {
    this.inFlight--;
    this.breaker.release(ticket);
  }

  reset(nowMs: number): void {
    this.#rests = undefined;
    this.#waitUntilMs = 0;
    this.breaker.reset(nowMs);
  }
}
