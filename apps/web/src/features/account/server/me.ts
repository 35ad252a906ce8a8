import { listIdentities, readTwoFactor } from '@ai-bridge/access';
import { readMailKinds } from '@ai-bridge/mail';
import { requiresVerifiedEmail } from '#server/verified-email.ts';
import type { SignedIn } from './signed-in.ts';

/** What the settings page shows of the caller's own account. */
export async function readMe({ deps, session }: SignedIn) {
  const { id, name, email, isEmailVerified } = session.user;
  const [user, twoFactor, identities, isVerificationRequired] = await Promise.all([
    deps.prisma.user.findUniqueOrThrow({ where: { id }, select: { passwordHash: true, locale: true, mailsOff: true } }),
    readTwoFactor(deps.prisma, id),
    listIdentities(deps.prisma, id),
    requiresVerifiedEmail(deps),
  ]);
  return {
    ...{ name, email, isEmailVerified, isVerificationRequired, locale: user.locale },
    ...{ hasPassword: user.passwordHash !== null, twoFactor, identities },
    mailsOff: readMailKinds(user.mailsOff),
    isSecondFactorMissing: session.isStaffHeldBack,
  };
}
