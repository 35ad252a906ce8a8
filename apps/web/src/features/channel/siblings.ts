import type { Channel } from './channel-filter.ts';

const suffix = /-(anthropic|openai|gemini)$/;

/** Channels that were made with this one: of the same provider, and named alike but for what they speak. */
export function siblingsOf(channel: Channel, all: readonly Channel[]): readonly Channel[] {
  const stem = channel.name.replace(suffix, '');
  if (stem === channel.name) return [];
  return all.filter(
    ({ id, name, preset }) =>
      id !== channel.id && preset === channel.preset && suffix.test(name) && name.replace(suffix, '') === stem,
  );
}
