import type { Caller } from '@ai-bridge/access/callers';
import { type Limits, RelayError } from '@ai-bridge/domain';
import { RateWindow } from './rate-window.ts';

/** What a request takes of its caller's limits while it runs; `release` must be called once, with what was really used. */
export interface Admission {
  release(used: { inputTokens: number; outputTokens: number } | undefined): void;
  /** Flat name/value pairs for the answer, in neutral terms; empty when nothing is limited. */
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

export function createLimiter(): Limiter {
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
      return admission(scopes, estimate, nowMs);
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

function admission(scopes: [Subject, Limits][], estimate: Estimate, nowMs: number): Admission {
  let released = false;
  return {
    remaining: scopes.length > 0 ? stateOf(scopes[0] as [Subject, Limits], nowMs) : [],
    release(used) {
      if (released) return;
      released = true;
      for (const [subject] of scopes) {
        subject.open--;
        if (!used) continue;
        subject.inputTokens.add(nowMs, used.inputTokens - estimate.inputTokens);
        subject.outputTokens.add(nowMs, used.outputTokens - estimate.outputTokens);
      }
    },
  };
}

function stateOf([subject, limits]: [Subject, Limits], nowMs: number): LimitState[] {
  const states: LimitState[] = [];
  const push = (kind: LimitState['kind'], window: RateWindow, limit: number | undefined) => {
    if (limit === undefined) return;
    const used = window.used(nowMs);
    states.push({ kind, limit, remaining: Math.max(0, Math.floor(limit - used)), resetMs: 60_000 - (nowMs % 60_000) });
  };
  push('requests', subject.requests, limits.rpm);
  push('input-tokens', subject.inputTokens, limits.itpm);
  push('output-tokens', subject.outputTokens, limits.otpm);
  return states;
}
