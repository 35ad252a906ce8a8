import { columnChanges, type PrismaSession } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { sealCredential } from '../seal.ts';
import type { ProxyColumns } from './columns.ts';
import { type ProxyAddress, proxyHost } from './proxy-url.ts';

export type ProxyRow = NonNullable<Awaited<ReturnType<PrismaSession['egressProxy']['findUnique']>>>;

/** A proxy's URL as readProxyUrl gives it. */
export interface ProxyUrl {
  readonly url: string;
  readonly address: ProxyAddress;
}

export interface ProxyWrite {
  readonly columns: ProxyColumns;
  /** undefined = the one that is stored stays. */
  readonly url: ProxyUrl | undefined;
  /** The half of BRIDGE_SEALING_KEY that seals. */
  readonly sealingPublicKey: string;
}

/** Makes a proxy's row say this, adding it when there is none (with a URL then); writes nothing when it says so already. Returns its id. */
export async function writeProxy(
  session: PrismaSession,
  row: ProxyRow | undefined,
  { columns, url, sealingPublicKey }: ProxyWrite,
  actor: CatalogActor,
): Promise<string> {
  const id = row?.id ?? newId('pxy');
  const changed = row ? columnChanges(row, columns) : {};
  if (row && Object.keys(changed).length === 0 && !url) return id;
  const address = url && addressColumns(id, url, sealingPublicKey);
  if (row) await session.egressProxy.update({ where: { id }, data: { ...columns, ...address } });
  else if (address) await session.egressProxy.create({ data: { id, ...columns, ...address } });
  else throw new Error('a new proxy needs a URL');
  await writeAudit(session, actor, row ? 'proxy.update' : 'proxy.create', id, {
    name: columns.name,
    changed,
    urlChanged: url !== undefined,
  });
  return id;
}

function addressColumns(proxyId: string, { url, address }: ProxyUrl, sealingPublicKey: string) {
  const host = proxyHost(address);
  return { scheme: address.scheme, host, urlSealed: sealCredential(sealingPublicKey, { proxyId, host }, url) };
}

/** Takes a proxy away, password and all. */
export async function removeProxy(session: PrismaSession, row: ProxyRow, actor: CatalogActor): Promise<void> {
  await session.egressProxy.delete({ where: { id: row.id } });
  await writeAudit(session, actor, 'proxy.delete', row.id, { name: row.name, pool: row.pool });
}
