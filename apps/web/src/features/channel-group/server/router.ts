import {
  changeMultiplier,
  createGroup,
  defaultGroup,
  formatMultiplier,
  groupSettingsSchema,
  listGroups,
  listMultipliers,
  newGroupSchema,
  readMultiplier,
  setGroupEnabled,
  updateGroup,
  withdrawMultiplier,
} from '@ai-bridge/catalog';
import { z } from 'zod';
import { previewChange } from '#features/charge-preview/server/preview-change.ts';
import { router, staffOnly } from '#server/trpc.ts';

const id = z.string().min(1).max(64);
const multiplier = z.string().max(16);

export const channelGroupRouter = router({
  /** Every group, with how many channels it reaches and how many keys are bound to it. */
  list: staffOnly('group.read').query(async ({ ctx: { deps } }) => {
    const [groups, keys] = await Promise.all([
      listGroups(deps.prisma, new Date(deps.clock.now())),
      deps.prisma.apiKey.groupBy({ by: ['group'], where: { deletedAt: null }, _count: true }),
    ]);
    const bound = new Map(keys.map(({ group, _count }) => [group, _count]));
    return groups.map(({ multiplierBasisPoints, nextMultiplier, ...group }) => ({
      ...group,
      multiplier: formatMultiplier(multiplierBasisPoints),
      next: nextMultiplier && {
        multiplier: formatMultiplier(nextMultiplier.multiplierBasisPoints),
        validFrom: nextMultiplier.validFrom,
      },
      isDefault: group.id === defaultGroup,
      keys: bound.get(group.id) ?? 0,
    }));
  }),

  create: staffOnly('group.manage')
    .input(newGroupSchema)
    .mutation(({ ctx: { deps, actor }, input }) => createGroup(deps.prisma, input, new Date(deps.clock.now()), actor)),

  /** Changes all but the multiplier, which has dates. */
  update: staffOnly('group.manage')
    .input(groupSettingsSchema.extend({ id }))
    .mutation(({ ctx, input: { id: groupId, ...settings } }) =>
      updateGroup(ctx.deps.prisma, groupId, settings, ctx.actor),
    ),

  setEnabled: staffOnly('group.manage')
    .input(z.object({ id, enabled: z.boolean() }))
    .mutation(({ ctx, input }) => setGroupEnabled(ctx.deps.prisma, input.id, input.enabled, ctx.actor)),

  /** Every multiplier that a group had, has or will have, the latest first. */
  multipliers: staffOnly('group.read')
    .input(z.object({ id }))
    .query(async ({ ctx: { deps }, input }) => {
      const rows = await listMultipliers(deps.prisma, input.id, new Date(deps.clock.now()));
      return rows.map(({ multiplierBasisPoints, ...row }) => ({
        ...row,
        id: String(row.version),
        multiplier: formatMultiplier(multiplierBasisPoints),
      }));
    }),

  previewMultiplier: staffOnly('group.read')
    .input(z.object({ id, multiplier }))
    .query(({ ctx: { deps }, input }) =>
      previewChange(deps, { groupId: input.id, multiplierBasisPoints: readMultiplier(input.multiplier) }),
    ),

  changeMultiplier: staffOnly('group.manage')
    .input(z.object({ id, multiplier, validFrom: z.date().optional() }))
    .mutation(({ ctx: { deps, actor }, input }) => {
      const change = { groupId: input.id, multiplier: input.multiplier, validFrom: input.validFrom };
      return changeMultiplier(deps.prisma, change, new Date(deps.clock.now()), actor);
    }),

  withdrawMultiplier: staffOnly('group.manage')
    .input(z.object({ id, version: z.int().min(1) }))
    .mutation(({ ctx: { deps, actor }, input: { id: groupId, version } }) =>
      withdrawMultiplier(deps.prisma, { groupId, version }, new Date(deps.clock.now()), actor),
    ),
});
