import type { ApiOutput } from '#components/api.ts';
import type { Channel } from './channel-filter.ts';

export type Choices = ApiOutput['channel']['choices'];

/** Models that do not chat, and so cannot answer the smallest question. */
const otherKinds = /embed|tts|whisper|image|dall-e|audio|realtime|transcri|moderation|rerank|video|veo|sora/i;
/** What vendors call their small ones. */
const small = /haiku|mini|flash|lite|nano|air|small/i;

/** `*` on a channel of this preset means every model there is, not only the provider's own. */
export function resells(preset: string, choices: Choices | undefined): boolean {
  return choices?.presets.find(({ id }) => id === preset)?.servesOthers ?? true;
}

/** The public ids that a channel serves, as far as they are known. */
export function servedModels(channel: Pick<Channel, 'models' | 'preset'>, choices: Choices): readonly string[] {
  const { '*': all, ...listed } = channel.models;
  const ids = Object.keys(listed);
  if (all === undefined) return ids;
  const preset = choices.presets.find(({ id }) => id === channel.preset);
  const isReseller = resells(channel.preset, choices);
  const own = choices.models.filter(({ provider }) => isReseller || provider === preset?.provider);
  return [...new Set([...ids, ...own.map(({ id }) => id)])].sort();
}

/** The served model that a test costs least on, as far as names tell: a small one, and of those the newest. */
export function modelForTest(served: readonly string[]): string | undefined {
  const chatting = served.filter((id) => !otherKinds.test(id));
  return chatting.filter((id) => small.test(id)).at(-1) ?? chatting.at(-1) ?? served[0];
}
