import { can } from '@ai-bridge/access';
import type { Context } from '#server/context.ts';
import { refuse } from '#server/errors.ts';

/**
 * The person that somebody of the staff is about to act on: never themselves, and others of the staff only by who manages staff.
 * @throws own_account, forbidden, not_found
 */
export async function actOn(
  { deps, session }: Pick<Context, 'deps'> & { readonly session: NonNullable<Context['session']> },
  userId: string,
): Promise<{ readonly email: string; readonly locale: string | null; readonly status: string }> {
  if (userId === session.user.id) throw refuse('own_account');
  const person = await deps.prisma.user.findUnique({
    where: { id: userId },
    select: { email: true, locale: true, status: true, staffRole: true },
  });
  if (!person) throw refuse('not_found');
  const isAllowed = person.staffRole === null || can({ staffRole: session.user.staffRole }, 'staff.manage');
  if (!isAllowed) throw refuse('forbidden');
  return person;
}
