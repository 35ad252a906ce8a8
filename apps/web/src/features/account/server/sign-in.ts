import {
  AccessError,
  authenticateUser,
  findTicket,
  issueTicket,
  openSession,
  readTwoFactor,
  type SignInMethod,
  spendCode,
  spendTicket,
  writeAudit,
} from '@ai-bridge/access';
import type { Deps } from '#server/deps.ts';

const maxInputLength = 512;

/** Where a try to sign in comes from. */
export interface SignInPlace {
  readonly address: string;
  readonly requestId: string;
  readonly userAgent: string | undefined;
}

/** A session; a ticket for the second step, and no session before it; a wait; or a refusal that does not say why. */
export type SignInOutcome =
  | { readonly sessionId: string }
  | { readonly ticket: string }
  | { readonly waitMs: number }
  | { readonly refusal: 'refused' | 'code_wrong' | 'ticket_invalid' };

const refused: SignInOutcome = { refusal: 'refused' };

/** The first step: e-mail and password. An unknown e-mail, a wrong password and a suspended user are refused alike. */
export async function signInByPassword(
  deps: Deps,
  { email, password }: { readonly email: string; readonly password: string },
  place: SignInPlace,
): Promise<SignInOutcome> {
  if (email.length > maxInputLength || password.length > maxInputLength) return refused;
  const waitMs = await deps.accountThrottle.takeSignIn(place.address, email);
  if (waitMs > 0) return { waitMs };
  const user = await authenticateUser(deps.prisma, { email, password });
  if (!user) {
    // After the answer: it would tell the staff's e-mails by how long it takes.
    deps.afterwards.run(() => recordRefusal(deps, email, place));
    return refused;
  }
  await deps.accountThrottle.signedIn(place.address, email);
  return enter(deps, user, 'password', place);
}

/** Lets somebody in who has shown who they are: at once, or by a second step where they have a second factor. */
export async function enter(
  deps: Deps,
  user: { readonly id: string; readonly email: string },
  method: SignInMethod,
  place: SignInPlace,
): Promise<SignInOutcome> {
  const now = new Date(deps.clock.now());
  const { isOn } = await readTwoFactor(deps.prisma, user.id);
  if (!isOn) return openSession(deps.prisma, { userId: user.id, ...place, method, now });
  const { id: userId, email } = user;
  const ticket = { userId, purpose: 'second_factor', email, method, now } as const;
  return { ticket: await deps.prisma.$transaction((tx) => issueTicket(tx, ticket)) };
}

/** The second step: a code of the device or a recovery code. A wrong one leaves the ticket good. */
export async function signInByCode(
  deps: Deps,
  { ticket, code }: { readonly ticket: string; readonly code: string },
  place: SignInPlace,
): Promise<SignInOutcome> {
  const now = new Date(deps.clock.now());
  const purposes = ['second_factor'] as const;
  const { address, requestId } = place;
  try {
    const { userId, method } = await findTicket(deps.prisma, ticket, purposes, now);
    const waitMs = await deps.accountThrottle.takeOwn(address, userId);
    if (waitMs > 0) return { waitMs };
    const actor = { kind: 'console', userId, address, requestId } as const;
    const secondFactor = await deps.prisma.$transaction(async (tx) => {
      const user = await tx.user.findUnique({ where: { id: userId } });
      if (user?.status !== 'active') throw new AccessError('ticket_invalid', 'the user is suspended');
      const spent = await spendCode(tx, { userId, pepper: deps.keyPepper, now, actor }, code);
      await spendTicket(tx, ticket, { purposes, address, now });
      return spent;
    });
    await deps.accountThrottle.ownWasRight(address, userId);
    return await openSession(deps.prisma, { userId, ...place, method: method as SignInMethod, secondFactor, now });
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    return { refusal: error.code === 'code_wrong' ? 'code_wrong' : 'ticket_invalid' };
  }
}

/** A refused sign-in to an account of the staff's is on record: nobody else's failures are worth a row that strangers can make. */
async function recordRefusal(deps: Deps, email: string, { address, requestId }: SignInPlace): Promise<void> {
  const user = await deps.prisma.user.findUnique({ where: { email: email.trim().toLowerCase() } });
  if (!user?.staffRole) return;
  const entry = { action: 'session.refused', target: user.id, detail: { staffRole: user.staffRole } };
  await writeAudit(deps.prisma, { kind: 'console', address, requestId }, entry);
}
