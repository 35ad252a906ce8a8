/** The languages that mails are written in. */
export type MailLocale = 'zh' | 'en';

/** A person's language as it is stored; the site's own where they never chose one. */
export function readMailLocale(text: string | null): MailLocale {
  return text === 'en' ? 'en' : 'zh';
}
