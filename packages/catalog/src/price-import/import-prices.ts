import { createHash } from 'node:crypto';
import type { Prisma, PrismaClient, PrismaSession } from '@ai-bridge/db';
import { newId } from '@ai-bridge/domain';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';
import { grouped } from '../grouped.ts';
import { beginningAt } from '../prices/beginning.ts';
import { figuresOfRow } from '../prices/figures.ts';
import { rowInForce } from '../prices/in-force.ts';
import { datesOfOwnPrice } from '../prices/list-source.ts';
import { figuresChange, nextVersion, type PriceRow } from '../prices/set-price.ts';
import { providerOfModel } from '../provider-of-model.ts';
import { diffRow, type ImportRow } from './diff.ts';
import type { FileProblem, FileRow } from './price-file.ts';
import { readPriceFile } from './read-price-file.ts';

/** A price list as somebody hands it in. */
export interface PriceListFile {
  readonly text: string;
  /** What prices name as their source, with the line. */
  readonly fileName: string;
  /** Undefined: now. */
  readonly validFrom: Date | undefined;
}

/** What an import would do. */
export interface ImportPlan {
  readonly rows: readonly ImportRow[];
  /** What they are about is left out. */
  readonly problems: readonly FileProblem[];
  readonly unknownFields: readonly string[];
  /** Of what is shown: handed back to apply just that. */
  readonly digest: string;
}

/** Reads a price list and compares it with the prices in force at its date. Changes nothing. @throws CatalogError date_invalid */
export async function planImport(session: PrismaSession, file: PriceListFile, now: Date): Promise<ImportPlan> {
  const { plan } = await compare(session, file, now);
  return plan;
}

export interface ImportChoice {
  /** Of the plan that was looked at. */
  readonly digest: string;
  /** Models to leave as they are. */
  readonly skip: readonly string[];
  /** Models whose price really is to jump. */
  readonly acceptJumps: readonly string[];
}

/**
 * Applies a price list, all of what was chosen or nothing. What is in force already is not written again, so that the same file twice
 * changes nothing. Every price names its file and line.
 * @returns how many prices and models were added
 * @throws CatalogError import_invalid, import_changed (prices are others than in the plan), import_jump_unconfirmed, date_invalid
 */
export async function importPrices(
  prisma: PrismaClient,
  file: PriceListFile,
  choice: ImportChoice,
  now: Date,
  actor: CatalogActor,
): Promise<{ readonly prices: number; readonly models: number }> {
  return inCatalogTransaction(prisma, async (session) => {
    const { plan, entries, prices, validFrom } = await compare(session, file, now);
    if (plan.rows.length === 0)
      throw new CatalogError('import_invalid', 'expected a list with a model that can be read');
    const skipped = new Set(choice.skip);
    const chosen = plan.rows.filter((row) => isWritten(row) && !skipped.has(row.modelId));
    if (chosen.length === 0) return { prices: 0, models: 0 };
    if (plan.digest !== choice.digest) throw new CatalogError('import_changed', 'prices have changed meanwhile');
    const accepted = new Set(choice.acceptJumps);
    const jump = chosen.find((row) => row.isJump && !accepted.has(row.modelId));
    if (jump) throw new CatalogError('import_jump_unconfirmed', 'expected a word that it is meant', jump.modelId);
    const created = chosen.filter(({ status }) => status === 'new_model');
    const models = created.flatMap(({ modelId }) => modelOf(entries.get(modelId)));
    const added = chosen.flatMap((row) => newRows(row, prices.get(row.modelId) ?? [], file.fileName, validFrom));
    await session.model.createMany({ data: models });
    await session.price.createMany({ data: added });
    await writeRows(session, actor, { created, chosen, added, prices });
    const [fileName, sha256] = [file.fileName, createHash('sha256').update(file.text).digest('hex')];
    const counts = { prices: chosen.length, models: models.length };
    await writeAudit(session, actor, 'price.import', 'catalog', {
      ...{ fileName, sha256, validFrom: validFrom.toISOString() },
      ...counts,
    });
    return counts;
  });
}

async function compare(session: PrismaSession, file: PriceListFile, now: Date) {
  const validFrom = beginningAt(file.validFrom, now);
  const { rows, problems, unknownFields } = readPriceFile(file.text, file.fileName);
  const ids = rows.map(({ modelId }) => modelId);
  const [models, stored] = await Promise.all([
    session.model.findMany({ where: { id: { in: ids } }, select: { id: true, fileFields: true } }),
    session.price.findMany({ where: { modelId: { in: ids } } }),
  ]);
  const prices = grouped(stored, ({ modelId }) => modelId);
  const known = new Map(
    models.map(({ id, fileFields }) => {
      const figures = figuresAt(prices.get(id) ?? [], validFrom);
      return [id, { figures, isOwnedByFile: fileFields.includes('price') }];
    }),
  );
  const diff = rows.map((row) => diffRow(row, known.get(row.modelId)));
  const plan: ImportPlan = { rows: diff, problems, unknownFields, digest: digestOf(diff) };
  const entries = new Map(rows.map((row) => [row.modelId, row]));
  return { plan, entries, prices, validFrom };
}

function figuresAt(rows: readonly PriceRow[], at: Date) {
  const row = rowInForce(rows, at);
  return row && figuresOfRow(row);
}

function digestOf(rows: readonly ImportRow[]): string {
  const text = JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
  return createHash('sha256').update(text).digest('hex');
}

/** An entry's price as rows: one, and another for each change that the shipped list announces, which it outlasts. */
function newRows(
  { modelId, line, next: figures }: ImportRow,
  stored: readonly PriceRow[],
  fileName: string,
  validFrom: Date,
): ReturnType<typeof nextVersion>[] {
  if (!figures) return [];
  const source = `${fileName}, line ${line}`;
  const first = nextVersion(stored, { modelId, figures, validFrom, source });
  return datesOfOwnPrice(stored, validFrom).map((from, index) =>
    index === 0 ? first : { ...first, id: newId('prc'), version: first.version + index, validFrom: from },
  );
}

function isWritten({ status }: ImportRow): boolean {
  return status === 'new_model' || status === 'new_price' || status === 'changed';
}

function modelOf(row: FileRow | undefined) {
  if (!row) return [];
  const { modelId: id, provider, displayName, contextTokens, maxOutputTokens } = row;
  const named = { provider: provider ?? providerOfModel(id), displayName: displayName ?? id };
  return [{ id, ...named, contextTokens: contextTokens ?? null, maxOutputTokens: maxOutputTokens ?? null }];
}

interface WrittenRows {
  readonly created: readonly ImportRow[];
  readonly chosen: readonly ImportRow[];
  readonly added: readonly ReturnType<typeof nextVersion>[];
  /** What the models had before, by model. */
  readonly prices: ReadonlyMap<string, readonly PriceRow[]>;
}

/** An audit row for each model and price, as if they had been entered one by one. */
async function writeRows(
  session: PrismaSession,
  { kind: actorKind, userId, address, requestId }: CatalogActor,
  { created, chosen, added, prices }: WrittenRows,
): Promise<void> {
  const figures = new Map(chosen.map(({ modelId, next }) => [modelId, next]));
  const actor = { actorKind, actorUserId: userId ?? null, address: address ?? null, requestId: requestId ?? null };
  const detailOf = ({ id, version, validFrom, source, modelId }: (typeof added)[number]): Prisma.InputJsonObject => {
    const next = figures.get(modelId);
    const change = next && figuresChange(prices.get(modelId) ?? [], next, validFrom);
    return { priceId: id, version, validFrom: validFrom.toISOString(), source, ...change };
  };
  const data = [
    ...created.map(({ modelId }) => ({ ...actor, action: 'model.create', target: modelId })),
    ...added.map((price) => ({ ...actor, action: 'price.add', target: price.modelId, detail: detailOf(price) })),
  ];
  await session.auditLog.createMany({ data });
}
