import type { PrismaSession } from '@ai-bridge/db';
import type { CatalogActor } from '../audit.ts';
import { retireChannel, writeChannel } from '../channels/write-channel.ts';
import type { ChannelConfig } from './channel-section.ts';
import { ConfigError } from './config-error.ts';

interface Options {
  readonly fileName: string;
  readonly sealingKey: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly actor: CatalogActor;
}

/** Makes the file's channels; a channel of the same name that somebody else made becomes the file's. */
export async function applyChannels(
  session: PrismaSession,
  channels: readonly ChannelConfig[],
  options: Options,
): Promise<void> {
  const credentials = readCredentials(channels, options);
  await refuseUnknownGroups(session, channels, options.fileName);
  const rows = new Map((await session.channel.findMany()).map((row) => [row.name, row]));
  for (const [index, channel] of channels.entries()) {
    const { apiKey: _, apiKeyEnv: __, ...columns } = channel;
    const write = { columns: { ...columns, origin: 'config' as const }, credential: credentials[index] };
    await writeChannel(session, rows.get(channel.name), { ...write, sealingKey: options.sealingKey }, options.actor);
    rows.delete(channel.name);
  }
  for (const row of rows.values()) if (row.origin === 'config') await retireChannel(session, row, options.actor);
}

async function refuseUnknownGroups(
  session: PrismaSession,
  channels: readonly ChannelConfig[],
  fileName: string,
): Promise<void> {
  const known = new Set((await session.channelGroup.findMany()).map(({ id }) => id));
  const problems = channels.flatMap(({ groups }, index) =>
    groups.flatMap((group, at) =>
      known.has(group)
        ? []
        : [{ path: `channels[${index}].groups[${at}]`, message: `expected one of ${[...known].sort().join(', ')}` }],
    ),
  );
  if (problems.length > 0) throw new ConfigError(fileName, problems);
}

/** Each channel's credential, in order. Throws ConfigError for every variable that is not set. */
function readCredentials(channels: readonly ChannelConfig[], { env, fileName }: Options): (string | undefined)[] {
  const credentials = channels.map(({ apiKey, apiKeyEnv }) => {
    return apiKeyEnv === undefined ? apiKey : env[apiKeyEnv]?.trim() || undefined;
  });
  const problems = channels.flatMap(({ apiKeyEnv }, index) => {
    if (apiKeyEnv === undefined || credentials[index] !== undefined) return [];
    return [{ path: `channels[${index}].apiKeyEnv`, message: `expected the variable ${apiKeyEnv} to be set` }];
  });
  if (problems.length > 0) throw new ConfigError(fileName, problems);
  return credentials;
}
