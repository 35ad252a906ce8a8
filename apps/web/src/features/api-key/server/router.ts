import {
  createApiKey,
  deleteApiKey,
  endEarlierSecret,
  keyChangeSchema,
  keySettingsSchema,
  limitsOfJson,
  rotateApiKey,
  setApiKeyDisabled,
  updateApiKey,
} from '@ai-bridge/access';
import { defaultGroup, formatMultiplier, listOfferedGroups, requireOfferedGroup } from '@ai-bridge/catalog';
import { z } from 'zod';
import { authorized, heldInMaintenance, router } from '#server/trpc.ts';
import { graces } from '../rotation.ts';
import { readKeys } from './read-keys.ts';

const apiKeyId = z.string().min(1).max(64);
const secretId = z.string().min(1).max(64);

export const apiKeyRouter = router({
  /** The organization's keys, each with its group, what it spent, who made it, and earlier secrets that still work. */
  list: authorized('apiKey.read').query(({ ctx: { deps, organizationId } }) => readKeys(deps, organizationId)),

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
    .use(heldInMaintenance)
    .input(z.object(keySettingsSchema.shape))
    .mutation(async ({ ctx, input }) => {
      const { organizationId, actor, session, deps } = ctx;
      const { organizationId: _, ...settings } = input;
      const group = settings.group ?? defaultGroup;
      await requireOfferedGroup(deps.prisma, group);
      const key = { ...settings, group, organizationId, createdByUserId: session.user.id, actor };
      return createApiKey(deps.prisma, key, { pepper: deps.keyPepper });
    }),

  /** Replaces all that can be changed on a key; its group stays. */
  update: authorized('apiKey.update')
    .input(z.object({ apiKeyId, settings: keyChangeSchema }))
    .mutation(({ ctx: { organizationId, actor, deps }, input: { apiKeyId: id, settings } }) =>
      updateApiKey(deps.prisma, { organizationId, actor, apiKeyId: id, settings }),
    ),

  /** Gives a key a new secret, answered this once; the one it had works for the grace that was asked for. */
  rotate: authorized('apiKey.update')
    .input(z.object({ apiKeyId, graceMinutes: z.literal(graces) }))
    .mutation(({ ctx: { organizationId, actor, deps }, input }) => {
      const change = { organizationId, actor, apiKeyId: input.apiKeyId };
      const when = { graceMs: input.graceMinutes * 60_000, now: new Date(deps.clock.now()) };
      return rotateApiKey(deps.prisma, { ...change, ...when }, { pepper: deps.keyPepper });
    }),

  /** Ends an earlier secret before its time. */
  endSecret: authorized('apiKey.disable')
    .input(z.object({ apiKeyId, secretId }))
    .mutation(({ ctx: { organizationId, actor, deps }, input }) =>
      endEarlierSecret(deps.prisma, {
        ...{ organizationId, actor, apiKeyId: input.apiKeyId },
        ...{ secretId: input.secretId, now: new Date(deps.clock.now()) },
      }),
    ),

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
