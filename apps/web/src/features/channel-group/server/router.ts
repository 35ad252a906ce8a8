import {
  createGroup,
  defaultGroup,
  formatMultiplier,
  groupSettingsSchema,
  listGroups,
  newGroupSchema,
  setGroupEnabled,
  updateGroup,
} from '@ai-bridge/catalog';
import { z } from 'zod';
import { router, staffOnly } from '#server/trpc.ts';

const id = z.string().min(1).max(64);

export const channelGroupRouter = router({
  /** Every group, with how many channels it reaches and how many keys are bound to it. */
  list: staffOnly('group.read').query(async ({ ctx: { deps } }) => {
    const [groups, keys] = await Promise.all([
      listGroups(deps.prisma),
      deps.prisma.apiKey.groupBy({ by: ['group'], where: { deletedAt: null }, _count: true }),
    ]);
    const bound = new Map(keys.map(({ group, _count }) => [group, _count]));
    return groups.map(({ multiplierBasisPoints, ...group }) => {
      const [multiplier, isDefault] = [formatMultiplier(multiplierBasisPoints), group.id === defaultGroup];
      return { ...group, multiplier, isDefault, keys: bound.get(group.id) ?? 0 };
    });
  }),

  create: staffOnly('group.manage')
    .input(newGroupSchema)
    .mutation(({ ctx, input }) => createGroup(ctx.deps.prisma, input, ctx.actor)),

  update: staffOnly('group.manage')
    .input(groupSettingsSchema.extend({ id }))
    .mutation(({ ctx, input: { id: groupId, ...settings } }) =>
      updateGroup(ctx.deps.prisma, groupId, settings, ctx.actor),
    ),

  setEnabled: staffOnly('group.manage')
    .input(z.object({ id, enabled: z.boolean() }))
    .mutation(({ ctx, input }) => setGroupEnabled(ctx.deps.prisma, input.id, input.enabled, ctx.actor)),
});
