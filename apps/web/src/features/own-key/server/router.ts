import {
  addOwnKey,
  deleteOwnKey,
  disableOwnKey,
  listOwnKeys,
  maxCredentialLength,
  maxNameLength,
  requireOwnKey,
  updateOwnKey,
} from '@ai-bridge/access';
import { readSettings, readTask, requestTask, sealOwnKey } from '@ai-bridge/catalog';
import { ownKeyPresets } from '@ai-bridge/domain';
import { z } from 'zod';
import { authorized, heldInMaintenance, router } from '#server/trpc.ts';

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(maxNameLength);
const ownKeyId = z.object({ ownKeyId: id });
const newOwnKey = z.object({
  preset: z.enum(ownKeyPresets),
  name,
  // Room for what surrounds a pasted key: it is trimmed and judged behind this.
  credential: z.string().max(2 * maxCredentialLength),
  isExclusive: z.boolean(),
});
const change = ownKeyId.extend({
  name: name.optional(),
  enabled: z.boolean().optional(),
  isExclusive: z.boolean().optional(),
});

export const ownKeyRouter = router({
  /** The organization's own keys, and what using them costs. */
  list: authorized('ownKey.read').query(async ({ ctx: { deps, organizationId } }) => {
    const [keys, settings] = await Promise.all([
      listOwnKeys(deps.prisma, { organizationId }),
      readSettings(deps.prisma),
    ]);
    const labelled = keys.map((key) => ({ ...key, label: deps.ownKeyPlaces[key.preset].label }));
    return { keys: labelled, feeBasisPoints: settings.ownKeyFeeBasisPoints };
  }),

  add: authorized('ownKey.manage')
    .use(heldInMaintenance)
    .input(newOwnKey)
    .mutation(({ ctx: { deps, organizationId, actor }, input }) => {
      const { preset, credential, isExclusive } = input;
      const key = { organizationId, actor, preset, credential, isExclusive, name: input.name };
      return addOwnKey(deps.prisma, key, (of, ofId, secret) =>
        sealOwnKey(deps.sealingPublicKey, deps.ownKeyPlaces[of], ofId, secret),
      );
    }),

  update: authorized('ownKey.manage')
    .input(change)
    .mutation(({ ctx: { deps, organizationId, actor }, input }) =>
      updateOwnKey(deps.prisma, { organizationId, actor, ownKeyId: input.ownKeyId }, input),
    ),

  disable: authorized('ownKey.disable')
    .input(ownKeyId)
    .mutation(({ ctx: { deps, organizationId, actor }, input }) =>
      disableOwnKey(deps.prisma, { organizationId, actor, ownKeyId: input.ownKeyId }),
    ),

  delete: authorized('ownKey.manage')
    .input(ownKeyId)
    .mutation(({ ctx: { deps, organizationId, actor }, input }) =>
      deleteOwnKey(deps.prisma, { organizationId, actor, ownKeyId: input.ownKeyId }),
    ),

  /** Asks a worker for one real call, which the provider bills to the key's owner; `testResult` tells what came of it. */
  test: authorized('ownKey.manage')
    .input(ownKeyId)
    .mutation(async ({ ctx: { deps, organizationId, actor }, input }) => {
      const { id: subjectId } = await requireOwnKey(deps.prisma, { organizationId, ownKeyId: input.ownKeyId });
      return { taskId: await requestTask(deps.prisma, { kind: 'own_key.test', subjectId, input: {} }, actor) };
    }),

  testResult: authorized('ownKey.manage')
    .input(ownKeyId.extend({ taskId: id }))
    .query(async ({ ctx: { deps, organizationId }, input }) => {
      const { id: subjectId } = await requireOwnKey(deps.prisma, { organizationId, ownKeyId: input.ownKeyId });
      return readTask(deps.database, { kind: 'own_key.test', id: input.taskId, subjectId });
    }),
});
