import { acceptInvitation, chooseOrganization, findInvitation, signUpByInvitation } from '@ai-bridge/access';
import { actorOf, type SignedIn } from '#features/account/server/signed-in.ts';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/errors.ts';

/**
 * What the holder of an invitation's link is told: they read the mailbox that it went to. @param token of the link
 * @throws AccessError('invitation_invalid'); too_many_attempts
 */
export async function previewInvitation(context: Context, token: string) {
  const { deps, session } = context;
  await admit(context);
  const found = await findInvitation(deps.prisma, token, new Date(deps.clock.now()));
  const { organizationName, email, role, acceptedByUserId } = found;
  const hasAccount = (await deps.prisma.user.count({ where: { email } })) > 0;
  return {
    ...{ organizationName, email, role, hasAccount },
    isAccepted: acceptedByUserId !== undefined,
    /** Who looks at it, where they are signed in. */
    reader: session ? { email: session.user.email, isInvited: session.user.email === email } : undefined,
  };
}

/** Joins, and works in that organization from now on. @throws AccessError: invitation_invalid, other_address, member_limit_reached; too_many_attempts */
export async function accept(call: SignedIn, token: string): Promise<void> {
  const { deps, session } = call;
  await admit(call);
  const { id: userId } = session.user;
  const now = new Date(deps.clock.now());
  const { organizationId } = await acceptInvitation(deps.prisma, { token, userId, now, actor: actorOf(call) });
  await chooseOrganization(deps.prisma, { sessionId: session.sessionId, userId, organizationId });
  deps.sessions.forgetAll();
}

/** Makes an account by the link; they sign in afterwards like everyone else. @throws AccessError; too_many_attempts */
export async function signUp(
  context: Context,
  input: { readonly token: string; readonly name: string; readonly password: string; readonly locale: string },
): Promise<{ readonly email: string }> {
  const { deps, address, requestId } = context;
  await admit(context);
  const actor = { kind: 'console', address, requestId } as const;
  const { email } = await signUpByInvitation(deps.prisma, { ...input, now: new Date(deps.clock.now()), actor });
  return { email };
}

async function admit({ deps, address }: Context): Promise<void> {
  if (!(await deps.accountThrottle.admit('ticketFromAddress', address))) throw refuse('too_many_attempts');
}
