import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { z } from 'zod';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { defaultGroup } from '../channels/columns.ts';
import { datesAhead } from '../prices/in-force.ts';
import { basisPointsAt, type MultiplierRow } from './group-snapshot.ts';
import { readMultiplier } from './multiplier.ts';
import { addMultiplier } from './set-multiplier.ts';

const maxModels = 1_000;
const maxIdLength = 200;

/** A group's settings as staff write them. */
export const groupSettingsSchema = z.strictObject({
  displayName: z.string().trim().min(1).max(64),
  /** Public ids that its keys see; none = all that its channels serve. */
  models: z.array(z.string().min(1).max(maxIdLength)).max(maxModels),
  /** Customers may choose it for their keys; the default group always is, whatever is said here. */
  offered: z.boolean(),
});
export type GroupSettings = z.output<typeof groupSettingsSchema>;

export const newGroupSchema = groupSettingsSchema.extend({
  id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/),
  /** As a decimal such as "0.8"; from then on it has dates (`changeMultiplier`). */
  multiplier: z.string().max(16),
});
export type NewGroup = z.output<typeof newGroupSchema>;

export interface GroupView {
  readonly id: string;
  readonly displayName: string;
  /** In force now. */
  readonly multiplierBasisPoints: number;
  /** The next one that is announced. */
  readonly nextMultiplier: { readonly multiplierBasisPoints: number; readonly validFrom: Date } | undefined;
  readonly models: readonly string[];
  readonly enabled: boolean;
  /** Customers may choose it for their keys. */
  readonly offered: boolean;
  readonly origin: string;
  /** How many channels its keys reach. */
  readonly channels: number;
}

/** All groups, the default first. */
export async function listGroups(session: PrismaSession, now: Date): Promise<readonly GroupView[]> {
  const [groups, channels] = await Promise.all([
    session.channelGroup.findMany({ include: { multipliers: true }, orderBy: { id: 'asc' } }),
    session.channel.findMany({ where: { deletedAt: null, enabled: true }, select: { groups: true } }),
  ]);
  const views = groups.map(({ id, displayName, multipliers, models, enabled, offered, origin }) => {
    const reached = channels.filter((channel) => channel.groups.includes(id)).length;
    const multiplierBasisPoints = basisPointsAt(multipliers, now);
    const nextMultiplier = nextOf(multipliers, now);
    const priced = { multiplierBasisPoints, nextMultiplier };
    return { id, displayName, ...priced, models, enabled, offered, origin, channels: reached };
  });
  return views.sort((a, b) => Number(b.id === defaultGroup) - Number(a.id === defaultGroup));
}

function nextOf(multipliers: readonly MultiplierRow[], now: Date): GroupView['nextMultiplier'] {
  const [validFrom] = datesAhead(multipliers, now);
  return validFrom && { validFrom, multiplierBasisPoints: basisPointsAt(multipliers, validFrom) };
}

/** @throws CatalogError group_taken, group_invalid */
export async function createGroup(
  prisma: PrismaClient,
  group: NewGroup,
  now: Date,
  actor: CatalogActor,
): Promise<void> {
  const { id, multiplier, ...settings } = group;
  const columns = columnsOf(id, settings);
  const multiplierBasisPoints = readMultiplier(multiplier);
  await inCatalogTransaction(prisma, async (session) => {
    if (await session.channelGroup.findUnique({ where: { id } }))
      throw new CatalogError('group_taken', 'expected an id that is free', 'id');
    await session.channelGroup.create({ data: { id, ...columns, origin: 'console' } });
    await writeAudit(session, actor, 'group.create', id, columns);
    const first = { groupId: id, multiplierBasisPoints, validFrom: now, source: 'console' };
    await addMultiplier(session, [], first, actor);
  });
}

/** Changes all but its multiplier, which has dates. @throws CatalogError not_found, group_owned_by_file */
export async function updateGroup(
  prisma: PrismaClient,
  id: string,
  settings: GroupSettings,
  actor: CatalogActor,
): Promise<void> {
  const columns = columnsOf(id, settings);
  await inCatalogTransaction(prisma, async (session) => {
    const { displayName, models, offered } = await changeableGroup(session, id);
    await session.channelGroup.update({ where: { id }, data: columns });
    const from = { displayName, models, offered };
    await writeAudit(session, actor, 'group.update', id, { from, to: columns });
  });
}

/** Keys of a disabled group are refused. @throws CatalogError not_found, group_is_default, group_owned_by_file */
export async function setGroupEnabled(
  prisma: PrismaClient,
  id: string,
  enabled: boolean,
  actor: CatalogActor,
): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    const row = await changeableGroup(session, id);
    if (id === defaultGroup) throw new CatalogError('group_is_default', 'the default group stays on');
    if (row.enabled === enabled) return;
    await session.channelGroup.update({ where: { id }, data: { enabled } });
    await writeAudit(session, actor, enabled ? 'group.enable' : 'group.disable', id);
  });
}

/** A group that the console may change. @throws CatalogError not_found, group_owned_by_file */
export async function changeableGroup(session: PrismaSession, id: string) {
  const row = await session.channelGroup.findUnique({ where: { id } });
  if (!row) throw new CatalogError('not_found', 'no such group');
  if (row.origin === 'config') throw new CatalogError('group_owned_by_file', 'the configuration file owns it');
  return row;
}

function columnsOf(id: string, { displayName, models, offered }: GroupSettings) {
  return { displayName, models: [...new Set(models)], offered: offered || id === defaultGroup };
}
