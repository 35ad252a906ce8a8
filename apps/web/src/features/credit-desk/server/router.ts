import {
  adjustBalance,
  approveRedeemBatch,
  createRedeemBatch,
  decideAdjustment,
  disableRedeemBatch,
  listProposedAdjustments,
  listRedeemBatches,
  maxCodesPerBatch,
  maxReasonLength,
} from '@ai-bridge/billing';
import { nanoUsdPerPlanToken } from '@ai-bridge/domain';
import { z } from 'zod';
import { billingInForce } from '#server/billing-in-force.ts';
import { refuse } from '#server/errors.ts';
import { organizationNames } from '#server/organizations.ts';
import { findPeople } from '#server/people.ts';
import { router, staffOnly } from '#server/trpc.ts';

const id = z.string().min(1).max(64);
const maxNameLength = 100;
/** A billion tokens, up or down. */
const maxTokens = 1_000_000_000n;

export const creditDeskRouter = router({
  /** Codes made together, the newest first. */
  batches: staffOnly('credit.read').query(async ({ ctx: { deps, session } }) => {
    const batches = await listRedeemBatches(deps.billing);
    const personOf = await findPeople(
      deps,
      batches.flatMap(({ createdByUserId, approvedByUserId }) => [createdByUserId, approvedByUserId]),
    );
    return batches.map(({ createdByUserId, approvedByUserId, ...batch }) => ({
      ...batch,
      createdBy: personOf(createdByUserId),
      approvedBy: personOf(approvedByUserId),
      isOwn: createdByUserId === session.user.id,
    }));
  }),

  /** Makes codes. Their text is in this answer and nowhere else. */
  createBatch: staffOnly('credit.grant')
    .input(
      z.object({
        name: z.string().trim().min(1).max(maxNameLength),
        codes: z.int().min(1).max(maxCodesPerBatch),
        tokensPerCode: z.bigint().min(1n).max(maxTokens),
        oncePerOrganization: z.boolean(),
        expiresAt: z.date().optional(),
      }),
    )
    .mutation(async ({ ctx: { deps, actor, session }, input }) =>
      createRedeemBatch(await billingInForce(deps), {
        ...input,
        pepper: deps.keyPepper,
        actor: { ...actor, userId: session.user.id },
      }),
    ),

  /** A second person lets a batch work. */
  approveBatch: staffOnly('credit.grant')
    .input(z.object({ batchId: id }))
    .mutation(({ ctx: { deps, actor, session }, input }) =>
      approveRedeemBatch(deps.billing, { ...input, actor: { ...actor, userId: session.user.id } }),
    ),

  disableBatch: staffOnly('credit.grant')
    .input(z.object({ batchId: id }))
    .mutation(({ ctx: { deps, actor }, input }) => disableRedeemBatch(deps.billing, { ...input, actor })),

  /** Corrections that wait for a second person. */
  adjustments: staffOnly('credit.read').query(async ({ ctx: { deps, session } }) => {
    const adjustments = await listProposedAdjustments(deps.billing);
    const [nameOf, personOf] = await Promise.all([
      organizationNames(
        deps,
        adjustments.map(({ organizationId }) => organizationId),
      ),
      findPeople(
        deps,
        adjustments.map(({ requestedByUserId }) => requestedByUserId),
      ),
    ]);
    return adjustments.map(({ requestedByUserId, organizationId, ...adjustment }) => ({
      ...adjustment,
      organization: nameOf(organizationId),
      requestedBy: personOf(requestedByUserId),
      isOwn: requestedByUserId === session.user.id,
    }));
  }),

  /** Corrects a balance by hand: up to the limit at once, above it once a second person agrees. */
  adjust: staffOnly('credit.grant')
    .input(
      z.object({
        organizationId: id,
        tokens: z.bigint().min(-maxTokens).max(maxTokens),
        reason: z.string().trim().min(1).max(maxReasonLength),
      }),
    )
    .mutation(async ({ ctx: { deps, actor, session }, input: { organizationId, tokens, reason } }) => {
      const known = await deps.prisma.organization.findUnique({ where: { id: organizationId }, select: { id: true } });
      if (!known) throw refuse('not_found');
      const amountNanoUsd = tokens * nanoUsdPerPlanToken;
      const by = { ...actor, userId: session.user.id };
      const { state } = await adjustBalance(await billingInForce(deps), {
        organizationId,
        amountNanoUsd,
        reason,
        actor: by,
      });
      return { state };
    }),

  decideAdjustment: staffOnly('credit.grant')
    .input(z.object({ adjustmentId: id, isApproved: z.boolean() }))
    .mutation(async ({ ctx: { deps, actor, session }, input: { adjustmentId, isApproved } }) => {
      const by = { ...actor, userId: session.user.id };
      const { state } = await decideAdjustment(deps.billing, { id: adjustmentId, isApproved, actor: by });
      return { state };
    }),
});
