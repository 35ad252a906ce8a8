import { readBalance } from '@ai-bridge/ledger';
import { authorized, router } from '#server/trpc.ts';

export const balanceRouter = router({
  /** What the organization has: posted, held by workers, available; nano-USD. */
  read: authorized('balance.read').query(({ ctx }) => readBalance(ctx.deps.database, ctx.organizationId)),
});
