import type { Database, Sql } from '@ai-bridge/db';

/** recent: every minute, from the checkpoint on; whole: every entry there is, once a day. */
export type BooksCheckKind = 'recent' | 'whole';

/** How long a process has a check for itself, should it die. */
const claimMs = 5 * 60_000;

/** Two records of the same money that disagree. Amounts as decimal strings: it is kept as JSON. */
export interface BooksFinding {
  /** What of the ledger (see `Drift`), or `charges`: what requests were charged against what was taken. */
  readonly check: string;
  readonly subject: string;
  readonly expectedNanoUsd: string;
  readonly actualNanoUsd: string;
}

/** The last run of a check that came to its end. */
export interface BooksCheck {
  readonly kind: BooksCheckKind;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly entriesRead: bigint;
  readonly findings: readonly BooksFinding[];
}

/** Takes a check that is due. @returns what its last run found; undefined where it is not due, or another process is at it */
export async function claimCheck(
  sql: Sql,
  kind: BooksCheckKind,
  nowMs: number,
): Promise<readonly BooksFinding[] | undefined> {
  const [row] = await sql.query<{ findings: BooksFinding[] }>(
    `INSERT INTO books_check AS c (kind, claimed_until) VALUES ($1, $3)
     ON CONFLICT (kind) DO UPDATE SET claimed_until = excluded.claimed_until WHERE c.claimed_until <= $2 RETURNING findings`,
    [kind, new Date(nowMs), new Date(nowMs + claimMs)],
  );
  return row?.findings;
}

/** Writes down a run that has ended, and when the next one is due. */
export async function noteCheck(database: Database, run: BooksCheck, nextAtMs: number): Promise<void> {
  await database.query(
    `UPDATE books_check SET claimed_until = $2, started_at = $3, duration_ms = $4, entries_read = $5, findings = $6::text::jsonb
     WHERE kind = $1`,
    [run.kind, new Date(nextAtMs), run.startedAt, run.durationMs, run.entriesRead, JSON.stringify(run.findings)],
  );
}

/** The last run of each check; none before its first. */
export function listBooksChecks(sql: Sql): Promise<BooksCheck[]> {
  return sql.query<BooksCheck>(
    `SELECT kind, started_at AS "startedAt", duration_ms AS "durationMs", entries_read AS "entriesRead", findings
     FROM books_check WHERE started_at IS NOT NULL ORDER BY kind`,
  );
}
