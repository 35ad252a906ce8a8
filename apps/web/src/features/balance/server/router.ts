import { readBalance } from '@ai-bridge/ledger';
import { z } from 'zod';
import { movementPage } from '#features/statement/server/movement-page.ts';
import { authorized, router } from '#server/trpc.ts';

const pageSize = 50;
const maxPageSize = 200;
const maxOffset = 10_000;
const maxCursorLength = 20;

export const balanceRouter = router({
  /** What the organization has: posted, held by workers, available; nano-USD. */
  read: authorized('balance.read').query(({ ctx }) => readBalance(ctx.deps.database, ctx.organizationId)),

  /** All that changed it besides requests, newest first, a page at a time. */
  movements: authorized('ledger.read')
    .input(
      z.object({
        limit: z.int().min(1).max(maxPageSize).default(pageSize),
        offset: z.int().min(0).max(maxOffset).default(0),
        cursor: z.string().max(maxCursorLength).optional(),
      }),
    )
    .query(({ ctx: { deps, organizationId }, input: { limit, offset, cursor } }) =>
      movementPage(deps.database, { organizationId, limit, offset, cursor }),
    ),
});
