import { isDeepStrictEqual } from 'node:util';
import type { PrismaSession } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { defaultGroup } from '../channels/columns.ts';
import { ConfigError } from './config-error.ts';
import type { GroupConfig } from './group-section.ts';

interface Options {
  readonly fileName: string;
  readonly actor: CatalogActor;
}

/** Makes the file's groups; one that an earlier file made and this one lacks is switched off (the default group: list price again). */
export async function applyGroups(
  session: PrismaSession,
  groups: readonly GroupConfig[],
  { fileName, actor }: Options,
): Promise<void> {
  await refuse(session, groups, fileName);
  const rows = new Map((await session.channelGroup.findMany()).map((row) => [row.id, row]));
  for (const group of groups) {
    const { id, ...columns } = { ...group, origin: 'config' };
    const row = rows.get(id);
    rows.delete(id);
    const { createdAt: _, updatedAt: __, ...stored } = row ?? { createdAt: null, updatedAt: null };
    if (isDeepStrictEqual(stored, { id, ...columns })) continue;
    await session.channelGroup.upsert({ where: { id }, create: { id, ...columns }, update: columns });
    await writeAudit(session, actor, row ? 'group.update' : 'group.create', id, {
      multiplierBasisPoints: columns.multiplierBasisPoints,
    });
  }
  for (const { id, origin, enabled } of rows.values()) {
    if (origin !== 'config' || !enabled) continue;
    const isDefault = id === defaultGroup;
    const asMade = {
      displayName: 'Default',
      multiplierBasisPoints: 10_000,
      models: [],
      offered: true,
      origin: 'system',
    };
    await session.channelGroup.update({ where: { id }, data: isDefault ? asMade : { enabled: false } });
    await writeAudit(session, actor, isDefault ? 'group.update' : 'group.retire', id);
  }
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
