const dayMs = 24 * 3_600_000;

/** When an answer is due that was promised within so many days of asking. */
export function answerBy(askedAt: Date, days: number): Date {
  return new Date(askedAt.getTime() + days * dayMs);
}

/** Whether a promised answer is overdue; never where none is due. */
export function isLate(due: Date | undefined, nowMs: number): boolean {
  return due !== undefined && due.getTime() < nowMs;
}
