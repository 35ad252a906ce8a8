export type Language = 'zh' | 'en';

/** More entries than this in one header are not looked at. */
const maxEntries = 20;

/**
 * The language an error is told in.
 *
 * @param header Accept-Language as it came; anything malformed in it is passed over
 * @param fallback where it names neither language
 */
export function pickLanguage(header: string | undefined, fallback: Language): Language {
  let best: Language | undefined;
  let bestQuality = 0;
  for (const entry of (header ?? '').split(',', maxEntries)) {
    const [tag = '', ...parameters] = entry.trim().toLowerCase().split(';');
    const language = languageOf(tag.trim(), fallback);
    const quality = qualityOf(parameters);
    if (language && quality > bestQuality) {
      best = language;
      bestQuality = quality;
    }
  }
  return best ?? fallback;
}

function languageOf(tag: string, fallback: Language): Language | undefined {
  if (tag === '*') return fallback;
  const primary = tag.split('-', 1)[0];
  return primary === 'zh' || primary === 'en' ? primary : undefined;
}

function qualityOf(parameters: readonly string[]): number {
  const text = parameters.map((parameter) => parameter.trim()).find((parameter) => parameter.startsWith('q='));
  if (text === undefined) return 1;
  const quality = Number(text.slice(2));
  return quality >= 0 && quality <= 1 ? quality : 0;
}
