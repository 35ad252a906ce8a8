import { chooseOrganization, removeMember, startOrganization } from '@ai-bridge/access';
import { readSettings } from '@ai-bridge/catalog';
import { actorOf, type SignedIn } from '#features/account/server/signed-in.ts';
import { refuse } from '#server/errors.ts';

/** Works in another of the caller's organizations from now on, in this sign-in. @throws AccessError('not_found') */
export async function choose({ deps, session }: SignedIn, organizationId: string): Promise<void> {
  const { sessionId, user } = session;
  await chooseOrganization(deps.prisma, { sessionId, userId: user.id, organizationId });
  deps.sessions.forget(sessionId);
}

/** Leaves an organization; the caller's keys stay with it. @throws AccessError: not_found, last_owner */
export async function leave(call: SignedIn, organizationId: string): Promise<void> {
  const { deps, session } = call;
  if (!session.memberships.some((membership) => membership.organizationId === organizationId))
    throw refuse('not_found');
  const now = new Date(deps.clock.now());
  const of = { organizationId, userId: session.user.id, actor: actorOf(call) };
  await removeMember(deps.prisma, { ...of, keys: 'keep', now });
  deps.sessions.forgetAll();
}

/** Makes an organization for who belongs to none; where nobody may sign up, they may not either. @throws AccessError; sign_up_closed */
export async function start(call: SignedIn, name: string): Promise<void> {
  const { deps, session } = call;
  const { signUp, signUpLimits: limits } = await readSettings(deps.prisma);
  if (signUp === 'closed') throw refuse('sign_up_closed');
  await startOrganization(deps.prisma, { userId: session.user.id, name, limits, actor: actorOf(call) });
  deps.sessions.forgetAll();
}
