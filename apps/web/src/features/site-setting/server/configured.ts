import type { Deps } from '#server/deps.ts';

/** What is set up here, and what is not. */
export async function configuredFacts({ prisma, billing, environment }: Deps) {
  const channels = await prisma.channel.groupBy({
    by: ['provider', 'origin'],
    where: { enabled: true, credentialSealed: { not: null } },
    _count: true,
    orderBy: [{ provider: 'asc' }, { origin: 'asc' }],
  });
  const payments = billing.providers.current;
  return {
    ...environment,
    /** Enabled channels that have a key. */
    channels: channels.map(({ provider, origin, _count: count }) => ({ provider, origin, count })),
    payments: payments ? { name: payments.name, isTest: !payments.livemode } : null,
  };
}
