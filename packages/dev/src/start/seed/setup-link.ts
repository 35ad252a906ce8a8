import { createHash, randomBytes } from 'node:crypto';
import type { PrismaClient } from '@ai-bridge/db';

/** Site setting that holds the SHA-256 (hex) of the one set-up token that is good now. */
export const setupTokenSetting = 'setup.tokenHash';
const tokenBytes = 32;

/**
 * A one-time link by which the first administrator of a production installation sets an address and a password. Each
 * start without an administrator makes a new one and voids the last; only its hash is stored.
 * @returns undefined where there is an administrator
 */
export async function makeSetupLink(prisma: PrismaClient, consoleUrl: string): Promise<string | undefined> {
  if ((await prisma.user.count({ where: { staffRole: 'administrator' } })) > 0) return undefined;
  const token = randomBytes(tokenBytes).toString('base64url');
  const value = createHash('sha256').update(token).digest('hex');
  await prisma.setting.upsert({
    where: { key: setupTokenSetting },
    create: { key: setupTokenSetting, value },
    update: { value },
  });
  return `${consoleUrl}/setup?token=${token}`;
}
