import type { OwnKeyPreset } from '@ai-bridge/domain';

/** The providers that a key may be of: what they are called, where their keys come from, and what those look like. */
export const providers: Readonly<
  Record<OwnKeyPreset, { readonly label: string; readonly host: string; readonly example: string }>
> = {
  anthropic: { label: 'Anthropic', host: 'console.anthropic.com', example: 'sk-ant-…' },
  openai: { label: 'OpenAI', host: 'platform.openai.com', example: 'sk-…' },
  gemini: { label: 'Google Gemini', host: 'aistudio.google.com', example: 'AIza…' },
};
