import type { PrismaClient, PrismaSession } from '@ai-bridge/db';
import { z } from 'zod';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { CatalogError } from '../catalog-error.ts';
import { inCatalogTransaction } from '../catalog-transaction.ts';

const maxFallbacks = 10;
/** Most names beside its id that a model answers to. */
export const maxAliases = 20;
/** What a model may be called: printable, without blanks. */
export const modelName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[!-~]+$/);
const maxTokens = 100_000_000;
const tokens = z.int().min(1).max(maxTokens).nullable();

/** What staff may change of a model, each by itself; its prices have dates (`changePrice`). */
export const modelChangeSchema = z.strictObject({
  displayName: z.string().trim().min(1).max(100).optional(),
  contextTokens: tokens.optional(),
  maxOutputTokens: tokens.optional(),
  /** Null: not known, and let through. */
  takesImages: z.boolean().nullable().optional(),
  takesTools: z.boolean().nullable().optional(),
  takesDocuments: z.boolean().nullable().optional(),
  /** Other names that it answers to. */
  aliases: z.array(modelName).max(maxAliases).optional(),
  /** Public ids, tried in this order. */
  fallback: z.array(z.string().min(1).max(200)).max(maxFallbacks).optional(),
  /** Off: nobody sees it, and requests for it are refused. */
  enabled: z.boolean().optional(),
});
export type ModelChange = z.output<typeof modelChangeSchema>;
export type ModelField = keyof ModelChange | 'price';

/** @throws CatalogError not_found, model_owned_by_file, model_invalid */
export async function updateModel(
  prisma: PrismaClient,
  id: string,
  change: ModelChange,
  actor: CatalogActor,
): Promise<void> {
  const fields = (Object.keys(change) as (keyof ModelChange)[]).filter((field) => change[field] !== undefined);
  await inCatalogTransaction(prisma, async (session) => {
    const row = await changeableModel(session, id, ...fields);
    if (change.fallback) await requireFallbacks(session, id, change.fallback);
    if (change.aliases) await requireFreeNames(session, id, change.aliases);
    const to = Object.fromEntries(fields.map((field) => [field, change[field]]));
    const from = Object.fromEntries(fields.map((field) => [field, row[field]]));
    if (JSON.stringify(from) === JSON.stringify(to)) return;
    await session.model.update({ where: { id }, data: to });
    await writeAudit(session, actor, 'model.update', id, { from, to } as Parameters<typeof writeAudit>[4]);
  });
}

/** A model of which the console may change these fields. @throws CatalogError not_found, model_owned_by_file */
export async function changeableModel(session: PrismaSession, id: string, ...fields: readonly ModelField[]) {
  const row = await session.model.findUnique({ where: { id } });
  if (!row) throw new CatalogError('not_found', 'no such model');
  const owned = fields.find((field) => row.fileFields.includes(field));
  if (owned) throw new CatalogError('model_owned_by_file', 'the configuration file says it', owned);
  return row;
}

async function requireFallbacks(session: PrismaSession, id: string, fallback: readonly string[]): Promise<void> {
  const known = await session.model.count({ where: { id: { in: [...fallback] } } });
  if (known === fallback.length && new Set(fallback).size === fallback.length && !fallback.includes(id)) return;
  throw new CatalogError('model_invalid', 'expected other models that exist, each once', 'fallback');
}

async function requireFreeNames(session: PrismaSession, id: string, aliases: readonly string[]): Promise<void> {
  const taken = takenNames(await session.model.findMany({ where: { id: { not: id } } }));
  const free = aliases.every((alias) => alias !== id && !taken.has(alias));
  if (free && new Set(aliases).size === aliases.length) return;
  throw new CatalogError('model_invalid', 'expected names that no model has, each once', 'aliases');
}

/** What these models are called, by id or otherwise. */
export function takenNames(
  models: readonly { readonly id: string; readonly aliases: readonly string[] }[],
): Set<string> {
  return new Set(models.flatMap(({ id, aliases }) => [id, ...aliases]));
}
