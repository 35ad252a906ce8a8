import type { Database, Sql } from '@ai-bridge/db';

/** Reads that belong together see one state of the database, whatever settles meanwhile. */
export function inSnapshot<Result>(database: Database, read: (sql: Sql) => Promise<Result>): Promise<Result> {
  return database.transaction(async (sql) => {
    await sql.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return read(sql);
  });
}
