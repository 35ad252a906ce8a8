/** How many tokens a text is in OpenAI's o200k_base. */
export type CountTokens = (text: string) => number;

/**
 * Texts are counted in pieces of this many characters: the tokenizer's time grows with the square of a run without a break, so that a
 * hundred thousand spaces in one go would take seconds. A cut in the middle of a run costs at most a token or two.
 */
const pieceCharacters = 512;
/** How far back from a piece's end a space is looked for to cut at. */
const cutSearchCharacters = 64;
/** Words remembered with their tokens; a word here is at most a piece. */
const rememberedWords = 10_000;

let loading: Promise<CountTokens> | undefined;

/**
 * The tokenizer, loaded at its first use: its table takes about a quarter of a second and 65 MB, which a process that never estimates
 * does not pay.
 */
export function loadTokenizer(): Promise<CountTokens> {
  loading ??= load();
  return loading;
}

async function load(): Promise<CountTokens> {
  const tokenizer = await import('gpt-tokenizer/encoding/o200k_base');
  tokenizer.setMergeCacheSize(rememberedWords);
  // A prompt that spells a control token is a prompt like any other.
  const options = { disallowedSpecial: new Set<string>() };
  return (text) => {
    let tokens = 0;
    for (let at = 0; at < text.length; ) {
      const end = cutAfter(text, at, pieceCharacters);
      tokens += tokenizer.countTokens(text.slice(at, end), options);
      at = end;
    }
    return tokens;
  };
}

/** Where a piece that begins at `start` ends: after so many characters, or before a space shortly ahead of that, so that no word is cut. */
export function cutAfter(text: string, start: number, characters: number): number {
  const end = start + characters;
  if (end >= text.length) return text.length;
  const space = text.lastIndexOf(' ', end);
  return space > end - cutSearchCharacters ? space : end;
}
