import { SlidingCounts } from './sliding-counts.ts';

const windowMs = 10_000;
const windowSteps = 10;
/** Upstream requests beyond each request's first, as a share of all requests. */
const extraShare = 0.2;
/** So many are allowed in a window however few requests there are. */
const floor = 10;

/** Keeps retries from multiplying the load on upstreams that are down: a failover is only made while there is budget for it. */
export class RetryBudget {
  readonly #counts = new SlidingCounts(windowMs, windowSteps);

  /** A request makes its first upstream call. */
  request(nowMs: number): void {
    this.#counts.add(nowMs, 1, 0);
  }

  /** Whether a further upstream call may be made. */
  hasRoom(nowMs: number): boolean {
    this.#counts.roll(nowMs);
    return this.#counts.some < Math.max(floor, Math.floor(this.#counts.all * extraShare));
  }

  /** A request makes a further upstream call. */
  extra(nowMs: number): void {
    this.#counts.add(nowMs, 0, 1);
  }
}
