import { AccessError, isOwnPassword } from '@ai-bridge/access';
import { refuse } from '#server/errors.ts';
import type { SignedIn } from './signed-in.ts';

/**
 * Goes on only for who knows the password of the account they are signed in to: a session that was left open, or stolen, is not enough.
 * @throws AccessError('password_wrong'), too_many_attempts
 */
export function requireOwnPassword(call: SignedIn, password: string): Promise<void> {
  return throttled(call, async () => {
    const isRight = await isOwnPassword(call.deps.prisma, call.session.user.id, password);
    if (!isRight) throw new AccessError('password_wrong', 'this is not the password', 'password');
  });
}

/** Counts a try of a secret of one's own; one that comes to a good end is forgiven. @throws too_many_attempts, and what the work throws */
export async function throttled<Result>(
  { deps, address, session }: SignedIn,
  work: () => Promise<Result>,
): Promise<Result> {
  const { id } = session.user;
  if ((await deps.accountThrottle.takeOwn(address, id)) > 0) throw refuse('too_many_attempts');
  const result = await work();
  await deps.accountThrottle.ownWasRight(address, id);
  return result;
}
