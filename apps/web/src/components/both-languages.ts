import type { Locale } from '#i18n/routing.ts';

/** A text of the operator's in each language of the site; empty where it was not written. */
export type BothLanguages = Readonly<Record<Locale, string>>;

/** The text in the reader's language, or in the other where it was not written in theirs. */
export function textIn(locale: string, texts: BothLanguages): string {
  return locale === 'zh' ? texts.zh || texts.en : texts.en || texts.zh;
}
