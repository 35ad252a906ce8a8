import type { PrismaSession } from '@ai-bridge/db';
import { CatalogError } from '../catalog-error.ts';

/**
 * Refuses groups and pools that do not exist: a channel there would silently serve nobody.
 * @throws CatalogError channel_group_unknown, channel_pool_unknown
 */
export async function requireKnownPlaces(
  session: PrismaSession,
  { groups, egressPool }: { readonly groups: readonly string[]; readonly egressPool: string | null },
): Promise<void> {
  const known = await session.channelGroup.count({ where: { id: { in: [...groups] } } });
  if (known < groups.length) throw new CatalogError('channel_group_unknown', 'expected groups that exist', 'groups');
  if (egressPool === null) return;
  const proxy = await session.egressProxy.findFirst({ where: { pool: egressPool }, select: { id: true } });
  if (!proxy) throw new CatalogError('channel_pool_unknown', 'expected a pool that has a proxy', 'egressPool');
}
