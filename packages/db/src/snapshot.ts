import type { Database, Sql } from './sql.ts';

/** Reads that all see the same moment: what one transaction wrote is in all of them or in none. */
export function inOneSnapshot<Result>(database: Database, read: (sql: Sql) => Promise<Result>): Promise<Result> {
  return database.transaction(async (sql) => {
    await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return read(sql);
  });
}
