/** The languages that mails are written in. */
export const mailLocales = ['zh', 'en'] as const;
export type MailLocale = (typeof mailLocales)[number];

/** A person's language as it is stored; the site's first where they never chose one that it speaks. */
export function readMailLocale(
  text: string | null,
  { locales }: { readonly locales: readonly [MailLocale, ...MailLocale[]] },
): MailLocale {
  return locales.find((locale) => locale === text) ?? locales[0];
}

export function isMailLocale(text: unknown): text is MailLocale {
  return mailLocales.some((locale) => locale === text);
}
