import { createApiKey, deleteApiKey, keySettingsSchema, listApiKeys, setApiKeyDisabled } from '@ai-bridge/access';
import { z } from 'zod';
import { authorized, router } from '#server/trpc.ts';

const apiKeyId = z.string().min(1).max(64);
/** A customer does not choose their own group: it decides what they pay. */
const createInput = z.object(keySettingsSchema.omit({ group: true }).shape);

export const apiKeyRouter = router({
  list: authorized('apiKey.read').query(({ ctx }) =>
    listApiKeys(ctx.deps.prisma, { organizationId: ctx.organizationId }),
  ),

  /** Answers with the secret, this once. */
  create: authorized('apiKey.create')
    .input(createInput)
    .mutation(({ ctx, input }) => {
      const { organizationId, actor, session } = ctx;
      const { name, models, limits, strict, expiresAt, allowedAddresses } = input;
      const settings = { name, models, limits, strict, expiresAt, allowedAddresses };
      const key = { ...settings, organizationId, createdByUserId: session.user.id, actor };
      return createApiKey(ctx.deps.prisma, key, { pepper: ctx.deps.keyPepper });
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
