import type { Sql } from './sql.ts';

/** How a database does, as whoever asks sees it. */
export interface DatabaseState {
  /** Until the cheapest question was answered, a free connection of the pool included: the best of a few, for one says little. */
  readonly latencyMs: number;
  /** To this database, of everybody. */
  readonly connections: number;
  readonly maxConnections: number;
  readonly sizeBytes: bigint;
  /** Such as 17.2 */
  readonly version: string;
}

const latencyQuestions = 3;

/** @param nowMs monotonic */
export async function readDatabaseState(sql: Sql, nowMs: () => number): Promise<DatabaseState> {
  let latencyMs = Number.POSITIVE_INFINITY;
  for (let asked = 0; asked < latencyQuestions; asked++) {
    const beganAtMs = nowMs();
    await sql.query('SELECT 1');
    latencyMs = Math.min(latencyMs, nowMs() - beganAtMs);
  }
  const [row] = await sql.query<{ connections: bigint; max: string; size: bigint; version: string }>(
    `SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()) AS connections,
            current_setting('max_connections') AS max, pg_database_size(current_database()) AS size,
            current_setting('server_version') AS version`,
  );
  if (!row) throw new Error('the database told nothing of itself');
  return {
    latencyMs,
    connections: Number(row.connections),
    maxConnections: Number(row.max),
    sizeBytes: row.size,
    version: row.version.split(' ')[0] ?? row.version,
  };
}
