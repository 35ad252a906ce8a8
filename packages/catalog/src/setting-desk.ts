import { isDeepStrictEqual } from 'node:util';
import type { Prisma, PrismaClient, PrismaSession } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from './audit.ts';
import { CatalogError } from './catalog-error.ts';
import { inCatalogTransaction } from './catalog-transaction.ts';
import {
  isSettingName,
  type SettingGroup,
  type SettingName,
  settingDefinitions,
  settingNames,
} from './setting-definitions.ts';
import { settingsOfRows } from './settings.ts';

/** Whose word the value in force is. */
export type SettingSource = 'default' | 'file' | 'console';

/** A setting as staff see it. */
export interface DeskSetting {
  readonly name: SettingName;
  readonly group: SettingGroup;
  /** In force. */
  readonly value: unknown;
  readonly default: unknown;
  readonly source: SettingSource;
  /** Null where the default holds. */
  readonly changedAt: Date | null;
}

/** Every setting with its value in force and where that comes from. */
export async function listSettings(session: PrismaSession): Promise<DeskSetting[]> {
  const rows = await session.setting.findMany();
  const values = settingsOfRows(rows);
  return settingNames.map((name) => {
    const { group, schema, default: byDefault } = settingDefinitions[name];
    const stored = rows.find(({ key }) => key === name);
    // What is stored and not understood counts as unset.
    const row = stored && schema.safeParse(stored.value).success ? stored : undefined;
    const source = !row ? 'default' : row.origin === 'config' ? 'file' : 'console';
    return { name, group, value: values[name], default: byDefault, source, changedAt: row?.updatedAt ?? null };
  });
}

/**
 * Makes settings what staff entered, all of them or none, each change with its audit row; null puts one back to its default.
 * @throws CatalogError setting_invalid, setting_owned_by_file, each with the setting's name as its path
 */
export async function changeSettings(
  prisma: PrismaClient,
  changes: Readonly<Record<string, unknown>>,
  actor: CatalogActor,
): Promise<void> {
  const wanted = Object.entries(changes).map(([name, value]) => readChange(name, value));
  await inCatalogTransaction(prisma, async (session) => {
    for (const change of wanted) await changeOne(session, change, actor);
  });
}

interface Change {
  readonly name: SettingName;
  /** Null: the default. */
  readonly value: unknown;
}

function readChange(name: string, value: unknown): Change {
  if (!isSettingName(name)) throw new CatalogError('setting_invalid', 'no such setting', name.slice(0, 64));
  if (value === null) return { name, value };
  const read = settingDefinitions[name].schema.safeParse(value);
  if (read.success) return { name, value: read.data };
  throw new CatalogError('setting_invalid', read.error.issues[0]?.message ?? 'not readable', name);
}

async function changeOne(session: PrismaSession, { name, value }: Change, actor: CatalogActor): Promise<void> {
  const row = await session.setting.findUnique({ where: { key: name } });
  if (row?.origin === 'config') throw new CatalogError('setting_owned_by_file', 'the configuration file owns it', name);
  const from = row?.value ?? null;
  if (isDeepStrictEqual(from, value)) return;
  if (value === null) await session.setting.delete({ where: { key: name } });
  else {
    const columns = { value: value as Prisma.InputJsonValue, origin: 'console' };
    await session.setting.upsert({ where: { key: name }, create: { key: name, ...columns }, update: columns });
  }
  const to = value as Prisma.InputJsonValue | null;
  await writeAudit(session, actor, 'setting.change', name, { from, to });
}

/** A change of a setting, as the audit log has it. */
export interface SettingChange {
  readonly id: bigint;
  readonly at: Date;
  readonly name: string;
  /** The configuration file, a person, or the system. */
  readonly actorKind: string;
  readonly actorUserId: string | null;
  readonly from: unknown;
  readonly to: unknown;
}

/** Long texts are not told in a list. */
const untold: ReadonlySet<string> = new Set<SettingName>(['codexOfficialInstructions']);

/** The last changes of all settings, the newest first. */
export async function listSettingChanges(session: PrismaSession, limit: number): Promise<SettingChange[]> {
  const rows = await session.auditLog.findMany({
    where: { action: 'setting.change' },
    orderBy: { id: 'desc' },
    take: limit,
    select: { id: true, at: true, target: true, actorKind: true, actorUserId: true, detail: true },
  });
  return rows.map(({ target, detail, ...row }) => {
    const { from = null, to = null } = (detail ?? {}) as { from?: unknown; to?: unknown };
    return { ...row, name: target, ...(untold.has(target) ? { from: null, to: null } : { from, to }) };
  });
}
