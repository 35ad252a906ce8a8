import { randomBytes } from 'node:crypto';
import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { AccessError } from '../access-error.ts';
import { type Actor, writeAudit } from '../audit.ts';
import { renewRecoveryCodes, spendRecoveryCode } from './recovery-codes.ts';
import { openSecret, sealSecret } from './seal-secret.ts';
import { base32, matchTotp, totpUri } from './totp.ts';

const secretBytes = 20;

/** Whose second factor it is about, by whom, and what seals and hashes it. */
export interface TwoFactorCall {
  readonly userId: string;
  readonly pepper: string;
  readonly now: Date;
  readonly actor?: Actor | undefined;
}

/** Whether a second factor is in force, and how many recovery codes are left. */
export async function readTwoFactor(
  session: PrismaSession,
  userId: string,
): Promise<{ readonly isOn: boolean; readonly recoveryCodesLeft: number }> {
  const isOn = (await session.twoFactor.count({ where: { userId, confirmedAt: { not: null } } })) > 0;
  return { isOn, recoveryCodesLeft: isOn ? await session.recoveryCode.count({ where: { userId, usedAt: null } }) : 0 };
}

/** Makes a new secret that comes into force by its first code. Throws AccessError('two_factor_on'). */
export async function beginTwoFactor(
  prisma: PrismaClient,
  { userId, pepper, now }: TwoFactorCall,
  about: { readonly siteName: string; readonly email: string },
): Promise<{ readonly secret: string; readonly uri: string }> {
  const secret = randomBytes(secretBytes);
  const row = { secretSealed: sealSecret(secret, userId, pepper), createdAt: now };
  await prisma.$transaction(async (session) => {
    // Only what is not in force yet is replaced, also where two do so at once.
    await session.twoFactor.deleteMany({ where: { userId, confirmedAt: null } });
    const { count } = await session.twoFactor.createMany({ data: [{ userId, ...row }], skipDuplicates: true });
    if (count === 0) throw new AccessError('two_factor_on', 'a second factor is in force already');
  });
  return { secret: base32(secret), uri: totpUri(secret, about) };
}

/**
 * Puts the secret that was shown into force by a code made with it. @returns the recovery codes, shown this once
 * Throws AccessError: code_wrong, two_factor_on, two_factor_off (nothing was begun).
 */
export async function confirmTwoFactor(prisma: PrismaClient, call: TwoFactorCall, code: string): Promise<string[]> {
  const { userId, pepper, now, actor } = call;
  return prisma.$transaction(async (session) => {
    const row = await session.twoFactor.findUnique({ where: { userId } });
    if (!row) throw new AccessError('two_factor_off', 'begin with a new secret');
    if (row.confirmedAt) throw new AccessError('two_factor_on', 'a second factor is in force already');
    const step = matchTotp(openSecret(row.secretSealed, userId, pepper), code.replace(/\s/g, ''), now);
    if (step === undefined) throw wrong();
    const { count } = await session.twoFactor.updateMany({
      where: { userId, confirmedAt: null, secretSealed: row.secretSealed },
      data: { confirmedAt: now, lastStep: step },
    });
    if (count === 0) throw new AccessError('two_factor_on', 'a second factor is in force already');
    await writeAudit(session, actor, { action: 'user.twoFactorOn', target: userId });
    return renewRecoveryCodes(session, userId, pepper);
  });
}

/**
 * Takes a code of the device or a recovery code. A code is taken once: the second of two that come at once is refused.
 * Throws AccessError: code_wrong, two_factor_off.
 */
export async function spendCode(
  session: PrismaSession,
  call: TwoFactorCall,
  typed: string,
): Promise<'code' | 'recovery'> {
  const { userId, pepper, now, actor } = call;
  const row = await session.twoFactor.findUnique({ where: { userId } });
  if (!row?.confirmedAt) throw new AccessError('two_factor_off', 'there is no second factor');
  const step = matchTotp(openSecret(row.secretSealed, userId, pepper), typed.replace(/\s/g, ''), now);
  if (step !== undefined) {
    const { count } = await session.twoFactor.updateMany({
      where: { userId, lastStep: { lt: step }, secretSealed: row.secretSealed },
      data: { lastStep: step },
    });
    if (count === 0) throw wrong();
    return 'code';
  }
  if (!(await spendRecoveryCode(session, { userId, typed, pepper, now }))) throw wrong();
  await writeAudit(session, actor, { action: 'user.recoveryCodeUsed', target: userId });
  return 'recovery';
}

/** Switches the second factor off, by a code. Throws AccessError: code_wrong, two_factor_off. */
export async function switchOffTwoFactor(prisma: PrismaClient, call: TwoFactorCall, code: string): Promise<void> {
  const { userId, actor } = call;
  await prisma.$transaction(async (session) => {
    await spendCode(session, call, code);
    await session.twoFactor.delete({ where: { userId } });
    await session.recoveryCode.deleteMany({ where: { userId } });
    await writeAudit(session, actor, { action: 'user.twoFactorOff', target: userId });
  });
}

/** Replaces the recovery codes, by a code. Throws AccessError: code_wrong, two_factor_off. */
export async function replaceRecoveryCodes(prisma: PrismaClient, call: TwoFactorCall, code: string): Promise<string[]> {
  const { userId, pepper, actor } = call;
  return prisma.$transaction(async (session) => {
    await spendCode(session, call, code);
    await writeAudit(session, actor, { action: 'user.recoveryCodesRenewed', target: userId });
    return renewRecoveryCodes(session, userId, pepper);
  });
}

function wrong(): AccessError {
  return new AccessError('code_wrong', 'the code is wrong, or was used already');
}
