import { openCredential } from '../seal.ts';
import type { ProxySnapshot } from '../snapshot.ts';
import type { ProxyRow } from './write-proxy.ts';

/** A proxy's row as a worker uses it. Throws SealError when its URL does not open. */
export function proxySnapshot(row: ProxyRow, sealingKey: string): ProxySnapshot {
  const { id, name, pool, host, allowPrivate } = row;
  const url = openCredential(sealingKey, { proxyId: id, host }, row.urlSealed);
  return { id, name, pool, url, allowPrivate };
}
