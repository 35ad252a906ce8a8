import type { Locale } from '#i18n/routing.ts';
import type { LanguagesOnOffer } from './languages-on-offer.ts';

export interface LanguageWish {
  /** Path without its query. */
  readonly path: string;
  /** The language chosen before. */
  readonly cookie: string | undefined;
  readonly acceptLanguage: string | null;
}

/** The language that a path names by its beginning. */
export function languageOfPath(path: string): Locale | undefined {
  const first = path.split('/', 2)[1];
  return first === 'zh' || first === 'en' ? first : undefined;
}

/** The language on offer that suits a reader best: the path's, the one chosen before, what the browser asks for, the site's. */
export function chooseLanguage({ path, cookie, acceptLanguage }: LanguageWish, offer: LanguagesOnOffer): Locale {
  const wishes = [languageOfPath(path), cookie, ...languagesOf(acceptLanguage ?? '')];
  return (
    offer.languages.find((language) => language === wishes.find((wish) => isOffered(wish, offer))) ?? offer.byDefault
  );
}

function isOffered(wish: string | undefined, { languages }: LanguagesOnOffer): boolean {
  return languages.some((language) => language === wish);
}

const maxWishes = 20;

/** What Accept-Language names, the most wanted first, without regions. */
function languagesOf(header: string): string[] {
  const wishes = header.split(',', maxWishes).map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = Number(parameters.find((one) => one.trim().startsWith('q='))?.split('=')[1] ?? 1);
    return { language: tag.split('-')[0] ?? '', weight: Number.isNaN(weight) ? 0 : weight };
  });
  const wanted = wishes.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  return wanted.map(({ language }) => language);
}
