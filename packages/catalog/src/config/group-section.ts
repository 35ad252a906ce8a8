import { listBasisPoints } from '@ai-bridge/domain';
import { z } from 'zod';
import { defaultGroup } from '../channels/columns.ts';
import { parseMultiplier } from '../groups/multiplier.ts';

/** A group's id, as keys and channels name it. */
export const groupId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,31}$/, { error: 'expected 1 to 32 of a-z, 0-9, dot, - and _' });

/** A decimal factor of list prices, as basis points: "0.8" -> 8000. */
const multiplierSchema = z
  .union([z.number(), z.string()], { error: 'expected a factor such as "0.8"' })
  .transform((value, context) => {
    const basisPoints = parseMultiplier(String(value));
    if (basisPoints !== undefined) return basisPoints;
    context.addIssue({ code: 'custom', message: 'expected a factor from 0 to 100 with at most 4 decimals' });
    return z.NEVER;
  });

/** One entry of `groups`. What it leaves out is the default's, whatever the group had before. */
export const groupSchema = z
  .strictObject({
    id: groupId,
    displayName: z.string().trim().min(1).max(64).optional(),
    multiplier: multiplierSchema.optional(),
    /** Public ids that its keys see; without it, all that its channels serve. */
    models: z
      .array(z.string().trim().min(1).max(200))
      .min(1, { error: 'expected at least one model, or no list for all of them' })
      .optional(),
    enabled: z.boolean().optional(),
    /** Customers may choose it for their keys. */
    offered: z.boolean().optional(),
  })
  .transform(({ id, displayName, multiplier, models, enabled, offered }) => ({
    id,
    displayName: displayName ?? id.charAt(0).toUpperCase() + id.slice(1),
    multiplierBasisPoints: multiplier ?? listBasisPoints,
    models: models ?? [],
    enabled: enabled ?? true,
    offered: offered ?? id === defaultGroup,
  }));

export type GroupConfig = z.output<typeof groupSchema>;
