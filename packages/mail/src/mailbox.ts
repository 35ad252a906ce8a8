import type { Sql } from '@ai-bridge/db';

export const mailStates = ['queued', 'sent', 'kept', 'failed'] as const;
export type MailState = (typeof mailStates)[number];

/** A mail in a list: nothing of what it says but its subject. */
export interface MailHead {
  readonly id: string;
  readonly to: string;
  readonly organizationId: string | null;
  readonly locale: string;
  readonly template: string;
  readonly subject: string;
  readonly isSensitive: boolean;
  readonly state: MailState;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly nextAttemptAt: Date | null;
}

export interface ReadMail extends MailHead {
  /** Undefined: it carries a secret that is not for staff, or is gone. */
  readonly body: { readonly text: string; readonly html: string } | undefined;
}

export interface MailSearch {
  /** A part of an address; '' does not narrow. */
  readonly address: string;
  readonly state?: MailState | undefined;
  /** A mail's id: those that are older. */
  readonly before?: string | undefined;
  readonly limit: number;
}

const maxMailsListed = 100;
export const headColumns = `id, to_address AS "to", organization_id AS "organizationId", locale, template, subject, is_sensitive AS "isSensitive",
  state, attempts, last_error AS "lastError", created_at AS "createdAt", ended_at AS "endedAt", next_attempt_at AS "nextAttemptAt"`;

/** Mails of everybody, newest first. */
export function listMail(sql: Sql, { address, state, before, limit }: MailSearch): Promise<MailHead[]> {
  return sql.query<MailHead>(
    `SELECT ${headColumns} FROM mail
     WHERE strpos(to_address, $1) > 0 AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4::integer`,
    [address.toLowerCase(), state ?? null, before ?? null, Math.max(1, Math.min(limit, maxMailsListed))],
  );
}

/** One mail; undefined where there is none. @param of.hasSmtp secrets are for their readers' own mailboxes alone */
export async function readMail(
  sql: Sql,
  of: { readonly id: string; readonly hasSmtp: boolean },
): Promise<ReadMail | undefined> {
  const [row] = await sql.query<MailHead & { text: string | null; html: string | null }>(
    `SELECT ${headColumns}, text, html FROM mail WHERE id = $1`,
    [of.id],
  );
  if (!row) return undefined;
  const { text, html, ...head } = row;
  const isOpen = !head.isSensitive || (head.state === 'kept' && !of.hasSmtp);
  return { ...head, body: isOpen && text !== null && html !== null ? { text, html } : undefined };
}

/** Puts a mail that failed into the queue again. @returns false where it has not failed, or what it said is gone */
export async function retryMail(sql: Sql, id: string, now: Date): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE mail SET state = 'queued', attempts = 0, next_attempt_at = $2, ended_at = NULL
     WHERE id = $1 AND state = 'failed' AND text IS NOT NULL RETURNING id`,
    [id, now],
  );
  return rows.length > 0;
}
