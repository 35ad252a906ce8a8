import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/root.ts';

/** One's own account, as its page shows it. */
export type Me = inferRouterOutputs<AppRouter>['account']['me'];

export interface MeProps {
  readonly me: Me;
}
