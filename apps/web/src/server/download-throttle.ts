import { createThrottle } from './throttle.ts';

/** How many files a person may ask for: each may read a month of requests. */
export const downloadsPerPerson = { maxMarks: 60, windowMs: 10 * 60_000 } as const;
const maxKeys = 20_000;

/** Bounds what people make the database read for files. One per process. */
export function createDownloadThrottle(nowMs: () => number) {
  const people = createThrottle({ ...downloadsPerPerson, maxKeys, nowMs });
  return {
    /** Counts one file. @returns whether it may go on */
    admit(userId: string): boolean {
      if (people.isExhausted(userId)) return false;
      people.mark(userId);
      return true;
    },
  };
}

export type DownloadThrottle = ReturnType<typeof createDownloadThrottle>;
