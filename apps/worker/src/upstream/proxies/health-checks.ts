import type { Clock } from '@ai-bridge/domain';
import { EgressError } from './egress-error.ts';
import type { EgressProxy } from './egress-proxy.ts';
import { reachThrough } from './reach-through.ts';

const checkEveryMs = 30_000;
/** One that does not work is asked again after this long, and twice as long each time, up to the second number. */
const firstRecheckMs = 1_000;
export const maxRecheckMs = 5_000;
/** Failures in close order cause one check, not one each. */
const minGapMs = 1_000;
/** Origins that are tried before a proxy counts as not working: one upstream that is down is not the proxy's fault. */
export const maxOriginsPerCheck = 3;

/** When a proxy was checked and is to be checked next, in monotonic time. */
interface Schedule {
  isChecking: boolean;
  startedMs: number;
  dueMs: number;
  misses: number;
  /** What was last told of it. */
  isKnownToWork: boolean;
}

export interface HealthCheckDeps {
  readonly clock: Clock;
  /** Origins that the proxy's channels use; none where nothing goes out through it. */
  originsFor(proxy: EgressProxy): readonly string[];
  onChange(proxy: EgressProxy): void;
}

/** Checks proxies: every 30 s, at once when a request failed through one, and soon again while one does not work. */
export class HealthChecks {
  readonly #deps: HealthCheckDeps;
  readonly #schedules = new WeakMap<EgressProxy, Schedule>();

  constructor(deps: HealthCheckDeps) {
    this.#deps = deps;
  }

  /** Starts the checks that are due. */
  tick(proxies: Iterable<EgressProxy>): void {
    const nowMs = this.#deps.clock.monotonicMs();
    for (const proxy of proxies) {
      const schedule = this.#scheduleOf(proxy);
      if (!schedule.isChecking && schedule.dueMs <= nowMs) void this.#check(proxy, schedule);
    }
  }

  /** A request failed through this proxy. */
  failed(proxy: EgressProxy): void {
    const schedule = this.#scheduleOf(proxy);
    const nowMs = this.#deps.clock.monotonicMs();
    schedule.dueMs = Math.min(schedule.dueMs, schedule.startedMs + minGapMs);
    if (!schedule.isChecking && schedule.dueMs <= nowMs) void this.#check(proxy, schedule);
  }

  #scheduleOf(proxy: EgressProxy): Schedule {
    let schedule = this.#schedules.get(proxy);
    if (!schedule) {
      schedule = { isChecking: false, startedMs: Number.NEGATIVE_INFINITY, dueMs: 0, misses: 0, isKnownToWork: true };
      this.#schedules.set(proxy, schedule);
    }
    return schedule;
  }

  async #check(proxy: EgressProxy, schedule: Schedule): Promise<void> {
    const { clock, onChange } = this.#deps;
    schedule.isChecking = true;
    schedule.startedMs = clock.monotonicMs();
    schedule.dueMs = Number.POSITIVE_INFINITY;
    const failure = await this.#reachAny(proxy);
    if (failure) proxy.missed(failure);
    schedule.misses = failure ? schedule.misses + 1 : 0;
    const waitMs = failure ? Math.min(maxRecheckMs, firstRecheckMs * 2 ** (schedule.misses - 1)) : checkEveryMs;
    // A failure that came meanwhile may have asked for an earlier one.
    schedule.dueMs = Math.min(schedule.dueMs, clock.monotonicMs() + waitMs);
    schedule.isChecking = false;
    if (proxy.isWorking === schedule.isKnownToWork) return;
    schedule.isKnownToWork = proxy.isWorking;
    onChange(proxy);
  }

  /** Tries the proxy's origins in turn until one is reached. */
  async #reachAny(proxy: EgressProxy): Promise<Error | undefined> {
    const origins = this.#deps.originsFor(proxy);
    const start = Math.floor(Math.random() * origins.length);
    let failure: Error | undefined;
    for (let at = 0; at < Math.max(1, Math.min(origins.length, maxOriginsPerCheck)); at++) {
      const origin = origins[(start + at) % origins.length];
      const beganMs = this.#deps.clock.monotonicMs();
      try {
        await reachThrough(proxy.openTunnel, origin);
        proxy.reached(origin, this.#deps.clock.monotonicMs() - beganMs);
        return undefined;
      } catch (error) {
        failure = error as Error;
        if (error instanceof EgressError && error.kind === 'unreachable') return failure;
      }
    }
    return failure;
  }
}
