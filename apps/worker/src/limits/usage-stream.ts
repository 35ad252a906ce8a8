import type { Redis } from '@upstash/redis';
import { z } from 'zod';

/** Entries older than this are dropped: limits look at one minute, and clocks differ. */
const keepMs = 65_000;
/** An installation that was given up leaves nothing behind. */
const expireSeconds = 600;
/** Entries read at once. */
export const maxEntries = 500;

export interface StreamEntry {
  /** Redis's own time in milliseconds, a dash, and a number. */
  readonly id: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What all workers tell each other, in one order. */
export interface UsageStream {
  /**
   * Appends an entry, if there is one, and reads what stands behind `after`, at most `maxEntries`; both in one round trip.
   * @param after undefined: only appends
   * @throws where Redis does not answer in time or refuses; whether the entry was appended is unknown then
   */
  exchange(
    entry: Readonly<Record<string, string>> | undefined,
    after: string | undefined,
  ): Promise<{ readonly appendedId: string | undefined; readonly entries: readonly StreamEntry[] }>;
}

const entryId = z.string().regex(/^\d{1,15}-\d{1,20}$/);
const readAnswer = z.array(z.tuple([z.string(), z.array(z.tuple([entryId, z.array(z.string())]))])).nullable();

/** When an entry was appended, by Redis's clock. */
export function appendedAtMs(id: string): number {
  return Number(id.slice(0, id.indexOf('-')));
}

export function openUsageStream(redis: Redis, key: string): UsageStream {
  // Redis's clock as it was last seen: entries are trimmed by it, so that no worker's wrong clock drops the others'.
  let redisNowMs = keepMs;
  return {
    async exchange(entry, after) {
      const pipeline = redis.pipeline();
      if (entry) {
        const trim = { type: 'MINID', comparison: '~', threshold: String(redisNowMs - keepMs) } as const;
        pipeline.xadd(key, '*', { ...entry }, { trim });
        pipeline.expire(key, expireSeconds);
      }
      if (after !== undefined) pipeline.xread(key, after, { count: maxEntries });
      const answers = await pipeline.exec<unknown[]>();
      const appendedId = entry ? entryId.parse(answers[0]) : undefined;
      if (appendedId !== undefined) redisNowMs = appendedAtMs(appendedId);
      const read = after === undefined ? null : readAnswer.parse(answers.at(-1));
      return { appendedId, entries: (read?.[0]?.[1] ?? []).map(toEntry) };
    },
  };
}

function toEntry([id, flat]: [string, string[]]): StreamEntry {
  const fields: Record<string, string> = {};
  for (let at = 0; at + 1 < flat.length; at += 2) fields[flat[at] as string] = flat[at + 1] as string;
  return { id, fields };
}
