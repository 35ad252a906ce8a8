import { refuse } from '#server/errors.ts';
import { publicProcedure, router } from '#server/trpc.ts';

export const statusRouter = router({
  /** How every model on offer does, for anyone. */
  models: publicProcedure.query(({ ctx }) => {
    if (!ctx.deps.publicReads.admit(ctx.address)) throw refuse('too_many_attempts');
    return ctx.deps.status.read();
  }),
});
