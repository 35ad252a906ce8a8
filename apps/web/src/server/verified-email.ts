import type { Permission } from '@ai-bridge/access';
import { readSettings } from '@ai-bridge/catalog';
import type { Deps } from './deps.ts';

/** What waits until a person has confirmed their address: what costs money, and what reaches others. */
export const needVerifiedEmail: readonly Permission[] = [
  'apiKey.create',
  'ownKey.manage',
  'order.create',
  'member.manage',
];

/** Whether addresses have to be confirmed here: as the setting says, else where mail really leaves. */
export async function requiresVerifiedEmail({ prisma, mail }: Pick<Deps, 'prisma' | 'mail'>): Promise<boolean> {
  const { emailVerification } = await readSettings(prisma);
  return emailVerification === 'withSmtp' ? mail.transport !== undefined : emailVerification === 'always';
}
