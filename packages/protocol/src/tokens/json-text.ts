/** A string of this length without a space is no words: encrypted results, base64. */
const minSealedCharacters = 512;
/** Characters of such a string that make a token: it stands for text that was compressed or sealed. */
const sealedCharactersPerToken = 16;

export interface JsonText {
  readonly text: string;
  /** Tokens of what was left out of the text. */
  readonly tokens: number;
}

/** A value as the JSON that the model reads, without long strings that are no words: those are weighed by their length. */
export function jsonText(value: unknown): JsonText {
  let tokens = 0;
  const text = JSON.stringify(value, (_key, field: unknown) => {
    if (typeof field !== 'string' || !isSealed(field)) return field;
    tokens += sealedTokens(field);
    return '';
  });
  return { text: text ?? '', tokens };
}

export function sealedTokens(text: string): number {
  return Math.ceil(text.length / sealedCharactersPerToken);
}

function isSealed(text: string): boolean {
  return text.length >= minSealedCharacters && !/\s/.test(text.slice(0, minSealedCharacters));
}
