import type { PrismaSession } from '@ai-bridge/db';
import { CatalogError } from '../catalog-error.ts';
import { type KnownModel, served, takingPart } from '../channels/channel-snapshot.ts';
import { basisPointsAt } from './group-snapshot.ts';

/** A group that customers may choose for a key. */
export interface OfferedGroup {
  readonly id: string;
  readonly displayName: string;
  readonly multiplierBasisPoints: number;
  /** Public ids of the models that its keys see just now, ascending. */
  readonly models: readonly string[];
}

/** The enabled groups that are offered to customers, by id. */
export async function listOfferedGroups(
  session: PrismaSession,
  now: Date = new Date(),
): Promise<readonly OfferedGroup[]> {
  const [groups, channels, models] = await Promise.all([
    session.channelGroup.findMany({
      where: { enabled: true, offered: true },
      include: { multipliers: true },
      orderBy: { id: 'asc' },
    }),
    session.channel.findMany({
      where: { enabled: true },
      select: { groups: true, models: true, preset: true, origin: true },
    }),
    session.model.findMany({
      where: { enabled: true, prices: { some: { validFrom: { lte: now }, withdrawnAt: null } } },
      select: { id: true, provider: true },
      orderBy: { id: 'asc' },
    }),
  ]);
  const open = takingPart(channels).map((row) => ({ ...row, ...served(row, models) }));
  return groups.map(({ id, displayName, multipliers, models: shown }) => {
    const multiplierBasisPoints = basisPointsAt(multipliers, now);
    const own = open.filter((channel) => channel.groups.includes(id) || channel.origin === 'demo');
    const isSeen = (model: KnownModel) =>
      (shown.length === 0 || shown.includes(model.id)) &&
      own.some((channel) => channel.servesAll || channel.models.has(model.id));
    return { id, displayName, multiplierBasisPoints, models: models.filter(isSeen).map((model) => model.id) };
  });
}

/** Sees that a customer may put a key into this group. Throws CatalogError('group_not_offered'). */
export async function requireOfferedGroup(session: PrismaSession, id: string): Promise<void> {
  const row = await session.channelGroup.findFirst({ where: { id, enabled: true, offered: true } });
  if (!row) throw new CatalogError('group_not_offered', 'expected a group that is offered', 'group');
}

/** A group as the keys that are bound to it show it. */
export interface GroupOfKey {
  readonly id: string;
  readonly displayName: string;
  /** Undefined for a group that is gone. */
  readonly multiplierBasisPoints: number | undefined;
  /** Switched off or gone: its keys are refused. */
  readonly isUsable: boolean;
}

/** The groups of these ids, whether offered or not, in a lookup that knows each of them. */
export async function groupsOfKeys(
  session: PrismaSession,
  ids: readonly string[],
  now: Date = new Date(),
): Promise<(id: string) => GroupOfKey> {
  const rows = await session.channelGroup.findMany({
    where: { id: { in: [...new Set(ids)] } },
    include: { multipliers: true },
  });
  const known = new Map(
    rows.map(({ id, displayName, multipliers, enabled }) => [
      id,
      { id, displayName, multiplierBasisPoints: basisPointsAt(multipliers, now), isUsable: enabled },
    ]),
  );
  return (id) => known.get(id) ?? { id, displayName: id, multiplierBasisPoints: undefined, isUsable: false };
}
