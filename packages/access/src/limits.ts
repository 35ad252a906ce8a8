import { type Limits, limitsSchema } from '@ai-bridge/domain';

/** Limits as a row keeps them. Anything unreadable counts as no cap of that kind; the schema guards the way in. */
export function limitsOfJson(value: unknown): Limits {
  const parsed = limitsSchema.safeParse(value ?? {});
  return parsed.success ? parsed.data : {};
}
