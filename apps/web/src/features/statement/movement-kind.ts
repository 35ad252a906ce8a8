import type { Movement } from '@ai-bridge/billing';

/** What changed a balance besides requests. */
export type MovementKind = Movement['kind'];
