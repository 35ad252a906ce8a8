import { CatalogError } from '../catalog-error.ts';

/** A price further ahead than this is a slip of the finger. */
const maxDaysAhead = 366;
const dayMs = 86_400_000;
const justPassedMs = 10 * 60_000;
/** What begins sooner than this can no longer be withdrawn: workers go by their own clocks, and must have heard of it before. */
const withdrawalLeadMs = 5_000;

/**
 * The moment that a change begins: `asked`, or now where nothing, or a moment that has just passed, is asked for.
 * @throws CatalogError date_invalid
 */
export function beginningAt(asked: Date | undefined, now: Date): Date {
  if (asked === undefined) return now;
  const aheadMs = asked.getTime() - now.getTime();
  if (aheadMs > maxDaysAhead * dayMs)
    throw new CatalogError('date_invalid', `expected a date within ${maxDaysAhead} days`, 'validFrom');
  // Never in the past: what was charged until now was charged rightly. A minute that was now when it was typed is now.
  if (aheadMs < -justPassedMs) throw new CatalogError('date_invalid', 'expected now or a date to come', 'validFrom');
  return aheadMs > 0 ? asked : now;
}

/** @throws CatalogError already_begun */
export function requireNotBegun(validFrom: Date, now: Date): void {
  if (validFrom.getTime() - now.getTime() > withdrawalLeadMs) return;
  throw new CatalogError('already_begun', 'it has begun, or is about to: set another one instead');
}
