/** Sentences one after another: with a space between them, except in Chinese. */
export function joinSentences(sentences: readonly string[], locale: string): string {
  return sentences.join(locale === 'zh' ? '' : ' ');
}
