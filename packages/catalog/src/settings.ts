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
  requireVerifiedEmail: undefined,
  requireTwoFactorForStaff: false,
};

/** Texts that may be stored of Codex's instructions, and how long each may be. */
export const maxCodexTexts = 16;
export const maxCodexTextCharacters = 64 * 1024;

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
    .record(z.string().min(1).max(200), z.string().min(1).max(maxCodexTextCharacters))
    .refine((texts) => Object.keys(texts).length <= maxCodexTexts, {
      error: `expected at most ${maxCodexTexts} texts`,
    })
    .optional(),
  /** What requests with a customer's own key cost: this share of the list price, 10000 being all of it. */
  ownKeyFeeBasisPoints: z.number().int().min(0).max(listBasisPoints).optional(),
  /** Who has not confirmed their address makes no keys and buys nothing. Unless named: where there is SMTP. */
  requireVerifiedEmail: z.boolean().optional(),
  /** Staff without a second factor are customers like others until they have one. */
  requireTwoFactorForStaff: z.boolean().optional(),
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

/**
 * Makes the file's settings what it says, each change with its audit row. What it does not name keeps its value; what an earlier file
 * named and this one does not is the console's to change from now on.
 */
export async function applySettings(session: PrismaSession, file: SettingsPatch, actor: CatalogActor): Promise<void> {
  const rows = new Map((await session.setting.findMany()).map((row) => [row.key, row]));
  for (const [key, value] of Object.entries(file)) {
    const row = rows.get(key);
    rows.delete(key);
    if (value === undefined) continue;
    const isSame = isDeepStrictEqual(row?.value, value);
    if (isSame && row?.origin === 'config') continue;
    const columns = { value, origin: 'config' };
    await session.setting.upsert({ where: { key }, create: { key, ...columns }, update: columns });
    if (!isSame) await writeAudit(session, actor, 'setting.change', key, { from: row?.value ?? null, to: value });
  }
  for (const { key, origin } of rows.values())
    if (origin === 'config') await session.setting.update({ where: { key }, data: { origin: 'console' } });
}
