import { type FoundSession, findSession } from '@ai-bridge/access';
import { readSettings } from '@ai-bridge/catalog';
import type { PrismaClient } from '@ai-bridge/db';

/** Who is signed in, as the console treats them. */
export interface KnownSession extends FoundSession {
  /** They are of the staff, and not treated so until they have the second factor that this site demands of staff. */
  readonly isStaffHeldBack: boolean;
}

/** Finds a session. The staff's role is taken away here, before anything can ask for it, where its second factor is missing. */
export async function findKnownSession(
  prisma: PrismaClient,
  sessionId: string,
  now: Date,
): Promise<KnownSession | undefined> {
  const session = await findSession(prisma, sessionId, now);
  if (!session) return undefined;
  const { user } = session;
  if (user.staffRole === undefined || user.hasTwoFactor) return { ...session, isStaffHeldBack: false };
  const { requireTwoFactorForStaff } = await readSettings(prisma);
  if (!requireTwoFactorForStaff) return { ...session, isStaffHeldBack: false };
  return { ...session, user: { ...user, staffRole: undefined }, isStaffHeldBack: true };
}
