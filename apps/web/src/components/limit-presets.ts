import { type Limits, signUpLimits } from '@ai-bridge/domain';

/**
 * Sets of limits to begin with, by what they are for: one person's coding tool, a team's, and a service in production. The middle one is
 * what organizations get that sign themselves up.
 */
export const limitPresets = {
  person: { rpm: 60, itpm: 500_000, otpm: 50_000, concurrency: 5 },
  team: signUpLimits,
  production: { rpm: 5_000, itpm: 20_000_000, otpm: 4_000_000, concurrency: 400 },
  none: {},
} as const satisfies Record<string, Limits>;

export type LimitPreset = keyof typeof limitPresets;
export const limitPresetNames = Object.keys(limitPresets) as readonly LimitPreset[];
