import { authorized, router } from '#server/trpc.ts';
import { readOverview } from './read-overview.ts';

export const overviewRouter = router({
  /** Balance, pace, spend, top models and what is left to do first. Days are UTC. */
  read: authorized('usage.read').query(({ ctx: { deps, organizationId } }) => readOverview(deps, organizationId)),
});
