import type { Sql } from '@ai-bridge/db';
import type { MailKind } from './mail-kinds.ts';
import type { MailLocale } from './mail-locale.ts';

/** What a mail says of where it comes from. */
export interface MailSite {
  readonly name: string;
  /** Where the console is reached, without a slash at its end. */
  readonly url: string;
  /** Who reads it may switch such mails off by this. Undefined: such mails are always sent. */
  readonly switchOff?: { readonly kind: MailKind; readonly token: string } | undefined;
}

const defaultName = 'AI-Bridge';

/** The site under the name that its settings give it. */
export async function readMailSite(sql: Sql, siteUrl: string): Promise<MailSite> {
  const [row] = await sql.query<{ name: string | null }>(
    `SELECT value #>> '{}' AS name FROM setting WHERE key = 'siteName'`,
  );
  return { name: row?.name ?? defaultName, url: siteUrl };
}

/** A page of the site in a reader's language: Chinese has the plain addresses. @param path such as /console/billing */
export function pageUrl({ url }: MailSite, locale: MailLocale, path: string): string {
  return `${url}${locale === 'zh' ? '' : `/${locale}`}${path}`;
}

/** The page that switches off what kind of mail this is, for its reader alone: both stand behind the #, where no log has them. */
export function switchOffPathOf({ switchOff }: MailSite): string | undefined {
  return switchOff && `/mail-off#${switchOff.kind}.${switchOff.token}`;
}
