import { authorized, router } from '#server/trpc.ts';

const maxModels = 1_000;

export const modelRouter = router({
  /** The models a key can be limited to. */
  list: authorized('apiKey.read').query(({ ctx }) =>
    ctx.deps.prisma.model.findMany({
      where: { enabled: true },
      select: { id: true, provider: true, displayName: true },
      orderBy: [{ provider: 'asc' }, { id: 'asc' }],
      take: maxModels,
    }),
  ),
});
