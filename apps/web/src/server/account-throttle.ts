import { createHash } from 'node:crypto';
import {
  admitWithin,
  type Backoff,
  forgetTries,
  forgiveTry,
  isFamiliarAddress,
  takeTry,
  type Window,
} from '@ai-bridge/access';
import type { Database, PrismaClient } from '@ai-bridge/db';
import type { Clock } from '@ai-bridge/domain';

const [secondMs, minuteMs, hourMs] = [1_000, 60_000, 3_600_000];

/** How often secrets may be guessed at, and by whom. */
export const guessBounds = {
  /** Of one e-mail from one address. */
  pair: { freeTries: 5, firstWaitMs: 15 * secondMs, maxWaitMs: 15 * minuteMs, forgetAfterMs: hourMs },
  /**
   * Of one e-mail from all addresses that it was never signed in from. A pace and never a lock: whoever knows an e-mail could else keep its
   * owner out from a new place. Addresses that the owner has used are not held up by strangers at all.
   */
  account: { freeTries: 50, firstWaitMs: secondMs, maxWaitMs: minuteMs, forgetAfterMs: hourMs },
  /** Of one's own password or second factor, by somebody who is in or has the password already. */
  own: { freeTries: 5, firstWaitMs: 15 * secondMs, maxWaitMs: 15 * minuteMs, forgetAfterMs: hourMs },
} as const satisfies Record<string, Backoff>;

/** What else an address, or whoever names an e-mail, may do so often. */
export const accountWindows = {
  signInFromAddress: { maxTries: 120, windowMs: minuteMs },
  registrationFromAddress: { maxTries: 100, windowMs: hourMs },
  ticketFromAddress: { maxTries: 60, windowMs: hourMs },
  resetFromAddress: { maxTries: 30, windowMs: hourMs },
  resetOfEmail: { maxTries: 5, windowMs: hourMs },
  verificationOfUser: { maxTries: 5, windowMs: hourMs },
  invitationOfOrganization: { maxTries: 40, windowMs: 24 * hourMs },
  setUpFromAddress: { maxTries: 20, windowMs: hourMs },
} as const satisfies Record<string, Window>;

export interface AccountThrottleOptions {
  readonly prisma: PrismaClient;
  readonly database: Database;
  readonly clock: Clock;
}

/** Bounds guessing, and mails that strangers cause, for all processes of the console and over restarts. */
export function createAccountThrottle({ prisma, database, clock }: AccountThrottleOptions) {
  const now = () => new Date(clock.now());
  const pairKey = (address: string, email: string) => keyOf('pair', address, emailKey(email));
  const accountKey = (email: string) => keyOf('account', emailKey(email));
  const ownKey = (address: string, userId: string) => keyOf('own', address, userId);
  return {
    /** Counts one try to sign in before the password is compared. @returns how many milliseconds to wait first; 0: go on */
    async takeSignIn(address: string, email: string): Promise<number> {
      const window = accountWindows.signInFromAddress;
      if (!(await admitWithin(database, keyOf('signInFromAddress', address), window, now()))) return window.windowMs;
      const waitMs = await takeTry(database, pairKey(address, email), guessBounds.pair, now());
      if (waitMs > 0 || (await isFamiliarAddress(prisma, { email: emailKey(email), address, now: now() })))
        return waitMs;
      return takeTry(database, accountKey(email), guessBounds.account, now());
    },
    /** The password was right. */
    async signedIn(address: string, email: string): Promise<void> {
      await forgetTries(database, pairKey(address, email));
      await forgiveTry(database, accountKey(email));
    },
    /** Counts one try of a secret of one's own. @returns how many milliseconds to wait first; 0: go on */
    async takeOwn(address: string, userId: string): Promise<number> {
      const waitMs = await takeTry(database, ownKey(address, userId), guessBounds.own, now());
      return waitMs > 0 ? waitMs : takeTry(database, keyOf('ownAll', userId), guessBounds.account, now());
    },
    async ownWasRight(address: string, userId: string): Promise<void> {
      await forgetTries(database, ownKey(address, userId));
      await forgiveTry(database, keyOf('ownAll', userId));
    },
    /** Counts one of what a window bounds. @returns whether it may be done */
    admit: (what: keyof typeof accountWindows, who: string): Promise<boolean> =>
      admitWithin(database, keyOf(what, emailKey(who)), accountWindows[what], now()),
  };
}

export type AccountThrottle = ReturnType<typeof createAccountThrottle>;

const maxKeyLength = 320;

/** Spellings of one address count together. */
function emailKey(email: string): string {
  return email.normalize('NFKC').trim().toLowerCase().slice(0, maxKeyLength);
}

/** What people typed is not kept in the clear, and a key is never long. */
function keyOf(kind: string, ...parts: readonly string[]): string {
  return `${kind}:${createHash('sha256').update(parts.join('\n')).digest('base64url')}`;
}
