import type { Sql } from '@ai-bridge/db';

/** The kinds of mail that people may switch off. All others are always sent: they are about security, an answer somebody waits for, or money that failed. */
export const mailKinds = ['low_balance', 'orders', 'refunds'] as const;
export type MailKind = (typeof mailKinds)[number];

/** A stored list of kinds without what is none. */
export function readMailKinds(texts: readonly string[]): MailKind[] {
  return mailKinds.filter((kind) => texts.includes(kind));
}

/** Says which kinds somebody wants no more of. */
export async function setMailsOff(
  sql: Sql,
  of: { readonly userId: string; readonly kinds: readonly MailKind[] },
): Promise<void> {
  await sql.query('UPDATE "user" SET mails_off = $2 WHERE id = $1 AND deleted_at IS NULL', [
    ...[of.userId, readMailKinds(of.kinds)],
  ]);
}

const tokenPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const mailTokenLength = 36;

/** Switches one kind off by the link of a mail, for who is not signed in; done again, nothing changes. @returns whose it was, undefined where the link is nobody's */
export async function switchMailOff(sql: Sql, token: string, kind: MailKind): Promise<string | undefined> {
  if (!tokenPattern.test(token)) return undefined;
  const [row] = await sql.query<{ id: string }>(
    `UPDATE "user" SET mails_off = CASE WHEN $2 = ANY(mails_off) THEN mails_off ELSE mails_off || $2::text END
     WHERE mail_token = $1::uuid AND deleted_at IS NULL RETURNING id`,
    [token, kind],
  );
  return row?.id;
}

/** Erases every mail to an address, sent or not: its owner's account ends. */
export async function forgetMailsTo(sql: Sql, address: string): Promise<void> {
  await sql.query('DELETE FROM mail WHERE to_address = $1', [address]);
}
