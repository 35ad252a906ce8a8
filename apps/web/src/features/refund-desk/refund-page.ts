import type { ApiOutput } from '#components/api.ts';

/** What a refund's page shows. */
export type RefundPage = ApiOutput['refundDesk']['read'];
