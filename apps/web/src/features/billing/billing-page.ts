import type { ApiOutput } from '#components/api.ts';

/** What the billing page shows. */
export type BillingPage = ApiOutput['billing']['read'];
export type TopUp = NonNullable<BillingPage['topUp']>;
export type SavedCard = NonNullable<BillingPage['card']>;
