import { can } from '@ai-bridge/access';
import { router, staffOnly } from '#server/trpc.ts';

export const operationsRouter = router({
  /** How the whole site does just now. What was earned is told to those alone who may see it. */
  read: staffOnly('system.read').query(async ({ ctx: { deps, session } }) => {
    const { margins, openAlarms, ...rest } = await deps.operations.read();
    const maySeeMoney = can({ staffRole: session.user.staffRole }, 'reconciliation.read');
    return { ...rest, money: maySeeMoney ? { margins, openAlarms } : null };
  }),
});
