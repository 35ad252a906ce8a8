import { columnChanges, type PrismaClient, type PrismaSession } from '@ai-bridge/db';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { type PresetId, presetOf } from '../presets.ts';
import { sealCredential } from '../seal.ts';
import { type ChannelEdit, formColumns } from './channel-form.ts';
import { requireKnownPlaces } from './known-places.ts';
import { type ChannelRow, retireChannel } from './write-channel.ts';

/** What the environment's variables say of their channels; everything else on them is the operator's. */
const environmentColumns: readonly string[] = ['name', 'protocols', 'baseUrl', 'allowPrivate'];

/**
 * Sets a channel's settings, and its key where one is given. A key opens only for the origin it was sealed for, so another
 * origin needs the key anew.
 * @param publicKey the half of BRIDGE_SEALING_KEY that seals
 * @throws CatalogError not_found, channel_invalid, channel_name_taken, channel_owned_by_*, channel_credential_needed
 */
export async function updateChannel(
  prisma: PrismaClient,
  { channelId, credential, ...edit }: ChannelEdit & { readonly channelId: string },
  publicKey: string,
  actor: CatalogActor,
): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    const row = await changeable(session, channelId);
    const preset = (presetOf(row.preset) ? row.preset : 'custom') as PresetId;
    const { preset: _, ...columns } = formColumns({ ...edit, preset, hasCredential: true });
    await requireKnownPlaces(session, columns);
    const provider = edit.provider ?? row.provider;
    const wanted = { ...columns, provider, enabled: edit.enabled ?? row.enabled };
    const changed = columnChanges({ ...row, timeouts: row.timeouts ?? {} }, wanted);
    const ownsAll = row.origin !== 'environment';
    if (!ownsAll && (credential !== undefined || environmentColumns.some((column) => column in changed)))
      throw new CatalogError('channel_owned_by_environment', 'expected other settings to change');
    if (Object.keys(changed).length === 0 && credential === undefined) return;
    await requireFreeName(session, row, wanted.name);
    const moved = new URL(row.baseUrl).origin !== new URL(wanted.baseUrl).origin;
    if (moved && row.credentialSealed !== null && credential === undefined)
      throw new CatalogError('channel_credential_needed', 'a key is bound to its origin', 'credential');
    const { baseUrl } = wanted;
    const sealed =
      credential === undefined
        ? {}
        : { credentialSealed: sealCredential(publicKey, { channelId, baseUrl }, credential) };
    const drain = 'enabled' in changed ? { drainingSince: null } : {};
    const data = { ...wanted, timeouts: { ...wanted.timeouts }, ...sealed, ...drain };
    await session.channel.update({ where: { id: channelId }, data });
    const detail = { name: row.name, changed, credentialChanged: credential !== undefined };
    await writeAudit(session, actor, 'channel.update', channelId, detail);
  });
}

/** @throws CatalogError not_found, channel_owned_by_file, channel_is_demo */
export async function setChannelEnabled(
  prisma: PrismaClient,
  channelId: string,
  enabled: boolean,
  actor: CatalogActor,
): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    const row = await changeable(session, channelId);
    if (row.enabled === enabled) return;
    await session.channel.update({ where: { id: channelId }, data: { enabled, drainingSince: null } });
    await writeAudit(session, actor, enabled ? 'channel.enable' : 'channel.disable', channelId, { name: row.name });
  });
}

/** Seals a new key into each of these channels. @throws CatalogError not_found, channel_owned_by_*, channel_is_demo */
export async function replaceCredential(
  prisma: PrismaClient,
  { channelIds, credential }: { readonly channelIds: readonly string[]; readonly credential: string },
  publicKey: string,
  actor: CatalogActor,
): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    for (const channelId of channelIds) {
      const { origin, baseUrl, name } = await changeable(session, channelId);
      if (origin === 'environment')
        throw new CatalogError('channel_owned_by_environment', 'its variable holds the key', 'credential');
      const credentialSealed = sealCredential(publicKey, { channelId, baseUrl }, credential);
      await session.channel.update({ where: { id: channelId }, data: { credentialSealed } });
      await writeAudit(session, actor, 'channel.credential', channelId, { name });
    }
  });
}

/** Takes a channel away: it serves nobody and its key is forgotten. @throws CatalogError not_found, channel_owned_by_* */
export async function deleteChannel(prisma: PrismaClient, channelId: string, actor: CatalogActor): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    const row = await changeable(session, channelId);
    if (row.origin === 'environment')
      throw new CatalogError('channel_owned_by_environment', 'its variable has to go instead');
    await retireChannel(session, row, actor);
  });
}

async function changeable(session: PrismaSession, channelId: string): Promise<ChannelRow> {
  const row = await session.channel.findUnique({ where: { id: channelId } });
  if (!row || row.deletedAt !== null) throw new CatalogError('not_found', 'no such channel');
  if (row.origin === 'config') throw new CatalogError('channel_owned_by_file', 'the configuration file owns it');
  if (row.origin === 'demo') throw new CatalogError('channel_is_demo', 'it goes with the first real channel');
  return row;
}

async function requireFreeName(session: PrismaSession, row: ChannelRow, name: string): Promise<void> {
  if (name === row.name) return;
  const taken = await session.channel.findUnique({ where: { name }, select: { id: true } });
  if (taken) throw new CatalogError('channel_name_taken', 'expected a name that nobody has or had', 'name');
}
