import type { Sql } from '@ai-bridge/db';

/** Runs a statement that always answers with exactly one row. */
export async function oneRow<Row extends object>(sql: Sql, text: string, values: readonly unknown[]): Promise<Row> {
  const [row] = await sql.query<Row>(text, values);
  if (!row) throw new Error('a ledger statement answered without a row');
  return row;
}
