import type { Sql } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import type { RenderedMail } from './rendered-mail.ts';

export interface QueuedMail {
  /** What it tells, for example `order:<id>:paid`: a fact mails a person once, however often it is queued. */
  readonly fact: string;
  /** One normalised address. */
  readonly to: string;
  readonly organizationId?: string | undefined;
  readonly content: RenderedMail;
}

/** Puts a mail into the outbox, in the transaction of what it tells: both happen, or neither. @returns false where it was there already */
export async function queueMail(
  sql: Sql,
  { fact, to, organizationId, content }: QueuedMail,
  now: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `INSERT INTO mail (id, fact, to_address, organization_id, locale, template, subject, text, html, is_sensitive,
       created_at, next_attempt_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
     ON CONFLICT (fact, to_address) DO NOTHING RETURNING id`,
    [
      ...[newId('eml', now.getTime()), fact, to, organizationId ?? null, content.locale, content.template],
      ...[content.subject, content.text, content.html, content.isSensitive, now],
    ],
  );
  return rows.length > 0;
}
