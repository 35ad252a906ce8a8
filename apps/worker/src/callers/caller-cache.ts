import type { Clock } from '@ai-bridge/domain';
import { LRUCache } from 'lru-cache';
import type { RelayCaller } from './relay-caller.ts';

/** While changes are pushed to us, an entry older than this is looked up again in the background. */
const refreshAfterMs = 30_000;
/** While the push connection is down, an entry older than this is looked up before it is used. */
const blindRefreshAfterMs = 1_000;
/** With the database away as well, entries serve this long: nobody can revoke a key then either. */
const staleAtMostMs = 300_000;
/** What a key with spend limits has spent is not trusted longer than this: other workers charge it too. */
const spendKnownForMs = 5_000;
const unknownForMs = 5_000;
const maxCallers = 50_000;

interface Entry {
  readonly caller: RelayCaller | undefined;
  loadedAtMs: number;
  refreshing: boolean;
}

export interface CallerCacheDeps {
  readonly clock: Clock;
  /** Whether a presented key can be one of ours; garbage is refused without a query. */
  isWellFormed(presented: string): boolean;
  /** Finds who a key speaks for; undefined where it is unknown, disabled, deleted or expired. */
  find(presented: string): Promise<RelayCaller | undefined>;
}

/**
 * Who a key speaks for, from memory. Entries are keyed by the whole presented key, never a part of it. A change of a key or an
 * organization is pushed over LISTEN/NOTIFY and forgets its entries at once.
 */
export interface CallerCache {
  /** The caller if that is known here and now; undefined means ask `load`; null means refused. */
  known(presented: string): RelayCaller | null | undefined;
  /** Looks the key up. Throws where the database cannot be reached. */
  load(presented: string): Promise<RelayCaller | undefined>;
  /** `key:<id>` or `organization:<id>`. */
  forget(payload: string): void;
  forgetAll(): void;
  /** Whether changes are being pushed to us. */
  setConnected(connected: boolean): void;
}

export function createCallerCache({ clock, isWellFormed, find }: CallerCacheDeps): CallerCache {
  const entries = new LRUCache<string, Entry>({ max: maxCallers });
  const loading = new Map<string, Promise<RelayCaller | undefined>>();
  let connected = false;
  /** Counts changes, so that a look-up which a change overtook is not remembered. */
  let changes = 0;

  function load(presented: string): Promise<RelayCaller | undefined> {
    const running = loading.get(presented);
    if (running) return running;
    const before = changes;
    const promise = find(presented)
      .then((caller) => {
        if (before === changes) entries.set(presented, { caller, loadedAtMs: clock.now(), refreshing: false });
        return caller;
      })
      .finally(() => loading.delete(presented));
    loading.set(presented, promise);
    return promise;
  }

  function refresh(presented: string, entry: Entry): void {
    if (entry.refreshing) return;
    entry.refreshing = true;
    load(presented).catch(() => {
      entry.refreshing = false;
    });
  }

  return {
    known(presented) {
      const entry = entries.get(presented);
      if (!entry) return isWellFormed(presented) ? undefined : null;
      const nowMs = clock.now();
      const ageMs = nowMs - entry.loadedAtMs;
      if (!entry.caller) return ageMs < unknownForMs ? null : undefined;
      if (entry.caller.expiresAt && entry.caller.expiresAt.getTime() <= nowMs) return null;
      if ((entry.caller.spendLimits ?? entry.caller.memberSpend) !== undefined && ageMs >= spendKnownForMs)
        return undefined;
      if (ageMs < (connected ? refreshAfterMs : blindRefreshAfterMs)) return entry.caller;
      if (!connected) return undefined;
      refresh(presented, entry);
      return entry.caller;
    },
    async load(presented) {
      try {
        return await load(presented);
      } catch (error) {
        const entry = entries.get(presented);
        if (entry?.caller && clock.now() - entry.loadedAtMs < staleAtMostMs) return entry.caller;
        throw error;
      }
    },
    forget(payload) {
      changes++;
      const [kind, id] = payload.split(':');
      for (const [presented, { caller }] of entries.entries()) {
        // What is not known to be someone is forgotten too: a new or enabled key must work at once.
        if (!caller || (kind === 'key' ? caller.keyId === id : caller.organizationId === id)) entries.delete(presented);
      }
    },
    forgetAll() {
      changes++;
      entries.clear();
    },
    setConnected(value) {
      connected = value;
    },
  };
}
