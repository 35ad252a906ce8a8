import type { Sql } from '@ai-bridge/db';

/** Whether anybody's request was ever answered by another provider than this one. @param but such as the built-in demo */
export async function hasAnsweredRequest(sql: Sql, but: string): Promise<boolean> {
  const [row] = await sql.query<{ found: boolean }>(
    `SELECT EXISTS (SELECT FROM usage_record WHERE outcome = 'completed' AND provider <> $1) AS found`,
    [but],
  );
  return row?.found ?? false;
}
