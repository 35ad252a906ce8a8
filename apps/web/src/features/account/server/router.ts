import { revokeSessions } from '@ai-bridge/access';
import { publicProcedure, router, signedInProcedure } from '#server/trpc.ts';
import { register, registerInput } from './register.ts';

export const accountRouter = router({
  register: publicProcedure.input(registerInput).mutation(({ ctx, input }) => register(ctx, input)),

  signOutEverywhere: signedInProcedure.mutation(async ({ ctx }) => {
    const { deps, session, address, requestId } = ctx;
    const userId = session.user.id;
    const actor = { kind: 'console', userId, address, requestId } as const;
    const ended = await revokeSessions(deps.prisma, { userId, actor });
    deps.sessions.forgetAll();
    return { ended };
  }),
});
