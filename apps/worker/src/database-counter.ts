import type { Database, Sql } from '@ai-bridge/db';

/** Counts the statements a database is asked, so that /metrics can show that the hot path asks none. */
export function countStatements(database: Database): Database & { readonly statements: number } {
  let statements = 0;
  const counted = (sql: Sql): Sql => ({
    query: (text, values) => {
      statements++;
      return sql.query(text, values);
    },
  });
  return {
    ...counted(database),
    transaction: (work) => {
      // BEGIN and COMMIT are statements too.
      statements += 2;
      return database.transaction((sql) => work(counted(sql)));
    },
    get statements() {
      return statements;
    },
  };
}
