import type { KnownSession } from './known-session.ts';

/** A session that was revoked elsewhere may act for this long. */
export const sessionCacheMs = 5_000;
const maxCachedSessions = 5_000;

export interface SessionCacheOptions {
  readonly find: (sessionId: string) => Promise<KnownSession | undefined>;
  readonly nowMs: () => number;
}

export interface SessionCache {
  find(sessionId: string): Promise<KnownSession | undefined>;
  /** Makes the next look-up ask the database. */
  forget(sessionId: string): void;
  forgetAll(): void;
}

/** Sessions as they were found at most `sessionCacheMs` ago, so that a page's calls share one look-up. */
export function createSessionCache({ find, nowMs }: SessionCacheOptions): SessionCache {
  const found = new Map<string, { atMs: number; session: Promise<KnownSession | undefined> }>();

  return {
    find(sessionId) {
      const known = found.get(sessionId);
      if (known && nowMs() - known.atMs < sessionCacheMs) return known.session;
      const session = find(sessionId);
      found.delete(sessionId);
      found.set(sessionId, { atMs: nowMs(), session });
      // A failed look-up is no answer to keep.
      session.catch(() => found.delete(sessionId));
      const oldest = found.keys().next().value;
      if (found.size > maxCachedSessions && oldest !== undefined) found.delete(oldest);
      return session;
    },
    forget: (sessionId) => void found.delete(sessionId),
    forgetAll: () => found.clear(),
  };
}
