import type { AddressedMail } from '@ai-bridge/billing';
import type { Locale } from '#i18n/routing.ts';

/** A mail in one language, and how many people get it in that. */
export interface MailInLanguage {
  readonly language: Locale;
  readonly readers: number;
  readonly subject: string;
  readonly html: string;
}

/** Mails of one piece of news differ by their reader's language alone. */
export function mailsByLanguage(mails: readonly AddressedMail[]): MailInLanguage[] {
  const languages = [...new Set(mails.map(({ content }) => content.locale))];
  return languages.flatMap((language) => {
    const same = mails.filter(({ content }) => content.locale === language);
    const [first] = same;
    if (!first) return [];
    const { subject, html } = first.content;
    return [{ language, readers: same.length, subject, html }];
  });
}
