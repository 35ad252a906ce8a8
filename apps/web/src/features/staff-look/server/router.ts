import { z } from 'zod';
import { refuse } from '#server/errors.ts';
import { stateLookReason } from '#server/staff-look.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { maxLookReasonLength } from '../look-reason.ts';

export const staffLookRouter = router({
  /** Says why one looks into a customer's requests, receipts and mails: good for today in this sign-in, and in the audit log for ever. */
  stateReason: staffOnly('organization.read')
    .input(
      z.object({
        organizationId: z.string().min(1).max(64),
        reason: z.string().trim().min(1).max(maxLookReasonLength),
      }),
    )
    .mutation(async ({ ctx: { deps, session, actor }, input }) => {
      const { organizationId } = input;
      const known = await deps.prisma.organization.findUnique({ where: { id: organizationId }, select: { id: true } });
      if (!known) throw refuse('not_found');
      await stateLookReason({ deps, session, actor }, input);
    }),
});
