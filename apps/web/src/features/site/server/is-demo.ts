import type { PrismaSession } from '@ai-bridge/db';

/** Whether answers come from the built-in simulator: it serves only while no real channel exists. */
export async function isDemo(prisma: PrismaSession): Promise<boolean> {
  const enabled = await prisma.channel.findMany({
    where: { enabled: true },
    distinct: ['origin'],
    select: { origin: true },
  });
  return enabled.length > 0 && enabled.every(({ origin }) => origin === 'demo');
}
