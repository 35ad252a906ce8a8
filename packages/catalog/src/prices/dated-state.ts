import { type DatedRow, rowInForce } from './in-force.ts';

/** Where a dated row stands: over, in force, announced, or taken back before it began. */
export type DatedState = 'past' | 'inForce' | 'ahead' | 'withdrawn';

/** @returns how each of these rows, which are all there are of one model or group, stands at a moment */
export function datedStates<Row extends DatedRow>(rows: readonly Row[], now: Date): (row: Row) => DatedState {
  const inForce = rowInForce(rows, now);
  return (row) => {
    if (row.withdrawnAt) return 'withdrawn';
    if (row === inForce) return 'inForce';
    return row.validFrom > now ? 'ahead' : 'past';
  };
}
