import type { RelayDeps } from './deps.ts';
import type { RouteViews } from './route-plan.ts';

/** How the channels do now. The watch's time is exact enough to judge ejections by. */
export function viewsOf({ health, watch }: Pick<RelayDeps, 'health' | 'watch'>): RouteViews {
  return { health, nowMs: watch.nowMs, random: Math.random };
}
