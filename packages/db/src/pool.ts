import pg from 'pg';
import type { Database, Sql } from './sql.ts';

export interface PoolOptions {
  readonly url: string;
  readonly maxConnections: number;
  /** How long to wait for a connection. */
  readonly connectTimeoutMs?: number;
  /** How long one statement may run (0 = no bound). */
  readonly statementTimeoutMs?: number;
  readonly applicationName: string;
}

const types: pg.CustomTypesConfig = {
  // int8 as bigint, never as a float or a string: amounts and counters depend on it.
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.INT8 && format !== 'binary') return BigInt;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

/**
 * A pool of plain connections; `close` ends it. Errors of connections that nothing runs on are swallowed, be they idle or between two
 * statements of a transaction: the next query meets them. Unheard, such an error would end the process.
 */
export function openPool(options: PoolOptions): Database & { readonly pool: pg.Pool; close(): Promise<void> } {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 2_000,
    statement_timeout: options.statementTimeoutMs ?? 10_000,
    query_timeout: (options.statementTimeoutMs ?? 10_000) + 1_000,
    application_name: options.applicationName,
    keepAlive: true,
    types,
  });
  pool.on('error', () => {});
  pool.on('connect', (connection) => connection.on('error', () => {}));
  return {
    pool,
    query: (text, values) => run(pool, text, values),
    transaction: (work) => inTransaction(pool, work),
    close: () => pool.end(),
  };
}

async function run<Row>(on: pg.Pool | pg.PoolClient, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const result = await on.query(text, values as unknown[]);
  return result.rows as Row[];
}

async function inTransaction<Result>(pool: pg.Pool, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  const connection = await pool.connect();
  let broken: Error | undefined;
  try {
    await connection.query('BEGIN');
    const result = await work({ query: (text, values) => run(connection, text, values) });
    await connection.query('COMMIT');
    return result;
  } catch (error) {
    broken = await connection.query('ROLLBACK').then(
      () => undefined,
      (failure: Error) => failure,
    );
    throw error;
  } finally {
    connection.release(broken);
  }
}
