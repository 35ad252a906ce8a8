import type { Locale } from '#i18n/routing.ts';

export interface LanguagesOnOffer {
  readonly languages: readonly Locale[];
  /** One of them. */
  readonly byDefault: Locale;
}

/** The proxy and the pages are bundled apart and run in one process: this is how the one knows what the other read. */
const store = globalThis as { bridgeLanguages?: LanguagesOnOffer };
const all: LanguagesOnOffer = { languages: ['zh', 'en'], byDefault: 'zh' };

export const languagesOnOffer = (): LanguagesOnOffer => store.bridgeLanguages ?? all;

export function setLanguagesOnOffer(languages: LanguagesOnOffer): void {
  store.bridgeLanguages = languages;
}
