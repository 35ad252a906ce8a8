import type { KeyKind, ModelSizes } from '@ai-bridge/tool-setup';

/** One provider with one key, by a name to switch to. */
export interface Profile {
  readonly name: string;
  readonly provider: ProviderId;
  readonly key: string;
  /** Instead of the provider's own address. */
  readonly url?: string | undefined;
  readonly keyKind?: KeyKind | undefined;
  readonly model?: string | undefined;
  readonly fastModel?: string | undefined;
  /** As the provider told them when the profile was saved. */
  readonly modelSizes?: ModelSizes | undefined;
}

export const providerIds = ['ai-bridge', '302ai', 'glm', 'minimax', 'kimi', 'custom'] as const;
export type ProviderId = (typeof providerIds)[number];

export const isProvider = (id: string): id is ProviderId => (providerIds as readonly string[]).includes(id);

const usualEndings = ['-config', '-provider'];

/** The profile that a typed name means; `glm-config` and `glm-provider` mean `glm`, where there is none of that very name. */
export function findProfile(profiles: readonly Profile[], typed: string): Profile | undefined {
  const exact = profiles.find(({ name }) => name === typed);
  if (exact) return exact;
  const ending = usualEndings.find((one) => typed.endsWith(one));
  const short = ending === undefined ? undefined : typed.slice(0, -ending.length);
  return profiles.find(({ name }) => name === short);
}

/** What may be shown of a key. */
export function maskedKey(key: string): string {
  const isLong = key.length >= 20;
  return isLong ? `${key.slice(0, 5)}…${key.slice(-4)}` : '…';
}
