import { maxInvitationTokenLength } from '@ai-bridge/access';
import { z } from 'zod';
import { heldInMaintenance, publicProcedure, router, signedInProcedure } from '#server/trpc.ts';
import { accept, previewInvitation, signUp } from './answer-invitation.ts';

const token = z.string().min(1).max(maxInvitationTokenLength);
const text = z.string().min(1).max(512);

/** For who holds the link of an invitation. */
export const invitationRouter = router({
  /** A mutation, so that the secret stands in no address. */
  preview: publicProcedure.input(z.object({ token })).mutation(({ ctx, input }) => previewInvitation(ctx, input.token)),
  accept: signedInProcedure.input(z.object({ token })).mutation(({ ctx, input }) => accept(ctx, input.token)),
  signUp: publicProcedure
    .use(heldInMaintenance)
    .input(z.object({ token, name: text, password: text, locale: z.enum(['zh', 'en']) }))
    .mutation(({ ctx, input }) => signUp(ctx, input)),
});
