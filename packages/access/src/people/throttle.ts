import type { Sql } from '@ai-bridge/db';

/** How often something may be tried before each try more has to wait, and how long: twice as long each time. */
export interface Backoff {
  readonly freeTries: number;
  readonly firstWaitMs: number;
  readonly maxWaitMs: number;
  /** After so long without a try all is forgotten. */
  readonly forgetAfterMs: number;
}

export interface Window {
  readonly maxTries: number;
  readonly windowMs: number;
}

/** Longer than any bound remembers. */
const keptMs = 2 * 24 * 60 * 60_000;

/**
 * Counts one try before it is made, so that many at once count too. One statement, for all processes of the console.
 * @returns 0: it may be made; else how many milliseconds to wait first
 */
export async function takeTry(sql: Sql, key: string, backoff: Backoff, now: Date): Promise<number> {
  const { freeTries, firstWaitMs, maxWaitMs, forgetAfterMs } = backoff;
  const [row] = await sql.query<{ isTaken: boolean; blockedUntil: Date | null }>(
    `WITH taken AS (
       INSERT INTO throttle AS t (key, tries, since, last_at, blocked_until)
       VALUES ($1, 1, $2, $2, CASE WHEN $3::int <= 1 THEN $2::timestamptz + $4::float8 * interval '1 ms' END)
       ON CONFLICT (key) DO UPDATE SET
         tries = CASE WHEN t.last_at < $6 THEN 1 ELSE t.tries + 1 END,
         last_at = $2,
         blocked_until = CASE WHEN t.last_at >= $6 AND t.tries + 1 >= $3::int THEN
           $2::timestamptz + least($5::float8, $4::float8 * 2 ^ least(30, t.tries + 1 - $3::int)) * interval '1 ms' END
       WHERE t.blocked_until IS NULL OR t.blocked_until <= $2 OR t.last_at < $6
       RETURNING t.key)
     SELECT EXISTS (SELECT FROM taken) AS "isTaken", (SELECT blocked_until FROM throttle WHERE key = $1) AS "blockedUntil"`,
    [key, now, freeTries, firstWaitMs, maxWaitMs, new Date(now.getTime() - forgetAfterMs)],
  );
  if (!row || row.isTaken) return 0;
  // The second look sees what stood before this statement; a try that was refused by one at the same moment waits a first wait.
  return Math.max(1, (row.blockedUntil?.getTime() ?? now.getTime() + firstWaitMs) - now.getTime());
}

/** A try came to a good end: it is not counted. */
export async function forgiveTry(sql: Sql, key: string): Promise<void> {
  await sql.query(`UPDATE throttle SET tries = greatest(0, tries - 1), blocked_until = NULL WHERE key = $1`, [key]);
}

export async function forgetTries(sql: Sql, key: string): Promise<void> {
  await sql.query(`DELETE FROM throttle WHERE key = $1`, [key]);
}

/** Counts one try in a fixed window. @returns whether it may be made */
export async function admitWithin(sql: Sql, key: string, { maxTries, windowMs }: Window, now: Date): Promise<boolean> {
  const [row] = await sql.query<{ tries: number }>(
    `INSERT INTO throttle AS t (key, tries, since, last_at) VALUES ($1, 1, $2, $2)
     ON CONFLICT (key) DO UPDATE SET
       tries = CASE WHEN t.since <= $3 THEN 1 ELSE least(t.tries + 1, $4::int + 1) END,
       since = CASE WHEN t.since <= $3 THEN $2 ELSE t.since END, last_at = $2
     RETURNING tries`,
    [key, now, new Date(now.getTime() - windowMs), maxTries],
  );
  return row !== undefined && row.tries <= maxTries;
}

/** Forgets what nothing counts any more. */
export async function forgetOldTries(sql: Sql, now: Date): Promise<void> {
  await sql.query(`DELETE FROM throttle WHERE last_at < $1`, [new Date(now.getTime() - keptMs)]);
}
