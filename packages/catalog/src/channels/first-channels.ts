import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { listBasisPoints } from '@ai-bridge/domain';
import type { CatalogActor } from '../audit.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { type OperatorAddresses, readOperatorAddress } from '../operator-address.ts';
import { type Preset, type PresetId, presets } from '../presets.ts';
import { limitColumns, limitsOfColumns } from './channel-limits.ts';
import { codexInstructionsOf, defaultGroup, everyModel, modelsOfJson } from './columns.ts';
import { retireChannel, writeChannel } from './write-channel.ts';

/** The variables that first channels are made of, and the key their credentials are sealed with. */
export interface FirstChannelsEnvironment extends OperatorAddresses {
  readonly ANTHROPIC_API_KEY?: string | undefined;
  readonly OPENAI_API_KEY?: string | undefined;
  readonly GEMINI_API_KEY?: string | undefined;
  /** BRIDGE_SEALING_KEY */
  readonly sealingKey: string;
}

const variables = [
  { preset: 'anthropic', key: 'ANTHROPIC_API_KEY', url: 'ANTHROPIC_BASE_URL' },
  { preset: 'openai', key: 'OPENAI_API_KEY', url: 'OPENAI_BASE_URL' },
  { preset: 'gemini', key: 'GEMINI_API_KEY', url: 'GEMINI_BASE_URL' },
] as const satisfies readonly { preset: PresetId; key: string; url: string }[];

const actor: CatalogActor = { kind: 'system' };

/**
 * Makes a channel of each provider key in the environment, follows its key and address at every start, and switches
 * the channel off when its key is gone. What else an operator set on it stays; a channel of the same name that
 * somebody else made is left alone. Throws an Error that names the variable when an address cannot be used.
 */
export async function ensureFirstChannels(prisma: PrismaClient, environment: FirstChannelsEnvironment): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    for (const { preset, key, url } of variables) {
      const credential = environment[key]?.trim() || undefined;
      const address = environment[url]?.trim() || undefined;
      await ensureFirstChannel(session, { preset, credential, address, variable: url }, environment.sealingKey);
    }
  });
}

async function ensureFirstChannel(
  session: PrismaSession,
  given: {
    readonly preset: PresetId;
    readonly credential: string | undefined;
    readonly address: string | undefined;
    readonly variable: string;
  },
  sealingKey: string,
): Promise<void> {
  const { preset: name, credential } = given;
  const row = (await session.channel.findUnique({ where: { name } })) ?? undefined;
  if (row && row.origin !== 'environment' && row.deletedAt === null) return;
  if (credential === undefined) {
    if (row) await retireChannel(session, row, actor);
    return;
  }
  const preset: Preset = presets[name];
  const [endpoint] = preset.endpoints;
  const { baseUrl, allowPrivate } = readOperatorAddress(given.variable, given.address ?? endpoint?.baseUrl ?? '');
  const columns = {
    name,
    preset: name,
    provider: preset.provider,
    protocols: [...(endpoint?.protocols ?? [])],
    baseUrl,
    allowPrivate,
    models: row ? modelsOfJson(row.models) : { [everyModel]: everyModel },
    priority: row?.priority ?? 1,
    weight: row?.weight ?? 1,
    timeouts: (row?.timeouts ?? {}) as object,
    egressPool: row?.egressPool ?? null,
    groups: row?.groups ?? [defaultGroup],
    codexInstructions: codexInstructionsOf(row?.codexInstructions ?? ''),
    costBasisPoints: row?.costBasisPoints ?? listBasisPoints,
    ...limitColumns((row && limitsOfColumns(row)) ?? {}),
    // One whose key was gone and is back works again; one that an operator switched off stays off.
    enabled: row ? row.enabled || row.credentialSealed === null : true,
    origin: 'environment' as const,
  };
  await writeChannel(session, row, { columns, credential, sealingKey }, actor);
}
