import { isDeepStrictEqual } from 'node:util';
import type { PrismaSession } from '@ai-bridge/db';
import { z } from 'zod';
import { type CatalogActor, writeAudit } from './audit.ts';
import {
  isSettingName,
  type SettingName,
  type SiteLanguage,
  type SiteSettings,
  settingDefinitions,
} from './setting-definitions.ts';

type Definitions = typeof settingDefinitions;

function eachOf<Value>(read: (name: SettingName) => Value): Record<string, Value> {
  return Object.fromEntries(Object.keys(settingDefinitions).map((name) => [name, read(name as SettingName)]));
}

export const defaultSettings = eachOf((name) => settingDefinitions[name].default) as unknown as SiteSettings;

/** Settings as a config file or an administrator's form gives them; what is not named stays. */
export const settingsSchema = z.strictObject(
  eachOf((name) => settingDefinitions[name].schema.optional()) as unknown as {
    [Name in SettingName]: z.ZodOptional<Definitions[Name]['schema']>;
  },
);

export type SettingsPatch = z.output<typeof settingsSchema>;

/** The settings in force. A stored value that is not understood counts as unset. */
export async function readSettings(session: PrismaSession): Promise<SiteSettings> {
  const rows = await session.setting.findMany();
  return settingsOfRows(rows);
}

export function settingsOfRows(rows: readonly { readonly key: string; readonly value: unknown }[]): SiteSettings {
  const known: Record<string, unknown> = {};
  for (const { key, value } of rows) {
    const one = isSettingName(key) ? settingDefinitions[key].schema.safeParse(value) : undefined;
    if (one?.success) known[key] = one.data;
  }
  return { ...defaultSettings, ...known };
}

/** The language for who asks for none of those on offer. */
export function defaultLanguageOf(settings: Pick<SiteSettings, 'languages' | 'defaultLanguage'>): SiteLanguage {
  const { languages, defaultLanguage } = settings;
  return languages.includes(defaultLanguage) ? defaultLanguage : (languages[0] ?? defaultLanguage);
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
