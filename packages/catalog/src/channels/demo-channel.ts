import type { PrismaClient } from '@ai-bridge/db';
import { newId, protocols } from '@ai-bridge/domain';
import { writeAudit } from '../audit.ts';
import { readBaseUrl } from '../base-url.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { everyModel } from './columns.ts';

const name = 'demo';
/** What receipts and status name as the provider of the built-in simulator. */
export const demoProvider = 'demo';

/**
 * Makes the channel to the built-in simulator, or points it at the simulator's address of this start. It counts only
 * while no other channel is enabled; that is for the snapshot to see, so it is always there. Returns its id.
 */
export async function ensureDemoChannel(
  prisma: PrismaClient,
  { baseUrl: address }: { readonly baseUrl: string },
): Promise<string> {
  const read = readBaseUrl(address, true);
  if ('problem' in read) throw new Error(`demo channel: ${read.problem}`);
  const { baseUrl } = read;
  return inCatalogTransaction(prisma, async (session) => {
    const row = await session.channel.findFirst({ where: { origin: 'demo' } });
    if (row && row.baseUrl === baseUrl) return row.id;
    if (row) {
      await session.channel.update({ where: { id: row.id }, data: { baseUrl } });
      return row.id;
    }
    const id = newId('chn');
    const taken = await session.channel.findUnique({ where: { name }, select: { id: true } });
    await session.channel.create({
      data: {
        id,
        name: taken ? id : name,
        preset: 'custom',
        provider: demoProvider,
        protocols: [...protocols],
        baseUrl,
        allowPrivate: true,
        models: { [everyModel]: everyModel },
        costBasisPoints: 0,
        origin: 'demo',
      },
    });
    await writeAudit(session, { kind: 'system' }, 'channel.create', id, { name });
    return id;
  });
}
