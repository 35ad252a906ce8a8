import type { Prisma, PrismaClient, PrismaSession } from '@ai-bridge/db';
import { z } from 'zod';
import type { CatalogActor } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { defaultPool, poolSchema, proxyNameSchema } from './columns.ts';
import { readProxyUrl } from './proxy-url.ts';
import { type ProxyRow, type ProxyUrl, removeProxy, writeProxy } from './write-proxy.ts';

const maxUrlCharacters = 2_000;

/** A proxy as a form gives it. Without a URL a proxy that is there keeps its own: it is never shown again. */
export const proxyInputSchema = z.strictObject({
  name: proxyNameSchema,
  pool: poolSchema.default(defaultPool),
  url: z.string().trim().min(1).max(maxUrlCharacters).optional(),
  allowPrivate: z.boolean().default(false),
  enabled: z.boolean().default(true),
});

export type ProxyInput = z.input<typeof proxyInputSchema>;

/** What the verbs need besides their input. */
export interface ProxyChange {
  readonly input: ProxyInput;
  /** The half of BRIDGE_SEALING_KEY that seals and cannot open. */
  readonly sealingPublicKey: string;
  readonly actor: CatalogActor;
}

/** Adds a proxy. Returns its id. Throws CatalogError: proxy_invalid, proxy_name_taken. */
export function createProxy(prisma: PrismaClient, change: ProxyChange): Promise<string> {
  return inCatalogTransaction(prisma, async (session) => {
    const { columns, url } = readInput(change.input);
    if (!url) throw new CatalogError('proxy_invalid', 'expected a URL', 'url');
    await refuseTakenName(session, columns.name);
    return writeProxy(session, undefined, { columns, url, sealingPublicKey: change.sealingPublicKey }, change.actor);
  });
}

/**
 * Replaces all that can be set on a proxy of the console; its URL stays unless another is given.
 * @throws CatalogError not_found, proxy_owned_by_file, proxy_invalid, proxy_name_taken
 */
export async function updateProxy(prisma: PrismaClient, id: string, change: ProxyChange): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => {
    const row = await findOwn(session, id);
    const { columns, url } = readInput(change.input);
    const stored = `${row.scheme}://${row.host}`;
    if (!url) readUrl(stored, columns.allowPrivate);
    if (columns.name !== row.name) await refuseTakenName(session, columns.name);
    await writeProxy(session, row, { columns, url, sealingPublicKey: change.sealingPublicKey }, change.actor);
  });
}

/** Takes a proxy of the console away. Channels of a pool that is left without one have no way out. Throws CatalogError: not_found, proxy_owned_by_file. */
export async function deleteProxy(prisma: PrismaClient, id: string, actor: CatalogActor): Promise<void> {
  await inCatalogTransaction(prisma, async (session) => removeProxy(session, await findOwn(session, id), actor));
}

async function findOwn(session: Prisma.TransactionClient, id: string): Promise<ProxyRow> {
  const row = await session.egressProxy.findUnique({ where: { id } });
  if (!row) throw new CatalogError('not_found', 'no such proxy');
  if (row.origin === 'config')
    throw new CatalogError('proxy_owned_by_file', `${row.name} is made by the configuration file: change it there`);
  return row;
}

function readInput(input: ProxyInput) {
  const parsed = proxyInputSchema.safeParse(input);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new CatalogError('proxy_invalid', issue?.message ?? 'not readable', issue?.path.join('.'));
  }
  const { url, ...columns } = parsed.data;
  const read = url === undefined ? undefined : readUrl(url, columns.allowPrivate);
  return { columns: { ...columns, origin: 'console' as const }, url: read };
}

function readUrl(text: string, allowPrivate: boolean): ProxyUrl {
  const read = readProxyUrl(text, allowPrivate);
  if ('problem' in read) throw new CatalogError('proxy_invalid', read.problem, 'url');
  return read;
}

async function refuseTakenName(session: PrismaSession, name: string): Promise<void> {
  const taken = await session.egressProxy.findUnique({ where: { name }, select: { id: true } });
  if (taken) throw new CatalogError('proxy_name_taken', 'expected a name that no other proxy has', 'name');
}
