import { type Actor, writeAudit } from '@ai-bridge/access';
import { mailReset } from '#features/account/server/passwords.ts';
import type { Deps } from '#server/deps.ts';
import { refuse } from '#server/errors.ts';

/** Mails a link for a new password on the word of the staff. @throws not_found: nobody of this id can sign in */
export async function sendResetByStaff(
  deps: Deps,
  of: { readonly userId: string; readonly reason: string; readonly actor: Actor },
): Promise<void> {
  const { userId, reason, actor } = of;
  await deps.prisma.$transaction(async (session) => {
    const user = await session.user.findUnique({ where: { id: userId } });
    if (user?.status !== 'active') throw refuse('not_found');
    await mailReset(session, deps, user);
    await writeAudit(session, actor, { action: 'user.sendReset', target: userId, detail: { reason } });
  });
}
