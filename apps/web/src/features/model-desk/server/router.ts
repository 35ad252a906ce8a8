import {
  changePrice,
  importPrices,
  listModels,
  listPrices,
  modelChangeSchema,
  planImport,
  priceSchema,
  updateModel,
  withdrawPrice,
  writePriceCsv,
} from '@ai-bridge/catalog';
import { z } from 'zod';
import { previewChange } from '#features/charge-preview/server/preview-change.ts';
import { refuse } from '#server/errors.ts';
import { router, staffOnly } from '#server/trpc.ts';
import { importView } from './import-view.ts';
import { readModelAudit } from './model-audit.ts';

const modelId = z.string().min(1).max(200);
/** Undefined: now. */
const validFrom = z.date().optional();
const maxImportModels = 5_000;
const file = z.object({
  /** The package counts its bytes. */
  text: z.string().max(1_000_000),
  fileName: z.string().trim().min(1).max(120),
  validFrom,
});
const ids = z.array(modelId).max(maxImportModels);

export const modelDeskRouter = router({
  /** Every model, sold or not, with the price in force and the channels that serve it. */
  list: staffOnly('price.read').query(({ ctx: { deps } }) => listModels(deps.prisma, new Date(deps.clock.now()))),

  read: staffOnly('price.read')
    .input(z.object({ modelId }))
    .query(async ({ ctx: { deps }, input }) => {
      const now = new Date(deps.clock.now());
      const models = await listModels(deps.prisma, now);
      const model = models.find(({ id }) => id === input.modelId);
      if (!model) throw refuse('not_found');
      const [prices, changes] = await Promise.all([
        listPrices(deps.prisma, model.id, now),
        readModelAudit(deps.prisma, model.id),
      ]);
      const known = models.map(({ id, displayName, enabled }) => ({ id, displayName, enabled }));
      return { model, prices, changes, known };
    }),

  update: staffOnly('price.manage')
    .input(modelChangeSchema.extend({ modelId }))
    .mutation(({ ctx: { deps, actor }, input: { modelId: id, ...change } }) =>
      updateModel(deps.prisma, id, change, actor),
    ),

  previewPrice: staffOnly('price.read')
    .input(z.object({ modelId, price: priceSchema }))
    .query(({ ctx: { deps }, input }) => previewChange(deps, { prices: [{ modelId: input.modelId, ...input.price }] })),

  changePrice: staffOnly('price.manage')
    .input(z.object({ modelId, price: priceSchema, validFrom }))
    .mutation(({ ctx: { deps, actor }, input }) => {
      const change = { modelId: input.modelId, figures: input.price, validFrom: input.validFrom };
      return changePrice(deps.prisma, change, new Date(deps.clock.now()), actor);
    }),

  withdrawPrice: staffOnly('price.manage')
    .input(z.object({ priceId: z.string().min(1).max(64) }))
    .mutation(({ ctx: { deps, actor }, input }) =>
      withdrawPrice(deps.prisma, input.priceId, new Date(deps.clock.now()), actor),
    ),

  /** The prices in force as a table, to be changed and imported again. */
  exportPrices: staffOnly('price.read').query(async ({ ctx: { deps } }) => {
    const models = await listModels(deps.prisma, new Date(deps.clock.now()));
    return writePriceCsv(
      models.flatMap(({ id, provider, price }) => (price?.figures ? [{ id, provider, price: price.figures }] : [])),
    );
  }),

  /** What an import would change, and what it would have made of the last 30 days. A mutation only as its input is large: it writes nothing. */
  planImport: staffOnly('price.manage')
    .input(file)
    .mutation(async ({ ctx: { deps }, input }) => {
      const plan = await planImport(deps.prisma, { ...input, validFrom: input.validFrom }, new Date(deps.clock.now()));
      const written = plan.rows.filter(({ status }) => status === 'changed' || status === 'new_price');
      const prices = written.flatMap(({ modelId: id, next }) => (next ? [{ modelId: id, ...next }] : []));
      return importView(plan, await previewChange(deps, { prices }));
    }),

  applyImport: staffOnly('price.manage')
    .input(file.extend({ digest: z.string().length(64), skip: ids, acceptJumps: ids }))
    .mutation(({ ctx: { deps, actor }, input: { text, fileName, validFrom: from, ...choice } }) =>
      importPrices(deps.prisma, { text, fileName, validFrom: from }, choice, new Date(deps.clock.now()), actor),
    ),
});
