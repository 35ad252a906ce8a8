import type { ApiOutput } from '#components/api.ts';

/** What the head of a customer's page shows. */
export type CustomerPage = ApiOutput['customer']['read'];
