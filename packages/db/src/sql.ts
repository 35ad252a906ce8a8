/**
 * The least that packages need of a database connection: one statement with parameters. A pool, a connection inside a
 * transaction and a Prisma transaction all offer it, so that money and usage join whatever transaction their caller has.
 */
export interface Sql {
  query<Row extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A source of connections that can also run a transaction. */
export interface Database extends Sql {
  /** Runs `work` between BEGIN and COMMIT on one connection; rolls back and rethrows when it fails. */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
}
