import type { Sql } from '@ai-bridge/db';
import {
  type MailKind,
  type MailLocale,
  type MailSite,
  queueMail,
  type RenderedMail,
  readMailLocale,
  readMailSite,
} from '@ai-bridge/mail';
import type { BillingDeps } from '../deps.ts';

export interface OrganizationMail {
  readonly organizationId: string;
  /** What it tells: see queueMail. */
  readonly fact: string;
  /** Whoever switched this kind off is not told. Undefined: it is always sent. */
  readonly kind?: MailKind;
  /** Writes it in one reader's language. */
  readonly write: (site: MailSite, locale: MailLocale, organizationName: string) => RenderedMail;
}

interface Recipient {
  readonly email: string;
  readonly locale: string | null;
  readonly mailToken: string;
  readonly organizationName: string;
}

/** Owners and billing members; more than these are not told. */
const maxRecipients = 20;

/** Queues a mail to those who look after an organization's money, each in their own language. */
export async function tellOrganization(
  sql: Sql,
  { siteUrl, clock }: Pick<BillingDeps, 'siteUrl' | 'clock'>,
  { organizationId, fact, kind, write }: OrganizationMail,
): Promise<void> {
  const recipients = await sql.query<Recipient>(
    `SELECT u.email, u.locale, u.mail_token::text AS "mailToken", o.name AS "organizationName"
     FROM member m JOIN "user" u ON u.id = m.user_id JOIN organization o ON o.id = m.organization_id
     WHERE m.organization_id = $1 AND m.role IN ('owner', 'billing') AND u.status = 'active'
       AND ($2::text IS NULL OR NOT $2 = ANY(u.mails_off))
     ORDER BY m.created_at, u.id LIMIT ${maxRecipients}`,
    [organizationId, kind ?? null],
  );
  if (recipients.length === 0) return;
  const site = await readMailSite(sql, siteUrl);
  const now = new Date(clock.now());
  for (const { email, locale, mailToken: token, organizationName } of recipients) {
    const switchOff = kind && { kind, token };
    const content = write({ ...site, switchOff }, readMailLocale(locale), organizationName);
    await queueMail(sql, { fact, to: email, organizationId, content }, now);
  }
}
