import { isDeepStrictEqual } from 'node:util';
import { columnChanges, type PrismaSession } from '@ai-bridge/db';
import { type ModelInput, modelInputs } from '@ai-bridge/domain';
import { type CatalogActor, writeAudit } from '../audit.ts';
import { takenNames } from '../models/console-models.ts';
import { type TakesColumns, takesColumns } from '../models/takes.ts';
import { setPrice } from '../prices/set-price.ts';
import { providerOfModel } from '../provider-of-model.ts';
import { ConfigError } from './config-error.ts';
import type { ModelConfig } from './sections.ts';

interface Options {
  readonly fileName: string;
  readonly now: Date;
  readonly actor: CatalogActor;
}

type ModelRow = NonNullable<Awaited<ReturnType<PrismaSession['model']['findUnique']>>>;

/** Makes models and prices what the file says. What it does not name of a model stays, and is the staff's. */
export async function applyModels(
  session: PrismaSession,
  models: readonly ModelConfig[],
  { fileName, now, actor }: Options,
): Promise<void> {
  await releaseOthers(session, models, actor);
  if (models.length === 0) return;
  const rows = new Map((await session.model.findMany()).map((row) => [row.id, row]));
  refuseTakenNames(models, [...rows.values()], fileName);
  refuseUnknownFallbacks(models, new Set([...rows.keys(), ...models.map(({ id }) => id)]), fileName);
  const ids = models.filter(({ price }) => price !== undefined).map(({ id }) => id);
  const prices = await session.price.findMany({ where: { modelId: { in: ids } } });
  for (const model of models) {
    await applyModel(session, model, rows.get(model.id), actor);
    if (!model.price) continue;
    const price = { modelId: model.id, figures: model.price, source: 'config file', validFrom: now };
    const stored = prices.filter(({ modelId }) => modelId === model.id);
    await setPrice(session, stored, price, actor);
  }
}

/** A name is one model's: of this file, or of what the file does not speak of. */
function refuseTakenNames(models: readonly ModelConfig[], rows: readonly ModelRow[], fileName: string): void {
  const after = new Map(rows.map(({ id, aliases }) => [id, { id, aliases }]));
  for (const { id, aliases } of models) after.set(id, { id, aliases: aliases ?? after.get(id)?.aliases ?? [] });
  const problems = models.flatMap(({ id, aliases = [] }, index) => {
    const taken = takenNames([...after.values()].filter((other) => other.id !== id));
    return aliases.flatMap((alias, at) =>
      taken.has(alias) || alias === id || aliases.indexOf(alias) !== at
        ? [{ path: `models[${index}].aliases[${at}]`, message: 'expected a name that no model has' }]
        : [],
    );
  });
  if (problems.length > 0) throw new ConfigError(fileName, problems);
}

function refuseUnknownFallbacks(models: readonly ModelConfig[], known: ReadonlySet<string>, fileName: string): void {
  const problems = models.flatMap(({ fallback = [] }, index) =>
    fallback.flatMap((id, at) =>
      known.has(id)
        ? []
        : [{ path: `models[${index}].fallback[${at}]`, message: 'expected a model of this file or of the price list' }],
    ),
  );
  if (problems.length > 0) throw new ConfigError(fileName, problems);
}

async function applyModel(
  session: PrismaSession,
  model: ModelConfig,
  row: ModelRow | undefined,
  actor: CatalogActor,
): Promise<void> {
  const { id } = model;
  const columns = {
    provider: model.provider ?? row?.provider ?? providerOfModel(id),
    displayName: model.displayName ?? row?.displayName ?? id,
    contextTokens: model.contextTokens ?? row?.contextTokens ?? null,
    maxOutputTokens: model.maxOutputTokens ?? row?.maxOutputTokens ?? null,
    ...takesNamed(model, row),
    aliases: model.aliases ?? row?.aliases ?? [],
    fallback: model.fallback ?? row?.fallback ?? [],
    enabled: model.enabled ?? row?.enabled ?? true,
    fileFields: fieldsNamed(model),
  };
  if (row) {
    const { id: _, createdAt: __, ...stored } = row;
    if (isDeepStrictEqual(stored, columns)) return;
    await session.model.update({ where: { id }, data: columns });
  } else await session.model.create({ data: { id, ...columns } });
  await writeAudit(session, actor, row ? 'model.update' : 'model.create', id, { changed: columnChanges(row, columns) });
}

const fields = [
  ...(['provider', 'displayName', 'contextTokens', 'maxOutputTokens'] as const),
  ...(['price', 'aliases', 'fallback', 'enabled'] as const),
];

/** What the file says of a model, in one order. */
function fieldsNamed(model: ModelConfig): string[] {
  const inputs = modelInputs.filter((input) => model.capabilities?.[input] !== undefined);
  return [...fields.filter((field) => model[field] !== undefined), ...inputs.map((input) => takesColumns[input])];
}

/** What the model takes, by the file or else as it was. */
function takesNamed({ capabilities }: ModelConfig, row: ModelRow | undefined): TakesColumns {
  const named = (input: ModelInput) => {
    const said = capabilities?.[input];
    return said === undefined ? (row?.[takesColumns[input]] ?? null) : said;
  };
  return { takesImages: named('images'), takesTools: named('tools'), takesDocuments: named('documents') };
}

/** A model that left the file keeps what it has, and may be changed by staff again. */
async function releaseOthers(
  session: PrismaSession,
  models: readonly ModelConfig[],
  actor: CatalogActor,
): Promise<void> {
  const where = { fileFields: { isEmpty: false }, id: { notIn: models.map(({ id }) => id) } };
  for (const { id } of await session.model.findMany({ where, select: { id: true } })) {
    await session.model.update({ where: { id }, data: { fileFields: [] } });
    await writeAudit(session, actor, 'model.release', id);
  }
}
