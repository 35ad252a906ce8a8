import type { Env } from '#env.ts';
import type { Deps } from '#server/deps.ts';

/** What variables of the environment decide, as far as staff may know it: never a secret. */
export interface EnvironmentFacts {
  readonly siteAddress: string | undefined;
  readonly workerAddress: string | undefined;
  readonly hasMail: boolean;
  readonly hasRedis: boolean;
}

export function environmentFacts(env: Partial<Env>): EnvironmentFacts {
  return {
    siteAddress: env.NEXTAUTH_URL,
    workerAddress: env.WORKER_PUBLIC_URL,
    hasMail: env.SMTP_URL !== undefined,
    hasRedis: env.UPSTASH_REDIS_REST_URL !== undefined,
  };
}

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
