import { createThrottle } from './throttle.ts';

/** How often an address may read what everyone may read: many tabs of a page that looks again every half minute. */
export const publicReadsPerAddress = { maxMarks: 240, windowMs: 60_000 } as const;
const maxKeys = 20_000;

/** Bounds how often anyone asks for what needs no sign-in. One per process. */
export function createPublicReads(nowMs: () => number) {
  const addresses = createThrottle({ ...publicReadsPerAddress, maxKeys, nowMs });
  return {
    /** Counts one read. @returns whether it may go on */
    admit(address: string): boolean {
      if (addresses.isExhausted(address)) return false;
      addresses.mark(address);
      return true;
    },
  };
}

export type PublicReads = ReturnType<typeof createPublicReads>;
