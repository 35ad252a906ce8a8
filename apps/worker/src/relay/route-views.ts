import type { RelayDeps } from './deps.ts';
import type { RouteViews } from './route-plan.ts';

type Deps = Pick<RelayDeps, 'health' | 'ownHealth' | 'waysOut' | 'gate' | 'watch'>;

/** How the channels do now. The watch's time is exact enough to judge ejections by. */
export function viewsOf({ health, ownHealth, waysOut, gate, watch }: Deps): RouteViews {
  return { health, ownHealth, waysOut, gate, nowMs: watch.nowMs, random: Math.random };
}
