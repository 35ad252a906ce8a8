import { setChannelDraining } from '@ai-bridge/catalog';
import type { Stack } from './stack.ts';
import { withPrisma } from './with-prisma.ts';

const actor = { kind: 'console', userId: 'usr_operator' } as const;

/** Drains a channel, or lets it take requests again, as the channel desk does it. @returns its id */
export function drain(stack: Stack, name: string, isDraining: boolean): Promise<string> {
  return withPrisma(stack, async (prisma) => {
    const { id } = await prisma.channel.findUniqueOrThrow({ where: { name } });
    await setChannelDraining(prisma, { channelId: id, isDraining }, actor);
    return id;
  });
}
