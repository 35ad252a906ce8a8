/** A part of a page that can be found: what stands below one heading, or before the first. */
export interface DocsSection {
  /** Without the language, with the heading's anchor. */
  readonly url: string;
  readonly page: string;
  /** Undefined for what stands before the first heading. */
  readonly heading?: string | undefined;
  readonly text: string;
}

export interface SearchHit {
  readonly section: DocsSection;
  /** A piece of the text around the first word that was found. */
  readonly excerpt: string;
}

const maxHits = 12;
const maxTerms = 8;
const maxQueryCharacters = 100;
const [excerptBefore, excerptAfter] = [30, 90];
const weights = { page: 20, pageStart: 20, heading: 10, text: 1 } as const;
/** More occurrences in one text say nothing more. */
const maxOccurrences = 4;

const words = new Intl.Segmenter('zh', { granularity: 'word' });

/** The words of a query: Chinese is cut by its words, everything else by what separates it. */
export function searchTerms(query: string): string[] {
  const terms = new Set<string>();
  for (const piece of query.slice(0, maxQueryCharacters).toLowerCase().split(/\s+/)) {
    if (!/\p{Script=Han}/u.test(piece)) terms.add(piece);
    else for (const { segment, isWordLike } of words.segment(piece)) if (isWordLike) terms.add(segment);
  }
  terms.delete('');
  return [...terms].slice(0, maxTerms);
}

/**
 * Sections in which every word of the query occurs, the best first. Words are looked for as they stand, also inside longer ones, so that
 * half a word and Chinese that is cut differently are found.
 */
export function searchDocs(sections: readonly DocsSection[], query: string): SearchHit[] {
  const terms = searchTerms(query);
  if (terms.length === 0) return [];
  const scored: { section: DocsSection; score: number }[] = [];
  for (const section of sections) {
    const score = scoreOf(section, terms);
    if (score > 0) scored.push({ section, score });
  }
  scored.sort((a, b) => b.score - a.score);
  return scored.slice(0, maxHits).map(({ section }) => ({ section, excerpt: excerptOf(section.text, terms) }));
}

function scoreOf({ page, heading, text }: DocsSection, terms: readonly string[]): number {
  const [lowPage, lowHeading, lowText] = [page.toLowerCase(), (heading ?? '').toLowerCase(), text.toLowerCase()];
  let score = 0;
  for (const term of terms) {
    const inPage = lowPage.includes(term) ? weights.page : 0;
    // What a page is about is found at its beginning first.
    const atStart = inPage > 0 && heading === undefined ? weights.pageStart : 0;
    const inHeading = lowHeading.includes(term) ? weights.heading : 0;
    const inText = Math.min(maxOccurrences, lowText.split(term).length - 1) * weights.text;
    const found = inPage + atStart + inHeading + inText;
    if (found === 0) return 0;
    score += found;
  }
  return score;
}

function excerptOf(text: string, terms: readonly string[]): string {
  const low = text.toLowerCase();
  const places = terms.map((term) => low.indexOf(term)).filter((place) => place >= 0);
  const at = places.length === 0 ? 0 : Math.min(...places);
  const from = Math.max(0, at - excerptBefore);
  const to = Math.min(text.length, at + excerptAfter);
  return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}`;
}
