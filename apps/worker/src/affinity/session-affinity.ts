import type { Clock } from '@ai-bridge/domain';

/** Sessions kept in memory; the ones that were silent longest go first. */
const maxSessions = 100_000;
/** Models of one session that are kept apart: a conversation, its fallback, its side requests. */
export const maxStays = 4;

/** Where a conversation with one model was answered last. */
export interface Stay {
  /** Public id of the model that answered. */
  readonly model: string;
  readonly channelId: string;
  /** Tokens of the prompt that the channel's cache was last seen to hold: what another channel would not have. */
  readonly cachedTokens: number;
}

/**
 * Which channels conversations are on, so that they stay where their prompt cache is. What is lost here costs a cache miss, nothing more;
 * so it may be kept by one process, or shared by several.
 */
export interface SessionAffinity {
  /** Where the session's models were answered lately; renews its time. */
  find(session: string): readonly Stay[] | Promise<readonly Stay[]>;
  remember(session: string, stay: Stay): void;
}

/** Sessions that this process knows: found without waiting. */
export interface KnownSessions extends SessionAffinity {
  find(session: string): readonly Stay[];
}

/** No session, or one that is not known. */
export const noStays: readonly Stay[] = [];

interface Entry {
  stays: readonly Stay[];
  usedAtMs: number;
}

/** Sessions of this process alone. */
export function createSessionAffinity(clock: Clock, ttlSeconds: number, limit = maxSessions): KnownSessions {
  // A Map keeps the order of insertion: what is used is put at its end, what is first was silent longest.
  const entries = new Map<string, Entry>();
  const ttlMs = ttlSeconds * 1_000;

  function used(session: string): Entry | undefined {
    const entry = entries.get(session);
    if (!entry) return undefined;
    const nowMs = clock.monotonicMs();
    entries.delete(session);
    if (nowMs - entry.usedAtMs > ttlMs) return undefined;
    entry.usedAtMs = nowMs;
    entries.set(session, entry);
    return entry;
  }

  return {
    find: (session) => used(session)?.stays ?? noStays,
    remember(session, stay) {
      const entry = used(session);
      if (!entry) {
        if (entries.size >= limit) entries.delete(entries.keys().next().value as string);
        entries.set(session, { stays: [stay], usedAtMs: clock.monotonicMs() });
        return;
      }
      const before = entry.stays.find(({ model }) => model === stay.model);
      // A side request that used no cache says nothing of what the conversation has there.
      const isSilent = before?.channelId === stay.channelId && stay.cachedTokens === 0;
      if (isSilent || (before && isSame(before, stay))) return;
      entry.stays = [stay, ...entry.stays.filter(({ model }) => model !== stay.model)].slice(0, maxStays);
    },
  };
}

function isSame(a: Stay, b: Stay): boolean {
  return a.channelId === b.channelId && a.cachedTokens === b.cachedTokens;
}
