import type { Sql } from '@ai-bridge/db';
import type { MailState } from './mailbox.ts';

/** How the last mail of a kind does; undefined where there was none. @param template such as account-test */
export async function readLastMail(
  sql: Sql,
  template: string,
): Promise<
  { readonly id: string; readonly to: string; readonly state: MailState; readonly lastError: string | null } | undefined
> {
  const [row] = await sql.query<{ id: string; to: string; state: MailState; lastError: string | null }>(
    `SELECT id, to_address AS "to", state, last_error AS "lastError" FROM mail WHERE template = $1 ORDER BY id DESC LIMIT 1`,
    [template],
  );
  return row;
}
