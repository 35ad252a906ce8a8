import type { RelayDeps } from './deps.ts';
import type { RouteViews } from './route-plan.ts';

/** How the channels do now. The watch's time is exact enough to judge ejections by. */
export function viewsOf({ health, ownHealth, watch }: Pick<RelayDeps, 'health' | 'ownHealth' | 'watch'>): RouteViews {
  return { health, ownHealth, nowMs: watch.nowMs, random: Math.random };
}
