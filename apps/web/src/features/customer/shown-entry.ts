import type { ApiOutput } from '#components/api.ts';
import type { TimelineKind } from './timeline-kind.ts';

/** Something in a customer's timeline, as its page has it. */
export type ShownEntry = ApiOutput['customer']['timeline']['entries'][number];

export type EntryOf<Kind extends TimelineKind> = Extract<ShownEntry, { readonly kind: Kind }>;
