import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { sealCredential } from '../seal.ts';
import { endpointsOf, formColumns, type NewChannel, nameSuffix } from './channel-form.ts';
import { limitDetail } from './channel-limits.ts';
import { requireKnownPlaces } from './known-places.ts';

export interface MadeChannel {
  readonly id: string;
  readonly name: string;
}

/** A name that is free of what is there: with a number behind it, where that takes one. */
const maxNumber = 1_000;
const maxNameLength = 64;

/**
 * Makes the channels of a preset and a key: one for each address, as each may fail by itself. A deleted channel's name is
 * free again, and with it comes its row.
 * @param publicKey the half of BRIDGE_SEALING_KEY that seals
 * @throws CatalogError
 */
export async function createChannels(
  prisma: PrismaClient,
  form: NewChannel,
  publicKey: string,
  actor: CatalogActor,
): Promise<readonly MadeChannel[]> {
  const { preset, name: wanted, credential, endpoints: _, ...settings } = form;
  const endpoints = endpointsOf(form);
  return inCatalogTransaction(prisma, async (session) => {
    const taken = await namesInUse(session);
    const suffixes = endpoints.map(({ protocols }) => (endpoints.length === 1 ? '' : nameSuffix(protocols[0])));
    const name = wanted ?? freeName(preset, suffixes, taken);
    const made: MadeChannel[] = [];
    for (const [index, endpoint] of endpoints.entries()) {
      const hasCredential = credential !== undefined;
      const own = { name: `${name}${suffixes[index]}`, preset, ...endpoint, hasCredential };
      if (own.name.length > maxNameLength) throw new CatalogError('channel_invalid', 'the name is too long', 'name');
      if (taken.has(own.name)) throw new CatalogError('channel_name_taken', 'expected a name that is free', 'name');
      taken.add(own.name);
      const columns = formColumns({ ...settings, ...own });
      await requireKnownPlaces(session, columns);
      made.push(await writeNew(session, { ...columns, origin: 'console' }, credential, publicKey, actor));
    }
    return made;
  });
}

type NewColumns = ReturnType<typeof formColumns> & { readonly origin: 'console' };

async function writeNew(
  session: PrismaSession,
  columns: NewColumns,
  credential: string | undefined,
  publicKey: string,
  actor: CatalogActor,
): Promise<MadeChannel> {
  const { name, baseUrl } = columns;
  const before = await session.channel.findUnique({ where: { name }, select: { id: true } });
  const id = before?.id ?? newId('chn');
  const credentialSealed =
    credential === undefined ? null : sealCredential(publicKey, { channelId: id, baseUrl }, credential);
  const data = {
    ...columns,
    timeouts: { ...columns.timeouts },
    credentialSealed,
    deletedAt: null,
    drainingSince: null,
  };
  if (before) await session.channel.update({ where: { id }, data });
  else await session.channel.create({ data: { id, ...data } });
  await writeAudit(session, actor, 'channel.create', id, {
    ...{ name, preset: columns.preset, baseUrl, protocols: columns.protocols, ...limitDetail(columns) },
    hasCredential: credential !== undefined,
  });
  return { id, name };
}

async function namesInUse(session: PrismaSession): Promise<Set<string>> {
  const rows = await session.channel.findMany({ where: { deletedAt: null }, select: { name: true } });
  return new Set(rows.map(({ name }) => name));
}

function freeName(base: string, suffixes: readonly string[], taken: ReadonlySet<string>): string {
  for (let number = 1; number <= maxNumber; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!suffixes.some((suffix) => taken.has(`${name}${suffix}`))) return name;
  }
  throw new CatalogError('channel_name_taken', 'expected a name that is free', 'name');
}
