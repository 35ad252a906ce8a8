import type { Sql } from '@ai-bridge/db';
import { authorized, router } from '#server/trpc.ts';

async function readBalance(sql: Sql, organizationId: string) {
  const [row] = await sql.query<{ posted: bigint; held: bigint }>(
    'SELECT posted_nano_usd AS posted, held_nano_usd AS held FROM balance WHERE organization_id = $1',
    [organizationId],
  );
  const postedNanoUsd = row?.posted ?? 0n;
  const heldNanoUsd = row?.held ?? 0n;
  return { postedNanoUsd, heldNanoUsd, availableNanoUsd: postedNanoUsd - heldNanoUsd, frozen: false };
}

export const balanceRouter = router({
  /** What the organization has: posted, held by workers, available; nano-USD. */
  read: authorized('balance.read').query(({ ctx }) => readBalance(ctx.deps.database, ctx.organizationId)),
});
