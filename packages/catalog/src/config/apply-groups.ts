import { isDeepStrictEqual } from 'node:util';
import { columnChanges, type PrismaSession } from '@ai-bridge/db';
import { listBasisPoints } from '@ai-bridge/domain';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { defaultGroup } from '../channels/columns.ts';
import type { GroupRow } from '../groups/group-snapshot.ts';
import { setMultiplier } from '../groups/set-multiplier.ts';
import { ConfigError } from './config-error.ts';
import type { GroupConfig } from './group-section.ts';

interface Options {
  readonly fileName: string;
  readonly now: Date;
  readonly actor: CatalogActor;
}

/** Makes the file's groups; one that an earlier file made and this one lacks is switched off (the default group: list price again). */
export async function applyGroups(
  session: PrismaSession,
  groups: readonly GroupConfig[],
  { fileName, now, actor }: Options,
): Promise<void> {
  await refuse(session, groups, fileName);
  const found = await session.channelGroup.findMany({ include: { multipliers: true } });
  const rows = new Map(found.map((row) => [row.id, row]));
  for (const group of groups) {
    const row = rows.get(group.id);
    rows.delete(group.id);
    await applyGroup(session, group, row, actor);
    const { id: groupId, multiplierBasisPoints } = group;
    const multiplier = { groupId, multiplierBasisPoints, validFrom: now, source: 'config' };
    await setMultiplier(session, row?.multipliers ?? [], multiplier, actor);
  }
  for (const { id, origin, enabled, multipliers } of rows.values()) {
    if (origin !== 'config' || !enabled) continue;
    const isDefault = id === defaultGroup;
    const asMade = { displayName: 'Default', models: [], offered: true, origin: 'system' };
    await session.channelGroup.update({ where: { id }, data: isDefault ? asMade : { enabled: false } });
    await writeAudit(session, actor, isDefault ? 'group.update' : 'group.retire', id);
    if (!isDefault) continue;
    const atList = { groupId: id, multiplierBasisPoints: listBasisPoints, validFrom: now, source: 'system' };
    await setMultiplier(session, multipliers, atList, actor);
  }
}

/** All of a group but its multiplier. */
async function applyGroup(
  session: PrismaSession,
  { multiplierBasisPoints: _, id, ...settings }: GroupConfig,
  row: (GroupRow & { readonly multipliers: unknown }) | undefined,
  actor: CatalogActor,
): Promise<void> {
  const columns = { ...settings, origin: 'config' };
  const { createdAt: __, updatedAt: ___, multipliers: ____, ...stored } = row ?? {};
  if (isDeepStrictEqual(stored, { id, ...columns })) return;
  await session.channelGroup.upsert({ where: { id }, create: { id, ...columns }, update: columns });
  await writeAudit(session, actor, row ? 'group.update' : 'group.create', id, { changed: columnChanges(row, columns) });
}

async function refuse(session: PrismaSession, groups: readonly GroupConfig[], fileName: string): Promise<void> {
  const models = new Set((await session.model.findMany({ select: { id: true } })).map(({ id }) => id));
  const problems = groups.flatMap((group, index) => [
    ...(group.id === defaultGroup && !group.enabled
      ? [{ path: `groups[${index}].enabled`, message: 'expected true: the default group cannot be switched off' }]
      : []),
    ...(group.id === defaultGroup && !group.offered
      ? [{ path: `groups[${index}].offered`, message: 'expected true: keys are in it when nobody chooses' }]
      : []),
    ...group.models.flatMap((model, at) =>
      models.has(model)
        ? []
        : [{ path: `groups[${index}].models[${at}]`, message: 'expected a model of this file or of the price list' }],
    ),
  ]);
  if (problems.length > 0) throw new ConfigError(fileName, problems);
}
