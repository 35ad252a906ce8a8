import type { Caller } from '@ai-bridge/access/callers';
import type { ChannelLimits } from '@ai-bridge/catalog';
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

/** When a place may be free again is anybody's guess. */
const openWaitMs = 1_000;

const unlimited: Admission = { release() {}, remaining: [] };

/** Why there is no room under a limit. */
export interface Full {
  /** For people, for example "3 requests at once". */
  readonly limit: string;
  /** Until there may be room. */
  readonly waitMs: number;
}

/** What one request takes of a channel's limits. */
export interface ChannelAdmission {
  release(usedTokens: number): void;
}

/** Rate and concurrency limits of keys, organizations and channels, decided from memory. */
export interface Limiter {
  /** Takes room for one request, or throws rate_limit_exceeded with when to come back. */
  admit(caller: Caller, estimate: { inputTokens: number; outputTokens: number }, nowMs: number): Admission;
  /** Why a channel takes no request of so many tokens now; undefined where it does. Takes nothing. */
  whyFull(channelId: string, limits: ChannelLimits, tokens: number, nowMs: number): Full | undefined;
  /** Takes room on a channel that is not full; `release` must be called once. */
  enter(channelId: string, tokens: number, nowMs: number): ChannelAdmission;
  /** What this worker sent to a channel in the last minute; undefined where it counts nothing of it. */
  sent(channelId: string, nowMs: number): { readonly requests: number; readonly tokens: number } | undefined;
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
      for (const [subject, limits] of scopes) {
        const full = whyFull(subject, limits, divisor, estimate, nowMs);
        if (full) throw refusal(full);
      }
      for (const [subject] of scopes) take(subject, estimate, nowMs, peers);
      return admission(scopes, divisor, estimate, nowMs, clock, peers);
    },
    whyFull: (channelId, limits, tokens, nowMs) =>
      whyFull(subjects.of(channelId, nowMs), limits, peers?.dividedBy(), estimateOf(tokens), nowMs),
    enter(channelId, tokens, nowMs) {
      const subject = subjects.of(channelId, nowMs);
      const estimate = estimateOf(tokens);
      take(subject, estimate, nowMs, peers);
      const release = releaser([subject], estimate, nowMs, clock, peers);
      return { release: (usedTokens) => release(estimateOf(usedTokens)) };
    },
    sent(channelId, nowMs) {
      const own = subjects.find(channelId)?.own;
      return own && { requests: own.requests.used(nowMs), tokens: own.inputTokens.used(nowMs) };
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

/** A channel's tokens count together, in and out: in the place of what goes in. */
function estimateOf(tokens: number): Estimate {
  return { inputTokens: tokens, outputTokens: 0 };
}

type Scope = readonly [Subject, Limits];
/** Of a key or an organization, or of a channel. */
type Caps = Limits & Pick<ChannelLimits, 'tpm'>;
type Estimate = { inputTokens: number; outputTokens: number };

/** What counts against a limit: everything, or only this worker's part where the others' is not known. */
function counted(subject: Subject, divisor: number | undefined): LimitUsage {
  return divisor === undefined ? subject.all : subject.own;
}

/** This worker's part of a limit; nobody is shut out altogether by there being many workers. */
function share(limit: number, divisor: number | undefined): number {
  return divisor === undefined ? limit : Math.max(1, Math.floor(limit / divisor));
}

function refusal({ limit, waitMs }: Full): RelayError {
  return new RelayError('rate_limit_exceeded', { limit, retryAfterSeconds: Math.ceil(waitMs / 1_000) });
}

/** The first limit of a subject under which there is no room for a request. */
function whyFull(
  subject: Subject,
  { concurrency, rpm, tpm, itpm, otpm }: Caps,
  divisor: number | undefined,
  estimate: Estimate,
  nowMs: number,
): Full | undefined {
  const usage = counted(subject, divisor);
  if (concurrency !== undefined && usage.open >= share(concurrency, divisor))
    return { limit: `${concurrency} requests at once`, waitMs: openWaitMs };
  return (
    overRate(usage.requests, rpm, divisor, 1, nowMs, 'requests per minute') ??
    overRate(usage.inputTokens, tpm, divisor, estimate.inputTokens, nowMs, 'tokens per minute') ??
    overRate(usage.inputTokens, itpm, divisor, estimate.inputTokens, nowMs, 'input tokens per minute') ??
    overRate(usage.outputTokens, otpm, divisor, estimate.outputTokens, nowMs, 'output tokens per minute')
  );
}

function overRate(
  window: RateWindow,
  limit: number | undefined,
  divisor: number | undefined,
  amount: number,
  nowMs: number,
  unit: string,
): Full | undefined {
  if (limit === undefined) return undefined;
  const room = share(limit, divisor);
  // One request larger than the whole limit passes alone: refusing it for ever would help nobody.
  const waitMs = window.waitMs(nowMs, room, Math.min(amount, room));
  return waitMs === 0 ? undefined : { limit: `${limit} ${unit}`, waitMs };
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
  const subjects = scopes.map(([subject]) => subject);
  return {
    remaining: statesOf(scopes, divisor, admittedMs),
    release: releaser(subjects, estimate, admittedMs, clock, peers),
  };
}

/** Ends a request, once: what it really used takes the place of what was estimated. */
function releaser(
  subjects: readonly Subject[],
  estimate: Estimate,
  admittedMs: number,
  clock: Clock,
  peers: Peers | undefined,
): Admission['release'] {
  let released = false;
  return (used) => {
    if (released) return;
    released = true;
    const nowMs = clock.now();
    const inputTokens = used ? used.inputTokens - estimate.inputTokens : 0;
    const outputTokens = used ? used.outputTokens - estimate.outputTokens : 0;
    for (const subject of subjects) {
      end(subject.all, nowMs, admittedMs, inputTokens, outputTokens);
      if (!peers) continue;
      end(subject.own, nowMs, admittedMs, inputTokens, outputTokens);
      // Tells that one request less is open, too.
      peers.took(subject, countsAt(inputTokens, nowMs, admittedMs), 0, inputTokens, 0);
      if (outputTokens !== 0) peers.took(subject, countsAt(outputTokens, nowMs, admittedMs), 0, 0, outputTokens);
    }
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
