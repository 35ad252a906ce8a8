import {
  createApiKey,
  deleteApiKey,
  keySettingsSchema,
  limitsOfJson,
  listApiKeys,
  setApiKeyDisabled,
} from '@ai-bridge/access';
import {
  defaultGroup,
  formatMultiplier,
  groupsOfKeys,
  listOfferedGroups,
  requireOfferedGroup,
} from '@ai-bridge/catalog';
import { z } from 'zod';
import { authorized, router } from '#server/trpc.ts';

const apiKeyId = z.string().min(1).max(64);

export const apiKeyRouter = router({
  /** The organization's keys, each with the group that it is bound to. */
  list: authorized('apiKey.read').query(async ({ ctx: { deps, organizationId } }) => {
    const keys = await listApiKeys(deps.prisma, { organizationId });
    const groupOf = await groupsOfKeys(
      deps.prisma,
      keys.map(({ group }) => group),
    );
    return keys.map((key) => {
      const { multiplierBasisPoints, ...group } = groupOf(key.group);
      const multiplier = multiplierBasisPoints === undefined ? undefined : formatMultiplier(multiplierBasisPoints);
      return { ...key, group: { ...group, multiplier } };
    });
  }),

  /** The groups that a new key may be put into, the default one first. */
  groups: authorized('apiKey.read').query(async ({ ctx }) => {
    const offered = await listOfferedGroups(ctx.deps.prisma);
    return [...offered]
      .sort((a, b) => Number(b.id === defaultGroup) - Number(a.id === defaultGroup))
      .map(({ multiplierBasisPoints, ...group }) => ({
        ...group,
        multiplier: formatMultiplier(multiplierBasisPoints),
        isDefault: group.id === defaultGroup,
      }));
  }),

  /** What all keys of the organization together are limited to. */
  limits: authorized('apiKey.read').query(async ({ ctx: { deps, organizationId } }) => {
    const row = await deps.prisma.organization.findUnique({ where: { id: organizationId }, select: { limits: true } });
    return limitsOfJson(row?.limits);
  }),

  /** Answers with the secret, this once. A group decides what is paid, so only what is offered can be chosen. */
  create: authorized('apiKey.create')
    .input(z.object(keySettingsSchema.shape))
    .mutation(async ({ ctx, input }) => {
      const { organizationId, actor, session, deps } = ctx;
      const { name, group = defaultGroup, models, limits, strict, expiresAt, allowedAddresses } = input;
      await requireOfferedGroup(deps.prisma, group);
      const settings = { name, group, models, limits, strict, expiresAt, allowedAddresses };
      const key = { ...settings, organizationId, createdByUserId: session.user.id, actor };
      return createApiKey(deps.prisma, key, { pepper: deps.keyPepper });
    }),

  setDisabled: authorized('apiKey.disable')
    .input(z.object({ apiKeyId, disabled: z.boolean() }))
    .mutation(({ ctx, input }) => {
      const { organizationId, actor } = ctx;
      return setApiKeyDisabled(ctx.deps.prisma, {
        organizationId,
        actor,
        apiKeyId: input.apiKeyId,
        disabled: input.disabled,
      });
    }),

  delete: authorized('apiKey.delete')
    .input(z.object({ apiKeyId }))
    .mutation(({ ctx, input }) => {
      const { organizationId, actor } = ctx;
      return deleteApiKey(ctx.deps.prisma, { organizationId, actor, apiKeyId: input.apiKeyId });
    }),
});
