import type { Caller } from '@ai-bridge/access/callers';
import { type Clock, type Limits, RelayError } from '@ai-bridge/domain';
import { RateWindow } from './rate-window.ts';

/** What a request takes of its caller's limits while it runs; `release` must be called once, with what was really used. */
export interface Admission {
  release(used: { inputTokens: number; outputTokens: number } | undefined): void;
  /** What is left of each kind of limit, the tightest of its kind; empty when nothing is limited. */
  readonly remaining: readonly LimitState[];
}

export interface LimitState {
  readonly kind: 'requests' | 'input-tokens' | 'output-tokens';
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
}

class Subject {
  readonly requests = new RateWindow();
  readonly inputTokens = new RateWindow();
  readonly outputTokens = new RateWindow();
  open = 0;
  touchedMs = 0;
}

/** Subjects whose last use is older than this are forgotten. */
const forgetAfterMs = 180_000;
const unlimited: Admission = { release() {}, remaining: [] };

/** Rate and concurrency limits of keys and organizations, in this process. */
export interface Limiter {
  /** Takes room for one request, or throws rate_limit_exceeded with when to come back. */
  admit(caller: Caller, estimate: { inputTokens: number; outputTokens: number }, nowMs: number): Admission;
  /** Forgets idle subjects; called by a slow timer. */
  sweep(nowMs: number): void;
}

export function createLimiter(clock: Clock): Limiter {
  const subjects = new Map<string, Subject>();
  const subjectOf = (id: string, nowMs: number): Subject => {
    let subject = subjects.get(id);
    if (!subject) {
      subject = new Subject();
      subjects.set(id, subject);
    }
    subject.touchedMs = nowMs;
    return subject;
  };
  return {
    admit(caller, estimate, nowMs) {
      const scopes: [Subject, Limits][] = [];
      if (isLimited(caller.keyLimits)) scopes.push([subjectOf(caller.keyId, nowMs), caller.keyLimits]);
      if (isLimited(caller.organizationLimits))
        scopes.push([subjectOf(caller.organizationId, nowMs), caller.organizationLimits]);
      if (scopes.length === 0) return unlimited;
      for (const [subject, limits] of scopes) check(subject, limits, estimate, nowMs);
      for (const [subject] of scopes) take(subject, estimate, nowMs);
      return admission(scopes, estimate, nowMs, clock);
    },
    sweep(nowMs) {
      for (const [id, subject] of subjects) {
        if (subject.open === 0 && nowMs - subject.touchedMs > forgetAfterMs) subjects.delete(id);
      }
    },
  };
}

function isLimited(limits: Limits): boolean {
  return (
    limits.rpm !== undefined ||
    limits.itpm !== undefined ||
    limits.otpm !== undefined ||
    limits.concurrency !== undefined
  );
}

type Estimate = { inputTokens: number; outputTokens: number };

function check(subject: Subject, limits: Limits, estimate: Estimate, nowMs: number): void {
  if (limits.concurrency !== undefined && subject.open >= limits.concurrency) {
    throw new RelayError('rate_limit_exceeded', {
      limit: `${limits.concurrency} requests at once`,
      retryAfterSeconds: 1,
    });
  }
  refuseOver(subject.requests, limits.rpm, 1, nowMs, 'requests per minute');
  refuseOver(subject.inputTokens, limits.itpm, estimate.inputTokens, nowMs, 'input tokens per minute');
  refuseOver(subject.outputTokens, limits.otpm, estimate.outputTokens, nowMs, 'output tokens per minute');
}

function refuseOver(window: RateWindow, limit: number | undefined, amount: number, nowMs: number, unit: string): void {
  if (limit === undefined) return;
  // One request larger than the whole limit passes alone: refusing it for ever would help nobody.
  const waitMs = window.waitMs(nowMs, limit, Math.min(amount, limit));
  if (waitMs === 0) return;
  throw new RelayError('rate_limit_exceeded', {
    limit: `${limit} ${unit}`,
    retryAfterSeconds: Math.ceil(waitMs / 1000),
  });
}

function take(subject: Subject, estimate: Estimate, nowMs: number): void {
  subject.open++;
  subject.requests.add(nowMs, 1);
  subject.inputTokens.add(nowMs, estimate.inputTokens);
  subject.outputTokens.add(nowMs, estimate.outputTokens);
}

function admission(scopes: [Subject, Limits][], estimate: Estimate, admittedMs: number, clock: Clock): Admission {
  let released = false;
  return {
    remaining: statesOf(scopes, admittedMs),
    release(used) {
      if (released) return;
      released = true;
      for (const [subject] of scopes) {
        subject.open--;
        if (!used) continue;
        const nowMs = clock.now();
        correct(subject.inputTokens, nowMs, admittedMs, used.inputTokens - estimate.inputTokens);
        correct(subject.outputTokens, nowMs, admittedMs, used.outputTokens - estimate.outputTokens);
      }
    },
  };
}

/** More than was estimated counts from now on; less was never used. */
function correct(window: RateWindow, nowMs: number, admittedMs: number, difference: number): void {
  if (difference > 0) window.add(nowMs, difference);
  else if (difference < 0) window.giveBack(nowMs, admittedMs, -difference);
}

/** Of each kind the limit that has least left: that is the one which will refuse. */
function statesOf(scopes: [Subject, Limits][], nowMs: number): LimitState[] {
  const states: LimitState[] = [];
  for (const [subject, limits] of scopes) {
    keepTighter(states, 'requests', subject.requests, limits.rpm, nowMs);
    keepTighter(states, 'input-tokens', subject.inputTokens, limits.itpm, nowMs);
    keepTighter(states, 'output-tokens', subject.outputTokens, limits.otpm, nowMs);
  }
  return states;
}

function keepTighter(
  states: LimitState[],
  kind: LimitState['kind'],
  window: RateWindow,
  limit: number | undefined,
  nowMs: number,
): void {
  if (limit === undefined) return;
  const remaining = Math.max(0, Math.floor(limit - window.used(nowMs)));
  const at = states.findIndex((state) => state.kind === kind);
  if (at >= 0 && (states[at] as LimitState).remaining <= remaining) return;
  states[at >= 0 ? at : states.length] = { kind, limit, remaining, resetMs: window.emptyInMs(nowMs) };
}
