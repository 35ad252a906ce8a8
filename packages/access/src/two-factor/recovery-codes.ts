import { createHmac, randomBytes } from 'node:crypto';
import type { PrismaSession } from '@ai-bridge/db';
import { base32 } from './totp.ts';

export const recoveryCodeCount = 10;
/** 80 bits: nobody guesses one. */
const codeBytes = 10;

/** Replaces a user's recovery codes. @returns the new ones, as they are shown this once: four groups of four */
export async function renewRecoveryCodes(session: PrismaSession, userId: string, pepper: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, () => base32(randomBytes(codeBytes)).toLowerCase());
  await session.recoveryCode.deleteMany({ where: { userId } });
  await session.recoveryCode.createMany({
    data: codes.map((code) => ({ userId, hash: hashOf(code, userId, pepper) })),
  });
  return codes.map((code) => code.replace(/(.{4})(?=.)/g, '$1-'));
}

/** Uses a recovery code up. @returns whether it was one of the user's unused ones */
export async function spendRecoveryCode(
  session: PrismaSession,
  of: { readonly userId: string; readonly typed: string; readonly pepper: string; readonly now: Date },
): Promise<boolean> {
  const code = of.typed.toLowerCase().replace(/[\s-]/g, '');
  if (!/^[a-z2-7]{16}$/.test(code)) return false;
  const { count } = await session.recoveryCode.updateMany({
    where: { userId: of.userId, hash: hashOf(code, of.userId, of.pepper), usedAt: null },
    data: { usedAt: of.now },
  });
  return count === 1;
}

const hashOf = (code: string, userId: string, pepper: string): string =>
  createHmac('sha256', pepper).update(`recovery code\n${userId}\n${code}`).digest('base64url');
