import type { Database } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';
import type { MailTransport, OutgoingMail } from './smtp/smtp-transport.ts';

export interface MailDeps {
  readonly database: Database;
  readonly clock: Clock;
  /** Undefined: there is no SMTP here, mails are kept for staff to read. */
  readonly transport: MailTransport | undefined;
}

/** Mails taken in one run; whoever takes one has it for so long, which is longer than all timeouts of a delivery. */
const maxMailsPerRun = 20;
const claimMs = 5 * 60_000;
/** After a try that came to nothing: so long, twice as long each time, up to an hour; about nine hours in all. */
const firstWaitMs = 30_000;
const maxWaitMs = 60 * 60_000;
export const maxMailAttempts = 15;
const maxErrorLength = 300;
/** How long mails can be looked at. */
const rememberedMs = 180 * 24 * 60 * 60_000;

/**
 * Sends what is due, or keeps it where there is no SMTP. Several processes may do so at once: each mail goes to one. Should a process die between
 * the server's word and ours, the mail is sent again under the same Message-ID. @returns how many mails were taken
 */
export async function deliverMail(deps: MailDeps): Promise<number> {
  const now = deps.clock.now();
  if (!deps.transport) return keepMail(deps, new Date(now));
  let taken = 0;
  while (taken < maxMailsPerRun) {
    // One by one: what waits in this run is not held back from another process.
    const [mail] = await deps.database.query<OutgoingMail & { attempts: number }>(
      `WITH due AS MATERIALIZED (
         SELECT id AS due_id FROM mail WHERE state = 'queued' AND next_attempt_at <= $1
         ORDER BY next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)
       UPDATE mail SET attempts = attempts + 1, next_attempt_at = $2 FROM due WHERE id = due_id
       RETURNING id, to_address AS "to", subject, text, html, attempts`,
      [new Date(now), new Date(now + claimMs)],
    );
    if (!mail) break;
    taken++;
    await deliver(deps, deps.transport, mail);
  }
  return taken;
}

async function keepMail({ database }: MailDeps, now: Date): Promise<number> {
  const rows = await database.query(
    `UPDATE mail SET state = 'kept', ended_at = $1, next_attempt_at = NULL
     WHERE state = 'queued' AND next_attempt_at <= $1 RETURNING id`,
    [now],
  );
  return rows.length;
}

async function deliver(
  deps: MailDeps,
  transport: MailTransport,
  mail: OutgoingMail & { attempts: number },
): Promise<void> {
  const outcome = await transport.send(mail);
  if (outcome === 'sent') return end(deps, mail.id, 'sent', null);
  const error = outcome.error.slice(0, maxErrorLength);
  if (outcome.isRefused || mail.attempts >= maxMailAttempts) return end(deps, mail.id, 'failed', error);
  const waitMs = Math.min(maxWaitMs, firstWaitMs * 2 ** (mail.attempts - 1));
  await deps.database.query(
    `UPDATE mail SET last_error = $2, next_attempt_at = $3 WHERE id = $1 AND state = 'queued'`,
    [...[mail.id, error, new Date(deps.clock.now() + waitMs)]],
  );
}

/** A secret is gone with the end of its mail, whichever end that is. */
async function end(
  { database, clock }: MailDeps,
  id: string,
  state: 'sent' | 'failed',
  error: string | null,
): Promise<void> {
  await database.query(
    `UPDATE mail SET state = $2, last_error = $3, ended_at = $4, next_attempt_at = NULL,
       text = CASE WHEN is_sensitive THEN NULL ELSE text END, html = CASE WHEN is_sensitive THEN NULL ELSE html END
     WHERE id = $1 AND state = 'queued'`,
    [id, state, error, new Date(clock.now())],
  );
}

/** Forgets mails after half a year, and, where there is SMTP by now, the secrets that were kept while there was none. */
export async function forgetOldMail({ database, clock, transport }: MailDeps): Promise<void> {
  await database.query(`DELETE FROM mail WHERE ended_at < $1`, [new Date(clock.now() - rememberedMs)]);
  if (!transport) return;
  await database.query(
    `UPDATE mail SET text = NULL, html = NULL WHERE is_sensitive AND state = 'kept' AND text IS NOT NULL`,
  );
}
