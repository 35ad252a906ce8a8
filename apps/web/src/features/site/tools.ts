/** The tools that people know, as they are called everywhere. */
export const tools = ['Claude Code', 'Codex', 'Cursor', 'OpenCode', 'Gemini CLI', 'SDKs'] as const;

/** What a provider's models are called, in the order they are shown in. */
export const families = {
  anthropic: 'Claude',
  openai: 'GPT',
  google: 'Gemini',
  deepseek: 'DeepSeek',
  zhipu: 'GLM',
  moonshot: 'Kimi',
  minimax: 'MiniMax',
} as const satisfies Readonly<Record<string, string>>;

const providerNames: Readonly<Record<string, string>> = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  google: 'Google',
  deepseek: 'DeepSeek',
  zhipu: 'Zhipu',
  moonshot: 'Moonshot',
  minimax: 'MiniMax',
};

/** A provider as it writes itself; its own word where it is not known. */
export function providerName(provider: string): string {
  return providerNames[provider] ?? provider;
}
