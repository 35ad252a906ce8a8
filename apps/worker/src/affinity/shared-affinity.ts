import type { Clock } from '@ai-bridge/domain';
import type { RedisHealth } from '../shared-state/redis-health.ts';
import { type KnownSessions, noStays, type SessionAffinity, type Stay } from './session-affinity.ts';
import type { SessionStore } from './session-store.ts';
import { readStays, writeStays } from './stored-stays.ts';

/** What was remembered waits so long for company. */
const writeEveryMs = 100;
/** Sessions that wait to be written, or were written lately; the oldest go first. */
const maxWaiting = 20_000;
/** Sessions in one write. */
const maxPerWrite = 500;
/** A use renews what is written where that is older than this part of a session's life. */
const renewAfterShare = 1 / 4;

export interface SharedAffinityDeps {
  readonly clock: Clock;
  readonly ttlSeconds: number;
  /** What this worker knows itself: asked first, and filled with what the others know. */
  readonly local: KnownSessions;
  readonly store: SessionStore;
  readonly health: Pick<RedisHealth, 'isResting' | 'failed'>;
}

/**
 * Sessions of all workers. One that this worker knows costs no round trip, another one costs one, once; where the store is away, what is
 * known here is all there is. Writes happen behind.
 */
export class SharedAffinity implements SessionAffinity {
  readonly #deps: SharedAffinityDeps;
  readonly #renewAfterMs: number;
  readonly #lookups = new Map<string, Promise<readonly Stay[]>>();
  readonly #waiting = new Map<string, string>();
  /** When sessions were written, the oldest first. */
  readonly #writtenAtMs = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #writing: Promise<void> | undefined;
  /** Round trips for requests so far. */
  lookups = 0;

  constructor(deps: SharedAffinityDeps) {
    this.#deps = deps;
    this.#renewAfterMs = deps.ttlSeconds * 1_000 * renewAfterShare;
    this.#timer = setInterval(() => void this.flush(), writeEveryMs);
    this.#timer.unref();
  }

  find(session: string): readonly Stay[] | Promise<readonly Stay[]> {
    const known = this.#deps.local.find(session);
    if (known !== noStays) {
      this.#renew(session, known);
      return known;
    }
    return this.#lookups.get(session) ?? (this.#deps.health.isResting ? noStays : this.#lookUp(session));
  }

  remember(session: string, stay: Stay): void {
    const { local } = this.#deps;
    const before = local.find(session);
    local.remember(session, stay);
    const after = local.find(session);
    if (after === before) this.#renew(session, after);
    else this.#write(session, after);
  }

  /** Writes what waits; what fails waits on. One write at a time. */
  flush(): Promise<void> {
    if (this.#waiting.size === 0 || this.#deps.health.isResting) return this.#writing ?? Promise.resolve();
    this.#writing ??= this.#flush().finally(() => {
      this.#writing = undefined;
    });
    return this.#writing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.flush();
  }

  #lookUp(session: string): Promise<readonly Stay[]> {
    const { store, health, local } = this.#deps;
    this.lookups++;
    const lookup = store
      .get(session)
      .then((stored) => {
        // The latest comes first, so it is remembered last; what happened here meanwhile is newer than all of it.
        if (local.find(session) === noStays) {
          for (const stay of [...readStays(stored)].reverse()) local.remember(session, stay);
        }
        const found = local.find(session);
        if (found !== noStays) this.#renew(session, found);
        return found;
      })
      .catch((error) => {
        health.failed(error);
        return local.find(session);
      })
      .finally(() => this.#lookups.delete(session));
    this.#lookups.set(session, lookup);
    return lookup;
  }

  #renew(session: string, stays: readonly Stay[]): void {
    const writtenAtMs = this.#writtenAtMs.get(session);
    const nowMs = this.#deps.clock.monotonicMs();
    if (writtenAtMs === undefined || nowMs - writtenAtMs > this.#renewAfterMs) this.#write(session, stays);
  }

  #write(session: string, stays: readonly Stay[]): void {
    putLast(this.#waiting, session, writeStays(stays));
    putLast(this.#writtenAtMs, session, this.#deps.clock.monotonicMs());
  }

  async #flush(): Promise<void> {
    const { store, health } = this.#deps;
    const batch = new Map([...this.#waiting].slice(0, maxPerWrite));
    for (const session of batch.keys()) this.#waiting.delete(session);
    try {
      await store.set(batch);
    } catch (error) {
      health.failed(error);
      for (const [session, value] of batch) {
        if (!this.#waiting.has(session) && this.#waiting.size < maxWaiting) this.#waiting.set(session, value);
      }
    }
  }
}

/** A Map keeps the order of insertion: what is first was put there longest ago, and goes when there are too many. */
function putLast<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key);
  if (map.size >= maxWaiting) map.delete(map.keys().next().value as string);
  map.set(key, value);
}
