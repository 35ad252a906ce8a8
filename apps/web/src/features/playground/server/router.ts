import { openPlaygroundSecret } from '@ai-bridge/access';
import { z } from 'zod';
import { authorized, router } from '#server/trpc.ts';

export const playgroundRouter = router({
  /** A secret of a quarter of an hour by which the browser uses one of the organization's keys; a page keeps it in memory alone. */
  open: authorized('playground.use')
    .input(z.object({ apiKeyId: z.string().min(1).max(64) }))
    .mutation(({ ctx: { organizationId, actor, session, deps }, input: { apiKeyId } }) => {
      const who = { organizationId, actor, apiKeyId, userId: session.user.id };
      return openPlaygroundSecret(deps.prisma, { ...who, now: new Date(deps.clock.now()) }, { pepper: deps.keyPepper });
    }),
});
