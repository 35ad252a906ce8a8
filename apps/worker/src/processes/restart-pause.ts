/** The pause before a process that ended is started again, and the longest that it grows to. */
const firstPauseMs = 200;
const longestPauseMs = 30_000;
/** Whoever lived for so long did not end because of how it starts: its successor comes after the first pause. */
export const soundLifeMs = 60_000;

/** How long to wait before the next start. @param earlyEnds lives in a row, this one included, that were shorter than a sound one */
export function restartPauseMs(earlyEnds: number): number {
  return Math.min(firstPauseMs * 2 ** Math.max(0, earlyEnds - 1), longestPauseMs);
}
