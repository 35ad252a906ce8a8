import { defaultTimeouts, type Preset, presetIds, presets } from '@ai-bridge/catalog';
import type { Deps } from '#server/deps.ts';

const maxModels = 2_000;

/** Everything that a channel's form offers to choose from. */
export async function channelChoices({ prisma }: Deps) {
  const [groups, pools, models] = await Promise.all([
    prisma.channelGroup.findMany({ select: { id: true, displayName: true }, orderBy: { id: 'asc' } }),
    prisma.egressProxy.findMany({ distinct: ['pool'], select: { pool: true }, orderBy: { pool: 'asc' } }),
    prisma.model.findMany({
      where: { enabled: true },
      select: { id: true, provider: true, prices: { select: { id: true }, take: 1 } },
      orderBy: [{ provider: 'asc' }, { id: 'asc' }],
      take: maxModels,
    }),
  ]);
  return {
    presets: presetIds.map((id) => {
      const { label, provider, servesOthers, needsModels, endpoints, toolModels }: Preset = presets[id];
      return { id, label, provider, servesOthers, needsModels: needsModels ?? false, endpoints, toolModels };
    }),
    groups,
    pools: pools.map(({ pool }) => pool),
    models: models.map(({ id, provider, prices }) => ({ id, provider, hasPrice: prices.length > 0 })),
    defaultTimeouts,
  };
}
