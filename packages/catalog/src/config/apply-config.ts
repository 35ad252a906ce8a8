import type { PrismaClient } from '@ai-bridge/db';
import type { CatalogActor } from '../audit.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { applySettings } from '../settings.ts';
import { applyChannels } from './apply-channels.ts';
import { applyGroups } from './apply-groups.ts';
import { applyModels } from './apply-models.ts';
import { applyPlans } from './apply-plans.ts';
import { applyProxies } from './apply-proxies.ts';
import type { CatalogConfig } from './sections.ts';

export interface ApplyConfigOptions {
  /** For messages. */
  readonly fileName: string;
  /** BRIDGE_SEALING_KEY */
  readonly sealingKey: string;
  /** Where `apiKeyEnv` and `urlEnv` look. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now?: Date | undefined;
}

const actor: CatalogActor = { kind: 'config' };

/**
 * Makes the catalog what the file says, all of it or none; applied again, it writes nothing. Channels that an earlier
 * file made and this one lacks are switched off; a section that is absent leaves its rows alone (for channels and
 * proxies: means none). Run after seedCatalog, so that fallbacks can name listed models. Throws ConfigError.
 */
export async function applyConfig(
  prisma: PrismaClient,
  config: CatalogConfig,
  options: ApplyConfigOptions,
): Promise<void> {
  const now = options.now ?? new Date();
  await inCatalogTransaction(prisma, async (session) => {
    await applyModels(session, config.models ?? [], { ...options, now, actor });
    await applyProxies(session, config, { ...options, actor });
    await applyGroups(session, config.groups ?? [], { ...options, now, actor });
    await applyChannels(session, config.channels ?? [], { ...options, actor });
    if (config.plans) await applyPlans(session, config.plans, actor);
    await applySettings(session, config.settings ?? {}, actor);
  });
}
