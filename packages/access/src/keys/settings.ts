import { limitsSchema, spendLimitSchema } from '@ai-bridge/domain';
import { z } from 'zod';
import { AccessError } from '../access-error.ts';
import { addressBlockSchema } from '../addresses.ts';
import { maxNameLength } from '../names.ts';

const maxModels = 200;
const maxAddresses = 50;
const maxModelLength = 200;

/** What can be set on a key, besides its secret: shared by web forms, the REST API and config files. */
export const keySettingsShape = {
  name: z.string().trim().min(1).max(maxNameLength),
  /** Customer group, for multipliers and channel choice. */
  group: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,31}$/, { error: 'expected 1 to 32 of a-z, 0-9, - and _' })
    .optional(),
  /** Public model ids; none = all. */
  models: z.array(z.string().min(1).max(maxModelLength)).max(maxModels).optional(),
  /** IP addresses or CIDR blocks; none = anywhere. */
  allowedAddresses: z.array(addressBlockSchema).max(maxAddresses).optional(),
  limits: limitsSchema.optional(),
};

export const keySettingsSchema = z.strictObject({
  ...keySettingsShape,
  /** Never answer with another model than the one asked for. */
  strict: z.boolean().optional(),
  /** nano-USD in a UTC day, and in a UTC month; none = as much as there is. */
  spendPerDayNanoUsd: spendLimitSchema.optional(),
  spendPerMonthNanoUsd: spendLimitSchema.optional(),
  expiresAt: z.date().optional(),
});

/** What can be changed on a key: all but its group, which decides what is paid. */
export const keyChangeSchema = keySettingsSchema.omit({ group: true });
export type KeyChange = z.output<typeof keyChangeSchema>;

export type KeySettings = z.output<typeof keySettingsSchema>;

/** Checked settings as columns of api_key. Throws AccessError('settings_invalid') with the path of what is wrong. */
export function keyColumns(settings: KeySettings) {
  const checked = keySettingsSchema.safeParse(settings);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new AccessError('settings_invalid', issue?.message ?? 'not understood', issue?.path.join('.') || undefined);
  }
  const { name, group, models, allowedAddresses, limits, strict, expiresAt } = checked.data;
  const { spendPerDayNanoUsd, spendPerMonthNanoUsd } = checked.data;
  return {
    name,
    group: group ?? 'default',
    models: [...new Set(models)],
    allowedAddresses: [...new Set(allowedAddresses)],
    limits: limits ?? {},
    strict: strict ?? false,
    expiresAt: expiresAt ?? null,
    spendPerDayNanoUsd: spendPerDayNanoUsd ?? null,
    spendPerMonthNanoUsd: spendPerMonthNanoUsd ?? null,
  };
}
