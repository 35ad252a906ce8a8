/** What the ids of each vendor's models begin with. */
const families: readonly (readonly [RegExp, string])[] = [
  [/^claude-/i, 'anthropic'],
  [/^(?:gpt-|chatgpt-|o\d|text-embedding-|dall-e|whisper|tts-|codex-)/i, 'openai'],
  [/^gemini-/i, 'google'],
  [/^glm-/i, 'zhipu'],
  [/^(?:kimi-|moonshot-)/i, 'moonshot'],
  [/^minimax-/i, 'minimax'],
  [/^deepseek-/i, 'deepseek'],
];

/** The vendor that a model of this id most likely is of; custom when the id says nothing. */
export function providerOfModel(id: string): string {
  return families.find(([pattern]) => pattern.test(id))?.[1] ?? 'custom';
}
