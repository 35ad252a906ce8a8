import { z } from 'zod';

/** Caps that someone set on an organization or a key. Undefined: no cap. */
export interface Limits {
  /** requests per minute */
  readonly rpm?: number | undefined;
  /** input tokens per minute */
  readonly itpm?: number | undefined;
  /** output tokens per minute */
  readonly otpm?: number | undefined;
  /** requests under way at once */
  readonly concurrency?: number | undefined;
}

const maxPerMinute = 1_000_000_000;
const maxConcurrency = 100_000;

/** Caps as forms, the REST API and config files give them. */
export const limitsSchema = z.strictObject({
  rpm: z.int().min(1).max(maxPerMinute).optional(),
  itpm: z.int().min(1).max(maxPerMinute).optional(),
  otpm: z.int().min(1).max(maxPerMinute).optional(),
  concurrency: z.int().min(1).max(maxConcurrency).optional(),
});

/** What an organization gets that signs itself up, unless the site says otherwise. */
export const signUpLimits: Limits = { rpm: 1_000, itpm: 2_000_000, otpm: 400_000, concurrency: 50 };
