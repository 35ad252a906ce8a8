import { limitsSchema, spendUsdShape } from '@ai-bridge/domain';
import { z } from 'zod';
import { importableKey } from '../keys/create.ts';
import { isWellFormedKey } from '../keys/format.ts';
import { keySettingsShape } from '../keys/settings.ts';
import { maxNameLength } from '../names.ts';
import { normalizeEmail } from '../people/email.ts';
import { maxPasswordLength, minPasswordLength } from '../people/password.ts';

/** Plan tokens that one file line may give: far above any use, far below where bigint columns end. */
const maxGrantTokens = 1_000_000_000_000;

const ownerSchema = z.strictObject({
  email: z.string().transform((text, context) => {
    const email = normalizeEmail(text);
    if (email !== undefined) return email;
    context.addIssue({ code: 'custom', message: 'expected an e-mail address such as name@example.com' });
    return z.NEVER;
  }),
  /** Used when the user is made; later the user's own password stays. Without one, nobody can sign in yet. */
  password: z.string().min(minPasswordLength).max(maxPasswordLength).optional(),
});

const keySchema = z.strictObject({
  ...keySettingsShape,
  ...spendUsdShape,
  secret: z.string().refine(isWellFormedKey, { error: importableKey }),
  /** false: a strict key, never another model than the one asked for */
  fallback: z.boolean().optional(),
});

const organizationSchema = z.strictObject({
  /** Identifies the organization from one start to the next. */
  name: z.string().trim().min(1).max(maxNameLength),
  owner: ownerSchema.optional(),
  /** Given once, however often the file is applied. */
  grantTokens: z.int().min(0).max(maxGrantTokens).optional(),
  limits: limitsSchema.optional(),
  keys: z.array(keySchema).optional(),
});

export type OrganizationConfig = z.output<typeof organizationSchema>;

/** The `organizations` section of a config file; the file's parser takes it in. */
export const organizationsSection = z
  .array(organizationSchema)
  .superRefine((organizations, context) => {
    const names = new Set<string>();
    const secrets = new Set<string>();
    organizations.forEach((organization, index) => {
      if (names.has(organization.name))
        context.addIssue({ code: 'custom', path: [index, 'name'], message: 'expected a name that is used once' });
      names.add(organization.name);
      organization.keys?.forEach(({ secret }, keyIndex) => {
        const path = [index, 'keys', keyIndex, 'secret'];
        if (secrets.has(secret))
          context.addIssue({ code: 'custom', path, message: 'expected a secret that is used once' });
        secrets.add(secret);
      });
    });
  })
  .optional();
