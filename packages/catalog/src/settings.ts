import { isDeepStrictEqual } from 'node:util';
import type { PrismaSession } from '@ai-bridge/db';
import { limitsSchema, listBasisPoints, signUpLimits } from '@ai-bridge/domain';
import { z } from 'zod';
import { type CatalogActor, writeAudit } from './audit.ts';
import type { SiteSettings } from './snapshot.ts';

export const defaultSettings: SiteSettings = {
  siteName: 'AI-Bridge',
  currency: 'usd',
  showBalanceAs: 'tokens',
  crossModelFallback: true,
  signUp: 'open',
  signUpLimits,
  codexOfficialInstructions: {},
  ownKeyFeeBasisPoints: 0,
};

const maxInstructions = 16;
const maxInstructionsCharacters = 64 * 1024;

/** Settings as a config file or an administrator's form gives them; what is not named stays. */
export const settingsSchema = z.strictObject({
  siteName: z.string().trim().min(1).max(64).optional(),
  currency: z
    .string()
    .regex(/^[a-z]{3}$/, { error: 'expected a currency code of three small letters, such as usd' })
    .optional(),
  showBalanceAs: z.enum(['tokens', 'money']).optional(),
  crossModelFallback: z.boolean().optional(),
  signUp: z.enum(['open', 'closed']).optional(),
  /** Replaces the caps as a whole: a kind that is not named has none. */
  signUpLimits: limitsSchema.optional(),
  /** Replaces the texts as a whole. */
  codexOfficialInstructions: z
    .record(z.string().min(1).max(200), z.string().min(1).max(maxInstructionsCharacters))
    .refine((texts) => Object.keys(texts).length <= maxInstructions, {
      error: `expected at most ${maxInstructions} texts`,
    })
    .optional(),
  /** What requests with a customer's own key cost: this share of the list price, 10000 being all of it. */
  ownKeyFeeBasisPoints: z.number().int().min(0).max(listBasisPoints).optional(),
});

export type SettingsPatch = z.output<typeof settingsSchema>;

/** The settings in force. A stored value that is not understood counts as unset. */
export async function readSettings(session: PrismaSession): Promise<SiteSettings> {
  const rows = await session.setting.findMany();
  return settingsOfRows(rows);
}

export function settingsOfRows(rows: readonly { readonly key: string; readonly value: unknown }[]): SiteSettings {
  const known: Record<string, unknown> = {};
  for (const { key, value } of rows) {
    const one = settingsSchema.safeParse({ [key]: value });
    if (one.success) known[key] = value;
  }
  return { ...defaultSettings, ...known };
}

/** Writes those settings of the patch that differ from what is stored, each with its audit row. */
export async function writeSettings(session: PrismaSession, patch: SettingsPatch, actor: CatalogActor): Promise<void> {
  const stored = new Map((await session.setting.findMany()).map(({ key, value }) => [key, value]));
  for (const [key, value] of Object.entries(patch)) {
    if (value === undefined || isDeepStrictEqual(stored.get(key), value)) continue;
    await session.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    await writeAudit(session, actor, 'setting.change', key, { from: stored.get(key) ?? null, to: value });
  }
}
