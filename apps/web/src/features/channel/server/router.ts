import {
  channelEditSchema,
  createChannels,
  credentialSchema,
  deleteChannel,
  listChannels,
  newChannelSchema,
  readTask,
  replaceCredential,
  requestTask,
  setChannelDraining,
  setChannelEnabled,
  taskKinds,
  updateChannel,
} from '@ai-bridge/catalog';
import { readChannelSpendSoFar } from '@ai-bridge/usage';
import { z } from 'zod';
import { router, staffOnly } from '#server/trpc.ts';
import { channelChoices } from './choices.ts';

const maxSiblings = 8;
const id = z.string().min(1).max(64);
const channelId = z.object({ channelId: id });
const taskId = z.object({ taskId: id });

export const channelRouter = router({
  /** Every channel with what workers see of it just now. */
  list: staffOnly('channel.read').query(({ ctx }) => listChannels(ctx.deps.prisma)),

  /** What the requests that each answered in the last 24 hours cost. */
  spend: staffOnly('channel.read').query(({ ctx }) => ctx.deps.channelSpend.read()),

  /** What the channels with spend limits cost in this UTC day and month; those that cost nothing this month may be missing. */
  spendSoFar: staffOnly('channel.read').query(async ({ ctx: { deps } }) => {
    const limited = (await listChannels(deps.prisma)).filter(
      ({ limits }) => limits.spendPerDayNanoUsd !== undefined || limits.spendPerMonthNanoUsd !== undefined,
    );
    const channelIds = limited.map(({ id }) => id);
    return readChannelSpendSoFar(deps.database, { channelIds, now: new Date(deps.clock.now()) });
  }),

  /** What a form offers: presets, groups, pools, models. */
  choices: staffOnly('channel.read').query(({ ctx }) => channelChoices(ctx.deps)),

  create: staffOnly('channel.manage')
    .input(newChannelSchema)
    .mutation(({ ctx, input }) => createChannels(ctx.deps.prisma, input, ctx.deps.sealingPublicKey, ctx.actor)),

  update: staffOnly('channel.manage')
    .input(channelEditSchema.extend({ channelId: id }))
    .mutation(({ ctx, input }) => updateChannel(ctx.deps.prisma, input, ctx.deps.sealingPublicKey, ctx.actor)),

  setEnabled: staffOnly('channel.manage')
    .input(channelId.extend({ enabled: z.boolean() }))
    .mutation(({ ctx, input }) => setChannelEnabled(ctx.deps.prisma, input.channelId, input.enabled, ctx.actor)),

  /** Stops giving it new requests, or takes that back; what runs on it goes on. */
  setDraining: staffOnly('channel.manage')
    .input(channelId.extend({ isDraining: z.boolean() }))
    .mutation(({ ctx, input }) => setChannelDraining(ctx.deps.prisma, input, ctx.actor)),

  delete: staffOnly('channel.manage')
    .input(channelId)
    .mutation(({ ctx, input }) => deleteChannel(ctx.deps.prisma, input.channelId, ctx.actor)),

  replaceCredential: staffOnly('channel.manage')
    .input(z.object({ channelIds: z.array(id).min(1).max(maxSiblings), credential: credentialSchema }))
    .mutation(({ ctx, input }) => replaceCredential(ctx.deps.prisma, input, ctx.deps.sealingPublicKey, ctx.actor)),

  /** Asks a worker for one real call; `testResult` tells what came of it. */
  test: staffOnly('channel.manage')
    .input(channelId.extend(taskKinds['channel.test'].input.shape))
    .mutation(async ({ ctx, input: { channelId: subjectId, ...input } }) => {
      return { taskId: await requestTask(ctx.deps.prisma, { kind: 'channel.test', subjectId, input }, ctx.actor) };
    }),

  testResult: staffOnly('channel.read')
    .input(taskId)
    .query(({ ctx, input }) => readTask(ctx.deps.database, { kind: 'channel.test', id: input.taskId })),

  /** Asks a worker for the upstream's own list of models. */
  models: staffOnly('channel.manage')
    .input(channelId)
    .mutation(async ({ ctx, input: { channelId: subjectId } }) => {
      return {
        taskId: await requestTask(ctx.deps.prisma, { kind: 'channel.models', subjectId, input: {} }, ctx.actor),
      };
    }),

  modelsResult: staffOnly('channel.read')
    .input(taskId)
    .query(({ ctx, input }) => readTask(ctx.deps.database, { kind: 'channel.models', id: input.taskId })),

  /** Asks the worker to forget what it holds against the channel. */
  reset: staffOnly('channel.manage')
    .input(channelId)
    .mutation(async ({ ctx, input: { channelId: subjectId } }) => {
      return { taskId: await requestTask(ctx.deps.prisma, { kind: 'channel.reset', subjectId, input: {} }, ctx.actor) };
    }),

  resetResult: staffOnly('channel.read')
    .input(taskId)
    .query(({ ctx, input }) => readTask(ctx.deps.database, { kind: 'channel.reset', id: input.taskId })),
});
