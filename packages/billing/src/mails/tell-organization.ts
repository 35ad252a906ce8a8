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

/** A mail as one of its readers gets it. */
export interface AddressedMail {
  readonly to: string;
  readonly content: RenderedMail;
}

interface Recipient {
  readonly email: string;
  readonly locale: string | null;
  readonly mailToken: string;
  readonly organizationName: string;
}

/** Owners and billing members; more than these are not told. */
const maxRecipients = 20;
/** In the place of what lets a mail's reader switch such mails off, where others read it. */
export const hiddenMailToken = 'hidden';

/** Queues a mail to those who look after an organization's money, each in their own language. */
export async function tellOrganization(
  sql: Sql,
  { siteUrl, clock }: Pick<BillingDeps, 'siteUrl' | 'clock'>,
  mail: OrganizationMail,
): Promise<void> {
  const { fact, organizationId } = mail;
  const now = new Date(clock.now());
  for (const { to, content } of await writeFor(sql, siteUrl, mail, ({ mailToken }) => mailToken))
    await queueMail(sql, { fact, to, organizationId, content }, now);
}

/** The mails that telling an organization this would queue, without what lets their readers switch them off. Nothing is queued. */
export function previewMails(
  sql: Sql,
  { siteUrl }: Pick<BillingDeps, 'siteUrl'>,
  mail: OrganizationMail,
): Promise<AddressedMail[]> {
  return writeFor(sql, siteUrl, mail, () => hiddenMailToken);
}

async function writeFor(
  sql: Sql,
  siteUrl: string,
  { organizationId, kind, write }: OrganizationMail,
  tokenOf: (recipient: Recipient) => string,
): Promise<AddressedMail[]> {
  const recipients = await sql.query<Recipient>(
    `SELECT u.email, u.locale, u.mail_token::text AS "mailToken", o.name AS "organizationName"
     FROM member m JOIN "user" u ON u.id = m.user_id JOIN organization o ON o.id = m.organization_id
     WHERE m.organization_id = $1 AND m.role IN ('owner', 'billing') AND u.status = 'active'
       AND ($2::text IS NULL OR NOT $2 = ANY(u.mails_off))
     ORDER BY m.created_at, u.id LIMIT ${maxRecipients}`,
    [organizationId, kind ?? null],
  );
  if (recipients.length === 0) return [];
  const site = await readMailSite(sql, siteUrl);
  return recipients.map((recipient) => {
    const switchOff = kind && { kind, token: tokenOf(recipient) };
    const content = write({ ...site, switchOff }, readMailLocale(recipient.locale, site), recipient.organizationName);
    return { to: recipient.email, content };
  });
}
