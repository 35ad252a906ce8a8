import path from 'node:path';
import { isAddressBlock } from '@ai-bridge/access/callers';
import { type OwnKeyPlaces, readOwnKeyPlaces } from '@ai-bridge/catalog';
import { readWorkerProcesses } from '@ai-bridge/domain';
import { z } from 'zod';
import type { RedisPlace } from './shared-state/open-redis.ts';

const schema = z.object({
  DATABASE_URL: z.string().min(1),
  DATA_DIR: z.string().default('.data'),
  HOST: z.string().default('127.0.0.1'),
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
  BRIDGE_KEY_PEPPER: z.string().min(16),
  BRIDGE_SEALING_KEY: z.string().min(16),
  /** The operator's own proxies in front of this worker: addresses and CIDR blocks, with commas between. */
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((block) => block.trim())
        .filter((block) => block !== ''),
    )
    .refine((blocks) => blocks.every(isAddressBlock), {
      error: 'must be addresses or CIDR blocks with commas between, such as 10.0.0.0/8,127.0.0.1',
    }),
  METRICS_TOKEN: z.string().optional(),
  /** The console's address as people see it: errors name it. */
  NEXTAUTH_URL: z.url({ protocol: /^https?$/, error: 'must begin with https:// or http://' }).optional(),
  /** Seconds for which a conversation that is silent keeps its channel. */
  SESSION_TTL: z.coerce.number().int().min(1).max(86_400).default(300),
  /** What several workers on one database share. */
  UPSTASH_REDIS_REST_URL: z.url({ protocol: /^https?$/, error: 'must begin with https:// or http://' }).optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  /** Processes of this worker on this machine. */
  WORKER_PROCESSES: z.string().optional(),
  /** Which of them this one is: set by the supervisor, for the processes that it starts. */
  BRIDGE_WORKER_SLOT: z.coerce.number().int().min(1).optional(),
  BATCH_POLL_MS: z.coerce.number().int().min(50).max(3_600_000).default(60_000),
  DRAIN_SECONDS: z.coerce.number().int().min(1).default(600),
  /** In the place of the providers' own addresses, for customers' own keys as for first channels. */
  ANTHROPIC_BASE_URL: z.string().optional(),
  OPENAI_BASE_URL: z.string().optional(),
  GEMINI_BASE_URL: z.string().optional(),
});

export type Environment = z.infer<typeof schema> & {
  readonly dataFolder: string;
  readonly ownKeyPlaces: OwnKeyPlaces;
  /** The console's address, without a slash at its end. */
  readonly consoleUrl: string | undefined;
  /** Undefined: this is the only worker of its database. */
  readonly sharedState: RedisPlace | undefined;
  /** How many processes of this worker run on this machine. */
  readonly processes: number;
};

/** Reads the environment once. Throws one line that names each variable that is missing or wrong, never a value. */
export function readEnvironment(source: NodeJS.ProcessEnv = process.env): Environment {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = schema.safeParse(present);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The worker cannot start: ${problems.join('; ')}`);
  }
  const ownKeyPlaces = readOwnKeyPlaces(result.data);
  const dataFolder = path.resolve(result.data.DATA_DIR);
  const consoleUrl = result.data.NEXTAUTH_URL?.replace(/\/+$/, '');
  const sharedState = readRedisPlace(result.data);
  const processes = readProcesses(result.data, sharedState !== undefined);
  return { ...result.data, dataFolder, ownKeyPlaces, consoleUrl, sharedState, processes };
}

function readProcesses({ WORKER_PROCESSES }: z.infer<typeof schema>, sharesState: boolean): number {
  try {
    return readWorkerProcesses(WORKER_PROCESSES, sharesState);
  } catch (error) {
    throw new Error(`The worker cannot start: ${(error as Error).message}`);
  }
}

function readRedisPlace(given: z.infer<typeof schema>): RedisPlace | undefined {
  const { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token } = given;
  if (url === undefined && token === undefined) return undefined;
  if (url !== undefined && token !== undefined) return { url, token };
  const [set, missing] = url === undefined ? ['TOKEN', 'URL'] : ['URL', 'TOKEN'];
  throw new Error(
    `The worker cannot start: UPSTASH_REDIS_REST_${missing}: missing, but UPSTASH_REDIS_REST_${set} is set; set both or none`,
  );
}
