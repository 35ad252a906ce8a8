import { createHmac } from 'node:crypto';
import type { Redis } from '@upstash/redis';

/** Where workers keep their sessions for each other. What it throws, its callers go on without. */
export interface SessionStore {
  get(session: string): Promise<unknown>;
  /** Writes them in one round trip; each is kept for the time that sessions live. */
  set(entries: ReadonlyMap<string, string>): Promise<void>;
}

export interface SessionStoreOptions {
  /** For what a request waits for. */
  readonly reader: Redis;
  /** For what nobody waits for. */
  readonly writer: Redis;
  readonly prefix: string;
  /** Sessions are named after their prompt or by their client: neither is to be read, or guessed and checked, in Redis. */
  readonly secret: Buffer;
  readonly ttlSeconds: number;
}

export function openSessionStore({ reader, writer, prefix, secret, ttlSeconds }: SessionStoreOptions): SessionStore {
  const keyOf = (session: string) => prefix + createHmac('sha256', secret).update(session).digest('base64url');
  return {
    get: (session) => reader.get(keyOf(session)),
    async set(entries) {
      const pipeline = writer.pipeline();
      for (const [session, value] of entries) pipeline.set(keyOf(session), value, { ex: ttlSeconds });
      await pipeline.exec();
    },
  };
}
