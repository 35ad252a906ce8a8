import { modelInputs } from '@ai-bridge/domain';
import { z } from 'zod';
import { maxAliases, modelName } from '../models/console-models.ts';
import { settingsSchema } from '../settings.ts';
import { planPriceSchema, priceSchema } from './amounts.ts';
import { channelSchema } from './channel-section.ts';
import { proxySchema } from './egress-section.ts';
import { groupSchema } from './group-section.ts';

const id = z.string().trim().min(1).max(200);
const maxPlanTokens = 1_000_000_000_000;
const maxFallbacks = 10;

const modelSchema = z
  .strictObject({
    id,
    /** Known models have one; guessed from the id for others. */
    provider: z.string().min(1).max(32).optional(),
    displayName: z.string().trim().min(1).max(100).optional(),
    contextTokens: z.int().min(1).optional(),
    maxOutputTokens: z.int().min(1).optional(),
    /** What it takes: requests with what it is said not to take are refused, or go past it. Null: not known. */
    capabilities: z.partialRecord(z.enum(modelInputs), z.boolean().nullable()).optional(),
    /** Without one, the model keeps the price it has. */
    price: priceSchema.optional(),
    /** Other names that it answers to; replaces the list the model had. */
    aliases: z.array(modelName).max(maxAliases).optional(),
    /** Public ids, tried in this order; replaces the list the model had. */
    fallback: z.array(id).max(maxFallbacks).optional(),
    enabled: z.boolean().optional(),
  })
  .refine((model) => !model.fallback?.includes(model.id), {
    path: ['fallback'],
    error: 'expected other models than the model itself',
  });

const moment = z.iso
  .datetime({ offset: true, error: 'expected a time such as "2026-12-01T00:00:00Z"' })
  .transform((text) => new Date(text));

const planSchema = z
  .strictObject({
    id,
    /** What customers read; its id where there is none. */
    displayName: z.string().trim().min(1).max(100).optional(),
    tokens: z.int().min(1).max(maxPlanTokens),
    bonusTokens: z.int().min(0).max(maxPlanTokens).optional(),
    price: planPriceSchema,
    /** On sale from, and until: always and for ever where they are not given. */
    activeFrom: moment.optional(),
    activeUntil: moment.optional(),
  })
  .refine(({ activeFrom, activeUntil }) => !activeFrom || !activeUntil || activeFrom < activeUntil, {
    path: ['activeUntil'],
    error: 'expected a time after activeFrom',
  });

export type ModelConfig = z.output<typeof modelSchema>;
export type PlanConfig = z.output<typeof planSchema>;

/** The sections of a config file that the catalog owns. */
export const catalogSections = {
  groups: unique(z.array(groupSchema), 'id').optional(),
  channels: unique(z.array(channelSchema), 'name').optional(),
  egress: unique(z.array(proxySchema), 'name').optional(),
  models: unique(z.array(modelSchema), 'id').optional(),
  plans: unique(z.array(planSchema), 'id').optional(),
  settings: settingsSchema.optional(),
};

export type CatalogConfig = z.output<z.ZodObject<typeof catalogSections>>;

/** The same list, in which no two entries may share a field's value. */
function unique<Field extends string, Entry extends z.ZodType<Record<Field, string>>>(
  list: z.ZodArray<Entry>,
  field: Field,
) {
  return list.superRefine((entries, context) => {
    const seen = new Set<string>();
    entries.forEach((entry, index) => {
      if (seen.has(entry[field]))
        context.addIssue({ code: 'custom', path: [index, field], message: `expected a ${field} that is used once` });
      seen.add(entry[field]);
    });
  });
}
