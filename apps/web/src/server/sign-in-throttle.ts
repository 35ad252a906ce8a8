import { createThrottle } from './throttle.ts';

const minuteMs = 60_000;
const maxKeys = 20_000;

/** How often a password may be wrong, per pair of address and e-mail, per e-mail, and how often an address may try at all. */
export const signInBounds = {
  failuresPerPair: { maxMarks: 10, windowMs: 15 * minuteMs },
  /** The bound that no made-up address gets around. High, because whoever knows an e-mail could lock its owner out. */
  failuresPerEmail: { maxMarks: 50, windowMs: 15 * minuteMs },
  triesPerAddress: { maxMarks: 120, windowMs: minuteMs },
  registrationsPerAddress: { maxMarks: 100, windowMs: 60 * minuteMs },
} as const;

/** Bounds password guessing and mass registration. One per process. */
export function createSignInThrottle(nowMs: () => number) {
  const pairs = createThrottle({ ...signInBounds.failuresPerPair, maxKeys, nowMs });
  const emails = createThrottle({ ...signInBounds.failuresPerEmail, maxKeys, nowMs });
  const addresses = createThrottle({ ...signInBounds.triesPerAddress, maxKeys, nowMs });
  const registrations = createThrottle({ ...signInBounds.registrationsPerAddress, maxKeys, nowMs });
  const pairOf = (address: string, email: string) => `${address} ${emailKey(email)}`;
  return {
    /** Counts one try. @returns whether it may go on to compare the password */
    admitSignIn(address: string, email: string): boolean {
      if (addresses.isExhausted(address)) return false;
      addresses.mark(address);
      return !pairs.isExhausted(pairOf(address, email)) && !emails.isExhausted(emailKey(email));
    },
    failed(address: string, email: string): void {
      pairs.mark(pairOf(address, email));
      emails.mark(emailKey(email));
    },
    succeeded(address: string, email: string): void {
      pairs.forget(pairOf(address, email));
    },
    admitRegistration(address: string): boolean {
      if (registrations.isExhausted(address)) return false;
      registrations.mark(address);
      return true;
    },
  };
}

export type SignInThrottle = ReturnType<typeof createSignInThrottle>;

const maxKeyLength = 320;

/** Spellings of one address count together. */
function emailKey(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase().slice(0, maxKeyLength);
}
