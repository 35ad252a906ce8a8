import { writeAudit } from '@ai-bridge/access';
import {
  approveRefund,
  cancelRefund,
  countRequestedRefunds,
  findOrder,
  maxReasonLength,
  previewRefund,
  previewRefundMails,
  queueRefunds,
  readRefund,
  refundEnds,
  requestRefund,
  retryRefund,
  submitRefund,
} from '@ai-bridge/billing';
import { readSettings } from '@ai-bridge/catalog';
import { z } from 'zod';
import { billingInForce } from '#server/billing-in-force.ts';
import { refuse } from '#server/errors.ts';
import { organizationNames } from '#server/organizations.ts';
import { writeLook } from '#server/staff-look.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { answerBy } from '../answer-by.ts';
import { refundParts } from '../refund-parts.ts';
import { deskRefund } from './desk-refund.ts';
import { mailsByLanguage } from './mails-by-language.ts';

const pageSize = 50;
const id = z.string().min(1).max(64);
const reason = z.string().trim().min(1).max(maxReasonLength);
/** Above every price there is, and what a bigint column holds. */
const maxAmountMinor = 10n ** 15n;
const amountMinor = z.bigint().min(1n).max(maxAmountMinor);
/** For queries: what they ask with is part of a key that holds no bigint. */
const amountText = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(BigInt)
  .pipe(amountMinor);

export const refundDeskRouter = router({
  /** A part of all organizations' refunds, and how many wait for a decision. */
  list: staffOnly('order.read')
    .input(z.object({ part: z.enum(refundParts), cursor: id.optional() }))
    .query(async ({ ctx: { deps }, input: { part, cursor } }) => {
      const [refunds, waiting, { refundAnswerDays }] = await Promise.all([
        queueRefunds(deps.database, { part, after: cursor, limit: pageSize }),
        countRequestedRefunds(deps.database),
        readSettings(deps.prisma),
      ]);
      const nameOf = await organizationNames(
        deps,
        refunds.map(({ organizationId }) => organizationId),
      );
      return {
        refunds: refunds.map(({ approvedByUserId, ...refund }) => ({
          ...refund,
          organization: nameOf(refund.organizationId),
          isHalfApproved: refund.state === 'requested' && approvedByUserId !== null,
          answerBy: refund.state === 'requested' ? answerBy(refund.createdAt, refundAnswerDays) : undefined,
        })),
        waiting,
        nextCursor: refunds.length === pageSize ? refunds.at(-1)?.id : undefined,
      };
    }),

  /** One refund with what it rests on. Looking is written to the audit log once; a page that follows it asks `state`. */
  read: staffOnly('order.read')
    .input(z.object({ refundId: id }))
    .query(async ({ ctx: { deps, actor, session }, input }) => {
      const refund = await readRefund(deps.database, input.refundId);
      const { organizationId } = refund;
      await writeLook({ deps, actor }, { target: refund.id, organizationId });
      return deskRefund(deps, refund, session.user.id);
    }),

  /** How a refund stands: what a page that is open asks again and again. */
  state: staffOnly('order.read')
    .input(z.object({ refundId: id }))
    .query(async ({ ctx: { deps }, input }) => {
      const { state, providerStatus, attempts, lastError } = await readRefund(deps.database, input.refundId);
      return { state, providerStatus, attempts, lastError };
    }),

  /** What paying back this much of an order would do. */
  preview: staffOnly('refund.decide')
    .input(z.object({ orderId: id, amountMinor: amountText }))
    .query(async ({ ctx: { deps }, input }) => previewRefund(await billingInForce(deps), input)),

  /**
   * The mails that a decision would lead to, one in each language that its readers have. It changes nothing; it is asked by POST because a
   * reason is too long for an address, and nothing for the logs that keep these.
   */
  previewMails: staffOnly('refund.decide')
    .input(
      z.object({
        refundId: id,
        end: z.enum(refundEnds),
        amountMinor,
        reason: z.string().trim().max(maxReasonLength),
        tellsReason: z.boolean(),
      }),
    )
    .mutation(async ({ ctx: { deps }, input }) => mailsByLanguage(await previewRefundMails(deps.billing, input))),

  /** Asks for a refund in a customer's name; somebody else has to approve it. */
  begin: staffOnly('refund.decide')
    .input(z.object({ orderId: id, amountMinor, reason }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      const order = await findOrder(deps.database, input.orderId);
      if (!order) throw refuse('not_found');
      const { organizationId } = order;
      const refund = await requestRefund(deps.billing, { ...input, organizationId, actor });
      return { refundId: refund.id };
    }),

  /** Approves a refund, or is the first of two to do so. Where it is enough, the payment provider is asked at once. */
  approve: staffOnly('refund.decide')
    .input(z.object({ refundId: id, amountMinor, reason, tellsReason: z.boolean().default(false) }))
    .mutation(async ({ ctx: { deps, actor, session }, input }) => {
      const refund = await approveRefund(await billingInForce(deps), {
        ...input,
        actor: { ...actor, userId: session.user.id },
      });
      // Should it fail or never return, the job that submits refunds goes on with it.
      const { state } = refund.state === 'reserved' ? await submitRefund(deps.billing, refund.id) : refund;
      return { state };
    }),

  decline: staffOnly('refund.decide')
    .input(z.object({ refundId: id, reason }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      const { state } = await cancelRefund(deps.billing, { ...input, actor });
      return { state };
    }),

  /** Asks the payment provider again for a refund that waits for it. */
  retry: staffOnly('refund.decide')
    .input(z.object({ refundId: id }))
    .mutation(async ({ ctx: { deps, actor }, input }) => {
      const { id: target, organizationId } = await readRefund(deps.database, input.refundId);
      await writeAudit(deps.prisma, actor, { action: 'refund.retry', target, organizationId });
      const { state } = await retryRefund(deps.billing, target);
      return { state };
    }),
});
