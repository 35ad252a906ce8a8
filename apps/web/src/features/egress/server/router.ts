import { listProxies } from '@ai-bridge/catalog';
import { router, staffOnly } from '#server/trpc.ts';

export const egressRouter = router({
  /** Every proxy with its health, and the channels that go out through each pool. */
  list: staffOnly('channel.read').query(async ({ ctx: { deps } }) => {
    const [proxies, channels] = await Promise.all([
      listProxies(deps.prisma),
      deps.prisma.channel.findMany({
        where: { deletedAt: null, egressPool: { not: null } },
        select: { id: true, name: true, egressPool: true },
        orderBy: { name: 'asc' },
      }),
    ]);
    return {
      proxies,
      channels: channels.map(({ egressPool, ...channel }) => ({ ...channel, pool: egressPool ?? '' })),
    };
  }),
});
