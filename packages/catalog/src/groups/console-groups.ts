import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { z } from 'zod';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { defaultGroup } from '../channels/columns.ts';
import { parseMultiplier } from './multiplier.ts';

const maxModels = 1_000;
const maxIdLength = 200;

/** A group's settings as staff write them; the multiplier as a decimal such as "0.8". */
export const groupSettingsSchema = z.strictObject({
  displayName: z.string().trim().min(1).max(64),
  multiplier: z.string().max(16),
  /** Public ids that its keys see; none = all that its channels serve. */
  models: z.array(z.string().min(1).max(maxIdLength)).max(maxModels),
  /** Customers may choose it for their keys; the default group always is, whatever is said here. */
  offered: z.boolean(),
});
export type GroupSettings = z.output<typeof groupSettingsSchema>;

export const newGroupSchema = groupSettingsSchema.extend({ id: z.string().regex(/^[a-z0-9][a-z0-9_-]{0,31}$/) });
export type NewGroup = z.output<typeof newGroupSchema>;

export interface GroupView {
  readonly id: string;
  readonly displayName: string;
  readonly multiplierBasisPoints: number;
  readonly models: readonly string[];
  readonly enabled: boolean;
  /** Customers may choose it for their keys. */
  readonly offered: boolean;
  readonly origin: string;
  /** How many channels its keys reach. */
  readonly channels: number;
}

/** All groups, the default first. */
export async function listGroups(session: PrismaSession): Promise<readonly GroupView[]> {
  const [groups, channels] = await Promise.all([
    session.channelGroup.findMany({ orderBy: { id: 'asc' } }),
    session.channel.findMany({ where: { deletedAt: null, enabled: true }, select: { groups: true } }),
  ]);
  const views = groups.map(({ id, displayName, multiplierBasisPoints, models, enabled, offered, origin }) => {
    const reached = channels.filter((channel) => channel.groups.includes(id)).length;
    return { id, displayName, multiplierBasisPoints, models, enabled, offered, origin, channels: reached };
  });
  return views.sort((a, b) => Number(b.id === defaultGroup) - Number(a.id === defaultGroup));
}

/** @throws CatalogError group_taken, group_invalid */
export async function createGroup(prisma: PrismaClient, group: NewGroup, actor: CatalogActor): Promise<void> {
  const { id, ...settings } = group;
  const columns = columnsOf(id, settings);
  await inCatalogTransaction(prisma, async (session) => {
    if (await session.channelGroup.findUnique({ where: { id } }))
      throw new CatalogError('group_taken', 'expected an id that is free', 'id');
    await session.channelGroup.create({ data: { id, ...columns, origin: 'console' } });
    await writeAudit(session, actor, 'group.create', id, columns);
  });
}

/** @throws CatalogError not_found, group_invalid, group_owned_by_file */
export async function updateGroup(
  prisma: PrismaClient,
  id: string,
  settings: GroupSettings,
  actor: CatalogActor,
): Promise<void> {
  const columns = columnsOf(id, settings);
  await inCatalogTransaction(prisma, async (session) => {
    const { displayName, multiplierBasisPoints, models, offered } = await changeable(session, id);
    await session.channelGroup.update({ where: { id }, data: columns });
    const from = { displayName, multiplierBasisPoints, models, offered };
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
    const row = await changeable(session, id);
    if (id === defaultGroup) throw new CatalogError('group_is_default', 'the default group stays on');
    if (row.enabled === enabled) return;
    await session.channelGroup.update({ where: { id }, data: { enabled } });
    await writeAudit(session, actor, enabled ? 'group.enable' : 'group.disable', id);
  });
}

async function changeable(session: PrismaSession, id: string) {
  const row = await session.channelGroup.findUnique({ where: { id } });
  if (!row) throw new CatalogError('not_found', 'no such group');
  if (row.origin === 'config') throw new CatalogError('group_owned_by_file', 'the configuration file owns it');
  return row;
}

function columnsOf(id: string, { displayName, multiplier, models, offered }: GroupSettings) {
  const multiplierBasisPoints = parseMultiplier(multiplier);
  if (multiplierBasisPoints === undefined)
    throw new CatalogError('group_invalid', 'expected a number of 0 to 100 with at most four decimals', 'multiplier');
  return {
    ...{ displayName, multiplierBasisPoints, models: [...new Set(models)] },
    offered: offered || id === defaultGroup,
  };
}
