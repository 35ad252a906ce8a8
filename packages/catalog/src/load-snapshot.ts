import type { PrismaClient } from '@ai-bridge/db';
import { changesAhead } from './changes-ahead.ts';
import { channelSnapshot, takingPart } from './channels/channel-snapshot.ts';
import type { ChannelRow } from './channels/write-channel.ts';
import { grouped } from './grouped.ts';
import { groupSnapshot } from './groups/group-snapshot.ts';
import { takesOf } from './models/takes.ts';
import { priceOfRow } from './prices/figures.ts';
import { rowInForce } from './prices/in-force.ts';
import { proxySnapshot } from './proxies/proxy-snapshot.ts';
import type { ProxyRow } from './proxies/write-proxy.ts';
import { settingsOfRows } from './settings.ts';
import type { CatalogSnapshot, ChannelSnapshot, ModelSnapshot, ProxySnapshot } from './snapshot.ts';

export interface LoadSnapshotOptions {
  /** BRIDGE_SEALING_KEY */
  readonly sealingKey: string;
  readonly now?: Date | undefined;
  /** Called for each channel whose credential does not open: it is left out of the snapshot. */
  readonly onChannelLeftOut?: ((channel: { readonly id: string; readonly name: string }) => void) | undefined;
  /** Called for each proxy whose URL does not open: its pool has to do without it. */
  readonly onProxyLeftOut?: ((proxy: { readonly id: string; readonly name: string }) => void) | undefined;
}

/** Loads the catalog whole, as of one moment of the database. */
export async function loadSnapshot(prisma: PrismaClient, options: LoadSnapshotOptions): Promise<CatalogSnapshot> {
  const now = options.now ?? new Date();
  const [channels, proxies, models, prices, settings, groups, multipliers] = await prisma.$transaction(
    [
      prisma.channel.findMany({ where: { enabled: true }, orderBy: [{ priority: 'asc' }, { name: 'asc' }] }),
      prisma.egressProxy.findMany({ where: { enabled: true }, orderBy: { name: 'asc' } }),
      prisma.model.findMany({ where: { enabled: true }, orderBy: { id: 'asc' } }),
      prisma.price.findMany(),
      prisma.setting.findMany(),
      prisma.channelGroup.findMany({ where: { enabled: true }, orderBy: { id: 'asc' } }),
      prisma.groupMultiplier.findMany(),
    ],
    { isolationLevel: 'RepeatableRead' },
  );
  const pricesByModel = grouped(prices, ({ modelId }) => modelId);
  const multipliersByGroup = grouped(multipliers, ({ groupId }) => groupId);
  return {
    loadedAt: now,
    channels: snapshotChannels(channels, models, options),
    proxies: snapshotProxies(proxies, options),
    models: new Map(
      models.map((model): [string, ModelSnapshot] => {
        const { id, provider, displayName, fallback, createdAt } = model;
        const row = rowInForce(pricesByModel.get(id) ?? [], now);
        const price = row && priceOfRow(row);
        const contextTokens = model.contextTokens ?? undefined;
        const maxOutputTokens = model.maxOutputTokens ?? undefined;
        const takes = takesOf(model);
        return [id, { id, provider, displayName, fallback, createdAt, price, contextTokens, maxOutputTokens, takes }];
      }),
    ),
    aliases: new Map(models.flatMap(({ id, aliases }) => aliases.map((alias) => [alias, id] as const))),
    groups: new Map(groups.map((row) => [row.id, groupSnapshot(row, multipliersByGroup.get(row.id) ?? [], now)])),
    settings: settingsOfRows(settings),
    ahead: changesAhead(pricesByModel, multipliersByGroup, now),
  };
}

function snapshotChannels(
  rows: readonly ChannelRow[],
  models: readonly { readonly id: string; readonly provider: string }[],
  { sealingKey, onChannelLeftOut }: LoadSnapshotOptions,
): ChannelSnapshot[] {
  return takingPart(rows).flatMap((row) => {
    try {
      return [channelSnapshot(row, models, sealingKey)];
    } catch {
      onChannelLeftOut?.({ id: row.id, name: row.name });
      return [];
    }
  });
}

function snapshotProxies(
  rows: readonly ProxyRow[],
  { sealingKey, onProxyLeftOut }: LoadSnapshotOptions,
): ProxySnapshot[] {
  return rows.flatMap((row) => {
    try {
      return [proxySnapshot(row, sealingKey)];
    } catch {
      onProxyLeftOut?.({ id: row.id, name: row.name });
      return [];
    }
  });
}
