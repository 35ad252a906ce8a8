import type { ApiKeyView } from '@ai-bridge/access';
import { limitsSchema } from '@ai-bridge/domain';
import { z } from 'zod';
import { route } from './route.ts';
import { id, nanoUsd, time } from './shapes.ts';

const maxNameLength = 64;

const key = z
  .object({
    ...{ id, name: z.string(), prefix: z.string(), last4: z.string(), group: z.string() },
    /** Requests a minute; null: no limit of its own. */
    rateLimit: z.int().nullable(),
    ...{ models: z.array(z.string()), strict: z.boolean(), disabled: z.boolean() },
    ...{ createdAt: time, lastUsedAt: time.nullable(), expiresAt: time.nullable() },
  })
  .meta({ id: 'ApiKey' });
const params = z.strictObject({ keyId: id });
const switched = z.object({ id, disabled: z.boolean() });

export const keyRoutes = [
  route({
    ...{ method: 'POST', path: '/keys', name: 'createKey', access: 'apiKey.create', status: 201 },
    input: {
      body: z.strictObject({
        name: z.string().trim().min(1).max(maxNameLength),
        rateLimit: limitsSchema.shape.rpm,
        group: z.string().min(1).max(maxNameLength).optional(),
      }),
    },
    output: z.object({ key, secret: z.string() }),
    async handle({ console, of, body: { name, rateLimit, group } }) {
      const limits = rateLimit === undefined ? undefined : { rpm: rateLimit };
      const { apiKey, secret } = await console.apiKey.create({ ...of, name, group, limits });
      return { key: keyView(apiKey), secret };
    },
  }),

  route({
    ...{ method: 'GET', path: '/keys', name: 'listKeys', access: 'apiKey.read' },
    output: z.object({
      keys: z.array(
        z
          .object({ ...key.shape, spentTodayNanoUsd: nanoUsd, spentThisMonthNanoUsd: nanoUsd })
          .meta({ id: 'ListedApiKey' }),
      ),
    }),
    async handle({ console, of }) {
      const keys = await console.apiKey.list(of);
      return {
        keys: keys.map(({ group, spentTodayNanoUsd, spentThisMonthNanoUsd, ...one }) => {
          return { ...keyView({ ...one, group: group.id }), spentTodayNanoUsd, spentThisMonthNanoUsd };
        }),
      };
    },
  }),

  route({
    ...{ method: 'POST', path: '/keys/{keyId}/disable', name: 'disableKey', access: 'apiKey.disable' },
    input: { params },
    output: switched,
    async handle({ console, of, params: { keyId } }) {
      await console.apiKey.setDisabled({ ...of, apiKeyId: keyId, disabled: true });
      return { id: keyId, disabled: true };
    },
  }),

  route({
    ...{ method: 'POST', path: '/keys/{keyId}/enable', name: 'enableKey', access: 'apiKey.disable' },
    input: { params },
    output: switched,
    async handle({ console, of, params: { keyId } }) {
      await console.apiKey.setDisabled({ ...of, apiKeyId: keyId, disabled: false });
      return { id: keyId, disabled: false };
    },
  }),

  route({
    ...{ method: 'DELETE', path: '/keys/{keyId}', name: 'deleteKey', access: 'apiKey.delete' },
    input: { params },
    output: z.object({ id, deleted: z.literal(true) }),
    async handle({ console, of, params: { keyId } }) {
      await console.apiKey.delete({ ...of, apiKeyId: keyId });
      return { id: keyId, deleted: true };
    },
  }),
];

function keyView({ limits, disabledAt, ...shown }: Omit<ApiKeyView, 'createdByUserId'>) {
  return { ...shown, rateLimit: limits.rpm ?? null, disabled: disabledAt !== null };
}
