import type { NeutralRequest } from '../neutral/request.ts';
import { countCjk } from './cjk.ts';
import { type Family, familyOf } from './family.ts';
import { promptOf } from './prompt.ts';
import { sampleTexts } from './sample.ts';
import { type CountTokens, cutAfter, loadTokenizer } from './tokenizer.ts';

/** Tokens that o200k_base makes of one Chinese, Japanese or Korean character of running text. */
const tokensPerCjkCharacter = 0.7;
/** After this many characters the event loop gets its turn: streams must not wait for an estimate. */
const charactersPerTurn = 4_096;
/** What one more text costs beside its characters. */
const charactersPerText = 32;

/**
 * How many input tokens a request has, for an upstream that does not count them itself: to be marked as an estimate wherever it is told.
 * Text goes through a real tokenizer and is weighed by what is known of the model's own; pictures go by their vendor's formula. Of more
 * than `maxCountedCharacters` a sample is counted. Typically within a tenth of the truth.
 *
 * @param model the upstream's or the public id: its family decides
 */
export async function estimateTokens(request: NeutralRequest, model: string): Promise<number> {
  const family = familyOf(model);
  const prompt = promptOf(request, family, model);
  return Math.ceil(prompt.tokens + (await textTokens(prompt.texts, family)));
}

async function textTokens(texts: readonly string[], family: Family): Promise<number> {
  if (texts.length === 0) return 0;
  const count = await loadTokenizer();
  const sample = sampleTexts(texts);
  let tokens = 0;
  let characters = 0;
  for (const text of sample.texts) {
    for (let at = 0; at < text.length; ) {
      const slice = text.slice(at, cutAfter(text, at, charactersPerTurn));
      at += slice.length;
      tokens += weigh(slice, count, family);
      characters += slice.length + charactersPerText;
      if (characters < charactersPerTurn) continue;
      characters = 0;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
  return tokens * sample.scale;
}

function weigh(text: string, count: CountTokens, family: Family): number {
  const tokens = count(text);
  const cjk = Math.min(tokens, countCjk(text) * tokensPerCjkCharacter);
  return (tokens - cjk) * family.alphabetic + cjk * family.cjk;
}
