import { columnChanges, type Prisma, type PrismaSession } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { openCredential, sealCredential, sealingPublicKey } from '../seal.ts';
import { limitDetail } from './channel-limits.ts';
import type { ChannelColumns } from './columns.ts';

export type ChannelRow = NonNullable<Awaited<ReturnType<PrismaSession['channel']['findUnique']>>>;

export interface ChannelWrite {
  readonly columns: ChannelColumns;
  /** In the clear; undefined = the channel needs none. */
  readonly credential: string | undefined;
  /** BRIDGE_SEALING_KEY: opens the stored credential to see whether it is the same. */
  readonly sealingKey: string;
}

/** Makes a channel's row say this, adding it when there is none; writes nothing when it says so already. Returns its id. */
export async function writeChannel(
  session: PrismaSession,
  row: ChannelRow | undefined,
  { columns, credential, sealingKey }: ChannelWrite,
  actor: CatalogActor,
): Promise<string> {
  const id = row?.id ?? newId('chn');
  const deletedAt = row?.deletedAt ? { deletedAt: null } : {};
  const changed = row ? columnChanges({ ...row, timeouts: row.timeouts ?? {} }, { ...columns, ...deletedAt }) : {};
  const sameCredential = row !== undefined && storedCredential(row, columns.baseUrl, sealingKey) === credential;
  if (row && Object.keys(changed).length === 0 && sameCredential) return id;
  const data = {
    ...columns,
    timeouts: { ...columns.timeouts },
    deletedAt: null,
    // A channel that comes back to its file begins as the file says.
    ...(row?.deletedAt ? { drainingSince: null } : {}),
    ...(sameCredential ? {} : { credentialSealed: sealed(id, columns.baseUrl, credential, sealingKey) }),
  } satisfies Prisma.ChannelUpdateInput;
  if (row) await session.channel.update({ where: { id }, data });
  else await session.channel.create({ data: { id, ...data } });
  await writeAudit(session, actor, row ? 'channel.update' : 'channel.create', id, {
    name: columns.name,
    ...(row ? { changed } : limitDetail(columns)),
    credentialChanged: !sameCredential,
  });
  return id;
}

function sealed(channelId: string, baseUrl: string, credential: string | undefined, sealingKey: string): string | null {
  if (credential === undefined) return null;
  return sealCredential(sealingPublicKey(sealingKey), { channelId, baseUrl }, credential);
}

/** The stored credential as it would open at the new address; null (no credential's value) when it does not. */
function storedCredential(row: ChannelRow, baseUrl: string, sealingKey: string): string | undefined | null {
  if (row.credentialSealed === null) return undefined;
  try {
    return openCredential(sealingKey, { channelId: row.id, baseUrl }, row.credentialSealed);
  } catch {
    return null;
  }
}

/** Takes a channel away and forgets its credential: a key that left its file should not stay behind. Its name stays for history. */
export async function retireChannel(session: PrismaSession, row: ChannelRow, actor: CatalogActor): Promise<void> {
  if (row.deletedAt !== null) return;
  const data = { enabled: false, credentialSealed: null, deletedAt: new Date() };
  await session.channel.update({ where: { id: row.id }, data });
  await writeAudit(session, actor, 'channel.retire', row.id, { name: row.name });
}
