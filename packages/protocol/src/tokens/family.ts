/** Models that share a tokenizer and ways of weighing pictures. */
export type FamilyName =
  | 'claude'
  | 'claude-since-4.7'
  | 'openai'
  | 'openai-before-4o'
  | 'gemini'
  | 'gemini-since-3'
  | 'chinese'
  | 'other';

export interface Family {
  readonly name: FamilyName;
  /** Tokens for each that o200k_base makes of text in alphabets, and of Chinese, Japanese and Korean. */
  readonly alphabetic: number;
  readonly cjk: number;
  /** Tokens around each turn, and around the whole prompt. */
  readonly perTurn: number;
  readonly perRequest: number;
  /** Tokens around each tool that is offered, and what is said once where any is. */
  readonly perTool: number;
  readonly toolPreamble: number;
  /** One page of a PDF: what is drawn and what is written on it, where the vendor counts both. */
  readonly perPdfPage: number;
  readonly perAudioSecond: number;
  readonly perVideoSecond: number;
}

/**
 * Claude: against o200k_base about 14 % more for English and 49 % more for Chinese; since 4.7 about 30 % more again for the same text.
 * GPT before 4o: cl100k_base, whose Chinese takes 1.4 times as many. The others publish no tokenizer in a form that is used here;
 * their factors lie a little above what is seen, as too low an estimate overflows a context.
 */
const families: Record<FamilyName, Omit<Family, 'name'>> = {
  claude: {
    alphabetic: 1.15,
    cjk: 1.5,
    perTurn: 4,
    perRequest: 3,
    perTool: 12,
    // What Anthropic puts before the tools: 346 tokens with Claude 4 and tool choice auto.
    toolPreamble: 346,
    perPdfPage: 2_800,
    perAudioSecond: 32,
    perVideoSecond: 300,
  },
  'claude-since-4.7': {
    alphabetic: 1.5,
    cjk: 1.95,
    perTurn: 4,
    perRequest: 3,
    perTool: 12,
    toolPreamble: 346,
    perPdfPage: 3_200,
    perAudioSecond: 32,
    perVideoSecond: 300,
  },
  openai: {
    alphabetic: 1,
    cjk: 1,
    perTurn: 3,
    perRequest: 3,
    perTool: 8,
    toolPreamble: 12,
    perPdfPage: 1_500,
    perAudioSecond: 10,
    perVideoSecond: 300,
  },
  'openai-before-4o': {
    alphabetic: 1.02,
    cjk: 1.4,
    perTurn: 3,
    perRequest: 3,
    perTool: 8,
    toolPreamble: 12,
    perPdfPage: 1_500,
    perAudioSecond: 10,
    perVideoSecond: 300,
  },
  gemini: {
    alphabetic: 1.1,
    cjk: 1,
    perTurn: 2,
    perRequest: 0,
    perTool: 8,
    toolPreamble: 0,
    perPdfPage: 258,
    perAudioSecond: 32,
    perVideoSecond: 290,
  },
  'gemini-since-3': {
    alphabetic: 1.1,
    cjk: 1,
    perTurn: 2,
    perRequest: 0,
    perTool: 8,
    toolPreamble: 0,
    perPdfPage: 560,
    perAudioSecond: 32,
    perVideoSecond: 102,
  },
  chinese: {
    alphabetic: 1.08,
    cjk: 0.95,
    perTurn: 4,
    perRequest: 4,
    perTool: 10,
    toolPreamble: 120,
    perPdfPage: 1_500,
    perAudioSecond: 25,
    perVideoSecond: 300,
  },
  other: {
    alphabetic: 1.1,
    cjk: 1.3,
    perTurn: 4,
    perRequest: 4,
    perTool: 10,
    toolPreamble: 120,
    perPdfPage: 1_500,
    perAudioSecond: 32,
    perVideoSecond: 300,
  },
};

const chineseModels = /deepseek|qwen|qwq|glm|kimi|moonshot|minimax|doubao|seed|hunyuan|ernie|baichuan|step-/;

/** The family of a model, by any of the ways its id is written (`anthropic/claude-opus-4.7`, `claude-opus-4-7-20260416`). */
export function familyOf(model: string): Family {
  const name = nameOf(model.toLowerCase());
  return { name, ...families[name] };
}

function nameOf(model: string): FamilyName {
  if (model.includes('claude')) return isSinceClaude47(model) ? 'claude-since-4.7' : 'claude';
  if (/gpt-(3\.5|4(?![\d.]|-?o))/.test(model)) return 'openai-before-4o';
  if (/gpt-|chatgpt|codex|(^|\/)o[1-9](-|$)/.test(model)) return 'openai';
  if (/gemini|gemma/.test(model)) return (versionAfter(model, 'gemini-') ?? 0) >= 3 ? 'gemini-since-3' : 'gemini';
  return chineseModels.test(model) ? 'chinese' : 'other';
}

/** `claude-opus-4-7`, `claude-opus-4.7`, `claude-haiku-5`: a date behind the major version (`claude-opus-4-20250514`) is no minor one. */
function isSinceClaude47(model: string): boolean {
  const match = /claude-[a-z]+-(\d{1,2})(?:[-.](\d{1,2})(?!\d))?(?!\d)/.exec(model);
  if (!match) return /fable|mythos/.test(model);
  return Number(match[1]) + Number(match[2] ?? 0) / 100 >= 4.07;
}

/** The number that follows a word of a model's id: 5.4 of `gpt-5.4-mini`. */
export function versionAfter(model: string, word: string): number | undefined {
  const at = model.indexOf(word);
  if (at === -1) return undefined;
  const version = Number.parseFloat(model.slice(at + word.length));
  return Number.isNaN(version) ? undefined : version;
}
