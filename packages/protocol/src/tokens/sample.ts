/** Texts longer than this, all together, are counted by sample: it bounds what an estimate costs to a few dozen milliseconds. */
export const maxCountedCharacters = 131_072;
/** Windows of this many characters are taken at even distances. */
const windowCharacters = 1_024;

export interface Sample {
  readonly texts: readonly string[];
  /** How many times as much text there is as the sample holds; 1 where it holds everything. */
  readonly scale: number;
}

/** All of the texts where they are short, else windows spread evenly over them, so that every kind of text in them has its share. */
export function sampleTexts(texts: readonly string[]): Sample {
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  if (total <= maxCountedCharacters) return { texts, scale: 1 };
  const distance = total / (maxCountedCharacters / windowCharacters);
  const taken: string[] = [];
  let takenCharacters = 0;
  let textStart = 0;
  let next = 0;
  for (const text of texts) {
    const textEnd = textStart + text.length;
    // A window that reaches beyond its text goes on in the next one.
    for (; next * distance < textEnd; next++) {
      const start = Math.max(Math.floor(next * distance), textStart);
      const end = Math.floor(next * distance) + windowCharacters;
      const window = text.slice(start - textStart, end - textStart);
      taken.push(window);
      takenCharacters += window.length;
      if (end > textEnd) break;
    }
    textStart = textEnd;
  }
  return { texts: taken, scale: total / takenCharacters };
}
