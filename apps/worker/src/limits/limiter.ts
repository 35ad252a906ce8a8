import type { Caller } from '@ai-bridge/access/callers';
import { type Clock, type Limits, RelayError } from '@ai-bridge/domain';
import type { Peers } from './peers.ts';
import type { RateWindow } from './rate-window.ts';
import { type LimitUsage, type Subject, Subjects } from './subject.ts';

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

const unlimited: Admission = { release() {}, remaining: [] };

/** Rate and concurrency limits of keys and organizations, decided from memory. */
export interface Limiter {
  /** Takes room for one request, or throws rate_limit_exceeded with when to come back. */
  admit(caller: Caller, estimate: { inputTokens: number; outputTokens: number }, nowMs: number): Admission;
  /** Forgets idle subjects; called by a slow timer. */
  sweep(nowMs: number): void;
}

/** @param peers the other workers that `subjects` are shared with; none where this one is alone */
export function createLimiter(clock: Clock, subjects = new Subjects(), peers?: Peers): Limiter {
  return {
    admit(caller, estimate, nowMs) {
      const scopes: Scope[] = [];
      if (isLimited(caller.keyLimits)) scopes.push([subjects.of(caller.keyId, nowMs), caller.keyLimits]);
      if (isLimited(caller.organizationLimits))
        scopes.push([subjects.of(caller.organizationId, nowMs), caller.organizationLimits]);
      if (scopes.length === 0) return unlimited;
      const divisor = peers?.dividedBy();
      for (const [subject, limits] of scopes) check(subject, limits, divisor, estimate, nowMs);
      for (const [subject] of scopes) take(subject, estimate, nowMs, peers);
      return admission(scopes, divisor, estimate, nowMs, clock, peers);
    },
    sweep: (nowMs) => subjects.sweep(nowMs),
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

type Scope = readonly [Subject, Limits];
type Estimate = { inputTokens: number; outputTokens: number };

/** What counts against a limit: everything, or only this worker's part where the others' is not known. */
function counted(subject: Subject, divisor: number | undefined): LimitUsage {
  return divisor === undefined ? subject.all : subject.own;
}

/** This worker's part of a limit; nobody is shut out altogether by there being many workers. */
function share(limit: number, divisor: number | undefined): number {
  return divisor === undefined ? limit : Math.max(1, Math.floor(limit / divisor));
}

function check(subject: Subject, limits: Limits, divisor: number | undefined, estimate: Estimate, nowMs: number): void {
  const usage = counted(subject, divisor);
  if (limits.concurrency !== undefined && usage.open >= share(limits.concurrency, divisor)) {
    throw new RelayError('rate_limit_exceeded', {
      limit: `${limits.concurrency} requests at once`,
      retryAfterSeconds: 1,
    });
  }
  refuseOver(usage.requests, limits.rpm, divisor, 1, nowMs, 'requests per minute');
  refuseOver(usage.inputTokens, limits.itpm, divisor, estimate.inputTokens, nowMs, 'input tokens per minute');
  refuseOver(usage.outputTokens, limits.otpm, divisor, estimate.outputTokens, nowMs, 'output tokens per minute');
}

function refuseOver(
  window: RateWindow,
  limit: number | undefined,
  divisor: number | undefined,
  amount: number,
  nowMs: number,
  unit: string,
): void {
  if (limit === undefined) return;
  const room = share(limit, divisor);
  // One request larger than the whole limit passes alone: refusing it for ever would help nobody.
  const waitMs = window.waitMs(nowMs, room, Math.min(amount, room));
  if (waitMs === 0) return;
  throw new RelayError('rate_limit_exceeded', {
    limit: `${limit} ${unit}`,
    retryAfterSeconds: Math.ceil(waitMs / 1000),
  });
}

function take(subject: Subject, estimate: Estimate, nowMs: number, peers: Peers | undefined): void {
  use(subject.all, estimate, nowMs);
  if (!peers) return;
  use(subject.own, estimate, nowMs);
  peers.took(subject, nowMs, 1, estimate.inputTokens, estimate.outputTokens);
}

function use(usage: LimitUsage, estimate: Estimate, nowMs: number): void {
  usage.open++;
  usage.requests.add(nowMs, 1);
  usage.inputTokens.add(nowMs, estimate.inputTokens);
  usage.outputTokens.add(nowMs, estimate.outputTokens);
}

function admission(
  scopes: readonly Scope[],
  divisor: number | undefined,
  estimate: Estimate,
  admittedMs: number,
  clock: Clock,
  peers: Peers | undefined,
): Admission {
  let released = false;
  return {
    remaining: statesOf(scopes, divisor, admittedMs),
    release(used) {
      if (released) return;
      released = true;
      const nowMs = clock.now();
      const inputTokens = used ? used.inputTokens - estimate.inputTokens : 0;
      const outputTokens = used ? used.outputTokens - estimate.outputTokens : 0;
      for (const [subject] of scopes) {
        end(subject.all, nowMs, admittedMs, inputTokens, outputTokens);
        if (!peers) continue;
        end(subject.own, nowMs, admittedMs, inputTokens, outputTokens);
        // Tells that one request less is open, too.
        peers.took(subject, countsAt(inputTokens, nowMs, admittedMs), 0, inputTokens, 0);
        if (outputTokens !== 0) peers.took(subject, countsAt(outputTokens, nowMs, admittedMs), 0, 0, outputTokens);
      }
    },
  };
}

function end(usage: LimitUsage, nowMs: number, admittedMs: number, inputTokens: number, outputTokens: number): void {
  usage.open--;
  usage.inputTokens.addAt(nowMs, countsAt(inputTokens, nowMs, admittedMs), inputTokens);
  usage.outputTokens.addAt(nowMs, countsAt(outputTokens, nowMs, admittedMs), outputTokens);
}

/** More than was estimated counts from now on; less was never used. */
function countsAt(difference: number, nowMs: number, admittedMs: number): number {
  return difference > 0 ? nowMs : admittedMs;
}

/** Of each kind the limit that has least left: that is the one which will refuse. */
function statesOf(scopes: readonly Scope[], divisor: number | undefined, nowMs: number): LimitState[] {
  const states: LimitState[] = [];
  for (const [subject, limits] of scopes) {
    const usage = counted(subject, divisor);
    keepTighter(states, 'requests', usage.requests, limits.rpm, divisor, nowMs);
    keepTighter(states, 'input-tokens', usage.inputTokens, limits.itpm, divisor, nowMs);
    keepTighter(states, 'output-tokens', usage.outputTokens, limits.otpm, divisor, nowMs);
  }
  return states;
}

function keepTighter(
  states: LimitState[],
  kind: LimitState['kind'],
  window: RateWindow,
  limit: number | undefined,
  divisor: number | undefined,
  nowMs: number,
): void {
  if (limit === undefined) return;
  const remaining = Math.max(0, Math.floor(share(limit, divisor) - window.used(nowMs)));
  const at = states.findIndex((state) => state.kind === kind);
  if (at >= 0 && (states[at] as LimitState).remaining <= remaining) return;
  states[at >= 0 ? at : states.length] = { kind, limit, remaining, resetMs: window.emptyInMs(nowMs) };
}
