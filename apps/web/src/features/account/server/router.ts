import { identityProviders, maxTicketLength, unlinkIdentity, updateProfile } from '@ai-bridge/access';
import { mailKinds, mailTokenLength, setMailsOff } from '@ai-bridge/mail';
import { z } from 'zod';
import { heldInMaintenance, publicProcedure, router, signedInProcedure } from '#server/trpc.ts';
import { deleteOwnAccount, previewDeletion } from './delete-own-account.ts';
import { confirmEmail, requestEmailChange, resendVerification } from './email-address.ts';
import { switchOwnMailOff } from './mails-off.ts';
import { readMe } from './me.ts';
import { changePassword, requestReset, resetPassword } from './passwords.ts';
import { register, registerInput } from './register.ts';
import { beginEnrolment, confirmEnrolment, renewCodes, switchOff } from './second-factor.ts';
import { endSession, endSessions, ownSessions } from './sessions.ts';
import { setUp, setUpInput } from './set-up.ts';
import { actorOf } from './signed-in.ts';

const text = z.string().max(512);
const locale = z.enum(['zh', 'en']);
const ticket = z.string().min(1).max(maxTicketLength);
const code = z.string().min(1).max(64);

export const accountRouter = router({
  register: publicProcedure
    .use(heldInMaintenance)
    .input(registerInput)
    .mutation(({ ctx, input }) => register(ctx, input)),
  setUp: publicProcedure.input(setUpInput).mutation(({ ctx, input }) => setUp(ctx, input)),
  requestReset: publicProcedure
    .input(z.object({ email: text.min(1), locale }))
    .mutation(({ ctx, input }) => requestReset(ctx, input)),
  resetPassword: publicProcedure
    .input(z.object({ ticket, password: text }))
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
  confirmEmail: publicProcedure
    .input(z.object({ ticket }))
    .mutation(({ ctx, input }) => confirmEmail(ctx, input.ticket)),

  /** By the link in a mail, without signing in. */
  switchMailOff: publicProcedure
    .input(z.object({ kind: z.enum(mailKinds), token: z.string().max(mailTokenLength) }))
    .mutation(({ ctx, input }) => switchOwnMailOff(ctx, input)),

  me: signedInProcedure.query(({ ctx }) => readMe(ctx)),
  updateProfile: signedInProcedure.input(z.object({ name: text, locale })).mutation(async ({ ctx, input }) => {
    await updateProfile(ctx.deps.prisma, { ...input, userId: ctx.session.user.id, actor: actorOf(ctx) });
    ctx.deps.sessions.forgetAll();
  }),
  setMailsOff: signedInProcedure
    .input(z.object({ kinds: z.array(z.enum(mailKinds)).max(mailKinds.length) }))
    .mutation(({ ctx, input }) => setMailsOff(ctx.deps.database, { userId: ctx.session.user.id, kinds: input.kinds })),
  deletionPreview: signedInProcedure.query(({ ctx }) => previewDeletion(ctx)),
  delete: signedInProcedure
    .input(z.object({ email: text, password: text, code: z.string().max(64) }))
    .mutation(({ ctx, input }) => deleteOwnAccount(ctx, input)),
  resendVerification: signedInProcedure.mutation(({ ctx }) => resendVerification(ctx)),
  requestEmailChange: signedInProcedure
    .input(z.object({ email: text, password: text }))
    .mutation(({ ctx, input }) => requestEmailChange(ctx, input)),
  changePassword: signedInProcedure
    .input(z.object({ present: text, password: text }))
    .mutation(({ ctx, input }) => changePassword(ctx, input)),

  beginTwoFactor: signedInProcedure.mutation(({ ctx }) => beginEnrolment(ctx)),
  confirmTwoFactor: signedInProcedure
    .input(z.object({ code }))
    .mutation(({ ctx, input }) => confirmEnrolment(ctx, input.code)),
  switchOffTwoFactor: signedInProcedure
    .input(z.object({ password: text, code }))
    .mutation(({ ctx, input }) => switchOff(ctx, input)),
  renewRecoveryCodes: signedInProcedure
    .input(z.object({ code }))
    .mutation(({ ctx, input }) => renewCodes(ctx, input.code)),

  sessions: signedInProcedure.query(({ ctx }) => ownSessions(ctx)),
  endSession: signedInProcedure
    .input(z.object({ id: z.string().min(1).max(64) }))
    .mutation(({ ctx, input }) => endSession(ctx, input.id)),
  endOtherSessions: signedInProcedure.mutation(({ ctx }) => endSessions(ctx, 'others')),
  signOutEverywhere: signedInProcedure.mutation(({ ctx }) => endSessions(ctx, 'all')),
  unlinkIdentity: signedInProcedure
    .input(z.object({ provider: z.enum(identityProviders) }))
    .mutation(({ ctx, input }) =>
      unlinkIdentity(ctx.deps.prisma, { ...input, userId: ctx.session.user.id, actor: actorOf(ctx) }),
    ),
});
