import { createHmac } from 'node:crypto';
import type { PrismaClient } from '@ai-bridge/db';
import { UserError } from '../../user-error.ts';
import type { Secrets } from '../secrets.ts';

const checked = ['BRIDGE_KEY_PEPPER', 'BRIDGE_SEALING_KEY'] as const;
const printLength = 16;

/**
 * Refuses to run with other secrets than those the database was made with: every key would be unknown and every
 * credential unreadable, and neither would say why. The database keeps a short print of each, of no use to a thief.
 * @throws UserError naming the secret that differs
 */
export async function checkSecrets(prisma: PrismaClient, secrets: Secrets): Promise<void> {
  for (const name of checked) {
    const key = `secretPrint.${name}`;
    const value = createHmac('sha256', secrets[name])
      .update('ai-bridge secret print')
      .digest('hex')
      .slice(0, printLength);
    const known = await prisma.setting.findUnique({ where: { key } });
    if (!known) await prisma.setting.create({ data: { key, value } });
    else if (known.value !== value) {
      throw new UserError(
        `${name} is not the one this database was made with. Set the old value again, or bring back secrets.env from your backup.`,
      );
    }
  }
}
