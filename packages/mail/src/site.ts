import type { Sql } from '@ai-bridge/db';
import type { MailKind } from './mail-kinds.ts';
import { isMailLocale, type MailLocale, mailLocales } from './mail-locale.ts';

/** What a mail says of where it comes from. */
export interface MailSite {
  readonly name: string;
  /** Where the console is reached, without a slash at its end. */
  readonly url: string;
  /** What it speaks, first what it speaks to who has not chosen. */
  readonly locales: readonly [MailLocale, ...MailLocale[]];
  /** Who reads it may switch such mails off by this. Undefined: such mails are always sent. */
  readonly switchOff?: { readonly kind: MailKind; readonly token: string } | undefined;
}

const defaultName = 'AI-Bridge';

/** The site by the name and in the languages that its settings give it. */
export async function readMailSite(sql: Sql, siteUrl: string): Promise<MailSite> {
  const rows = await sql.query<{ key: string; value: unknown }>(
    `SELECT key, value FROM setting WHERE key IN ('siteName', 'languages', 'defaultLanguage')`,
  );
  const { siteName, languages, defaultLanguage } = Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  return {
    name: typeof siteName === 'string' ? siteName : defaultName,
    url: siteUrl,
    locales: localesOf(languages, defaultLanguage),
  };
}

/** As the site itself does: what is on offer in its order, the default before the others where it is on offer. */
function localesOf(languages: unknown, defaultLanguage: unknown): MailSite['locales'] {
  const inOrder: readonly MailLocale[] = Array.isArray(languages) ? languages.filter(isMailLocale) : mailLocales;
  const first = inOrder.find((locale) => locale === (defaultLanguage ?? 'zh')) ?? inOrder[0] ?? 'zh';
  return [first, ...inOrder.filter((locale) => locale !== first)];
}

/** A page of the site in a reader's language: Chinese has the plain addresses. @param path such as /console/billing */
export function pageUrl({ url }: MailSite, locale: MailLocale, path: string): string {
  return `${url}${locale === 'zh' ? '' : `/${locale}`}${path}`;
}

/** The page that switches off what kind of mail this is, for its reader alone: both stand behind the #, where no log has them. */
export function switchOffPathOf({ switchOff }: MailSite): string | undefined {
  return switchOff && `/mail-off#${switchOff.kind}.${switchOff.token}`;
}
