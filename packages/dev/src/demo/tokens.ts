const wide = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/;
const pieces =
  /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|\s*[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{1,6}|\s+/g;

/** Whether a text has Chinese (or other wide) characters in it. */
export function hasWideCharacters(text: string): boolean {
  return wide.test(text);
}

/** Cuts a text into pieces about the size of a token; joined they are the text again. */
export function splitIntoTokens(text: string): string[] {
  return text.match(pieces) ?? [];
}

/** A believable token count: near what real tokenizers say for prose, at least 1 for any text. */
export function countTokens(text: string): number {
  return text === '' ? 0 : splitIntoTokens(text).length;
}
