/** The providers whose own keys a customer may bring, by their presets. */
export const ownKeyPresets = ['anthropic', 'openai', 'gemini'] as const;
export type OwnKeyPreset = (typeof ownKeyPresets)[number];

export function isOwnKeyPreset(text: string): text is OwnKeyPreset {
  return (ownKeyPresets as readonly string[]).includes(text);
}
