import type { LookupFunction } from 'node:net';
import type { ProxySnapshot } from '@ai-bridge/catalog';
import type { Clock } from '@ai-bridge/domain';
import type { OriginPool } from '../http1/origin-pool.ts';
import { CountedPool } from './counted-pool.ts';
import { EgressError } from './egress-error.ts';
import { throughTunnel } from './through-tunnel.ts';
import { type OpenTunnel, tunnelsThrough } from './tunnel.ts';

/** A proxy that failed for an origin is passed over for it this long while another works, unless a check gets through sooner. */
const avoidMs = 10_000;

export interface EgressProxyDeps {
  readonly clock: Clock;
  /** Checks the proxy's own name unless it may be at a private address. */
  readonly publicLookup: LookupFunction;
  /** A request failed on its way through. */
  onFailure(proxy: EgressProxy): void;
}

/** One proxy: the pools of connections through it, and what is known of its health. */
export class EgressProxy {
  readonly snapshot: ProxySnapshot;
  readonly openTunnel: OpenTunnel;
  /** Requests under way through it. */
  inFlight = 0;
  /** When a request was last given to it, as a number that only grows. */
  turn = 0;
  requests = 0;
  failures = 0;
  latencyMs: number | undefined;
  lastError: string | undefined;
  lastErrorAtMs: number | undefined;
  #isWorking = true;
  readonly #clock: Clock;
  readonly #onFailure: (proxy: EgressProxy) => void;
  readonly #pools = new Map<string, OriginPool>();
  /** Origins that it failed for, and until when (monotonic). */
  readonly #avoided = new Map<string, number>();

  constructor(snapshot: ProxySnapshot, { clock, publicLookup, onFailure }: EgressProxyDeps) {
    this.snapshot = snapshot;
    this.#clock = clock;
    this.#onFailure = onFailure;
    this.openTunnel = tunnelsThrough(snapshot, publicLookup);
  }

  get isWorking(): boolean {
    return this.#isWorking;
  }

  /** Whether it failed for this origin a moment ago. */
  isAvoided(origin: string): boolean {
    if (this.#avoided.size === 0) return false;
    const untilMs = this.#avoided.get(origin);
    return untilMs !== undefined && untilMs > this.#clock.monotonicMs();
  }

  /** The pool of connections to an origin through this proxy. */
  poolFor(origin: string): OriginPool {
    let pool = this.#pools.get(origin);
    if (!pool) {
      const connect = throughTunnel(this.openTunnel, origin, (error) => this.failed(origin, error));
      pool = new CountedPool(origin, connect, this);
      this.#pools.set(origin, pool);
    }
    return pool;
  }

  /** A request came to nothing on its way through this proxy. What is the matter with it, a check finds out. */
  failed(origin: string, error: Error): void {
    this.failures++;
    this.#note(error);
    this.#avoided.set(origin, this.#clock.monotonicMs() + avoidMs);
    if (error instanceof EgressError && error.kind === 'unreachable') this.#isWorking = false;
    this.#onFailure(this);
  }

  /** A check got through to this origin (or to the proxy itself, where nothing goes out through it). */
  reached(origin: string | undefined, latencyMs: number): void {
    this.#isWorking = true;
    this.latencyMs = Math.round(latencyMs);
    if (origin !== undefined) this.#avoided.delete(origin);
  }

  /** A check got through to nothing. */
  missed(error: Error): void {
    this.#isWorking = false;
    this.latencyMs = undefined;
    this.#note(error);
  }

  /** Takes no more requests; those under way go on to their end. */
  retire(): void {
    for (const pool of this.#pools.values()) void pool.close().catch(() => {});
    this.#pools.clear();
  }

  async destroy(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  #note(error: Error): void {
    const { code } = error as NodeJS.ErrnoException;
    this.lastError = error instanceof EgressError ? error.message : `the connection broke (${code ?? error.name})`;
    this.lastErrorAtMs = this.#clock.now();
  }
}
