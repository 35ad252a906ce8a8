import type { PrismaSession } from '@ai-bridge/db';
import type { ProxySnapshot } from '../snapshot.ts';
import { proxySnapshot } from './proxy-snapshot.ts';

/**
 * One proxy as a worker uses it, switched on or off: staff test what does not serve yet.
 * @param sealingKey BRIDGE_SEALING_KEY
 * @returns undefined where there is none
 * @throws SealError when its URL does not open
 */
export async function loadProxy(
  session: PrismaSession,
  proxyId: string,
  sealingKey: string,
): Promise<ProxySnapshot | undefined> {
  const row = await session.egressProxy.findUnique({ where: { id: proxyId } });
  return row ? proxySnapshot(row, sealingKey) : undefined;
}
