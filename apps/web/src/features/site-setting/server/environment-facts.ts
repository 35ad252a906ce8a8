import type { Env } from '#env.ts';

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
