import { ensureDemoChannel, ensureFirstChannels, seedCatalog } from '@ai-bridge/catalog';
import type { PrismaClient } from '@ai-bridge/db';
import { grantCredit } from '@ai-bridge/ledger';
import { startDemoUpstream } from '../../demo/server.ts';
import { UserError } from '../../user-error.ts';
import { localUrl, type StartEnv } from '../env.ts';
import { findSampleRequest } from '../sample-request.ts';
import type { ScreenFacts } from '../screen.ts';
import type { Secrets } from '../secrets.ts';
import { applyConfigFile, type ConfigFile } from './config-file.ts';
import { checkSecrets } from './secret-check.ts';
import { makeSetupLink } from './setup-link.ts';
import { ensureWelcome, ensureWelcomePlans, welcomeTokens } from './welcome.ts';

export interface PrepareDataOptions {
  readonly prisma: PrismaClient;
  readonly env: StartEnv;
  readonly secrets: Secrets;
  readonly config: ConfigFile | undefined;
  onStop(work: () => Promise<void>): void;
}

/**
 * Fills the migrated database: price list, first people, configuration file, channels. Each part is idempotent, so a
 * start does the same work every time and mostly finds it done.
 * @returns what the closing screen tells
 */
export async function prepareData(options: PrepareDataOptions): Promise<Omit<ScreenFacts, 'durationMs'>> {
  const { prisma, env, secrets, config, onStop } = options;
  const addresses = {
    consoleUrl: env.all['NEXTAUTH_URL']?.replace(/\/$/, '') || localUrl(env.host, env.webPort),
    workerUrl: env.all['WORKER_PUBLIC_URL']?.replace(/\/$/, '') || localUrl(env.host, env.workerPort),
  };
  const pepper = secrets.BRIDGE_KEY_PEPPER;
  await checkSecrets(prisma, secrets);
  await seedCatalog(prisma);
  const welcome = env.isProduction
    ? undefined
    : await ensureWelcome({ prisma, dataFolder: env.dataFolder, pepper, grantCredit, addresses });
  if (config) await applyConfigFile(prisma, config, secrets, env.all);
  if (!env.isProduction) await ensureWelcomePlans(prisma);
  await makeFirstChannels(prisma, env, secrets.BRIDGE_SEALING_KEY);
  const hasChannel = (await prisma.channel.count({ where: { origin: { not: 'demo' }, enabled: true } })) > 0;
  // Never in production: nobody there may be charged for made-up answers.
  const usesDemoChannel = !hasChannel && !env.isProduction;
  if (usesDemoChannel) {
    const demo = await startDemoUpstream();
    onStop(() => demo.stop());
    await ensureDemoChannel(prisma, { baseUrl: demo.url });
  }
  return {
    ...addresses,
    welcome,
    grantedTokens: welcomeTokens.toLocaleString('en-US'),
    setupLink: env.isProduction ? await makeSetupLink(prisma, addresses.consoleUrl) : undefined,
    usesDemoChannel,
    sample: await findSampleRequest(prisma),
    dataFolder: env.dataFolder,
  };
}

/** @throws UserError naming the variable whose address cannot be used */
async function makeFirstChannels(prisma: PrismaClient, env: StartEnv, sealingKey: string): Promise<void> {
  try {
    await ensureFirstChannels(prisma, { ...env.all, sealingKey });
  } catch (error) {
    if (error instanceof Error && /^[A-Z_]+_BASE_URL: /.test(error.message)) throw new UserError(error.message);
    throw error;
  }
}
