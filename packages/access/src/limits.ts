import type { Limits } from '@ai-bridge/domain';
import { z } from 'zod';

const maxPerMinute = 1_000_000_000;
const maxConcurrency = 100_000;

/** Caps of an organization or a key, as forms, the REST API and config files give them. */
export const limitsSchema = z.strictObject({
  rpm: z.int().min(1).max(maxPerMinute).optional(),
  itpm: z.int().min(1).max(maxPerMinute).optional(),
  otpm: z.int().min(1).max(maxPerMinute).optional(),
  concurrency: z.int().min(1).max(maxConcurrency).optional(),
});

/** Limits as a row keeps them. Anything unreadable counts as no cap of that kind; the schema guards the way in. */
export function limitsOfJson(value: unknown): Limits {
  const parsed = limitsSchema.safeParse(value ?? {});
  return parsed.success ? parsed.data : {};
}
