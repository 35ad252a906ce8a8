import {
  createProxy,
  deleteProxy,
  listProxies,
  proxyInputSchema,
  readTask,
  requestTask,
  updateProxy,
} from '@ai-bridge/catalog';
import { z } from 'zod';
import { router, staffOnly } from '#server/trpc.ts';

const id = z.string().min(1).max(64);
const proxyId = z.object({ proxyId: id });

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

  create: staffOnly('channel.manage')
    .input(proxyInputSchema)
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      const { sealingPublicKey } = deps;
      return { proxyId: await createProxy(deps.prisma, { input, sealingPublicKey, actor }) };
    }),

  /** Replaces all settings; without a URL the proxy keeps the one it has. */
  update: staffOnly('channel.manage')
    .input(proxyInputSchema.extend(proxyId.shape))
    .mutation(({ ctx: { deps, actor }, input: { proxyId: updatedId, ...input } }) => {
      const { sealingPublicKey } = deps;
      return updateProxy(deps.prisma, updatedId, { input, sealingPublicKey, actor });
    }),

  delete: staffOnly('channel.manage')
    .input(proxyId)
    .mutation(({ ctx: { deps, actor }, input }) => deleteProxy(deps.prisma, input.proxyId, actor)),

  /** Asks a worker to connect through the proxy; `testResult` tells what came of it. */
  test: staffOnly('channel.manage')
    .input(proxyId)
    .mutation(async ({ ctx: { deps, actor }, input: { proxyId: subjectId } }) => {
      return { taskId: await requestTask(deps.prisma, { kind: 'egress.test', subjectId, input: {} }, actor) };
    }),

  testResult: staffOnly('channel.read')
    .input(z.object({ taskId: id }))
    .query(({ ctx, input }) => readTask(ctx.deps.database, { kind: 'egress.test', id: input.taskId })),
});
