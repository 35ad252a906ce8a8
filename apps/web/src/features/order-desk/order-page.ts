import type { ApiOutput } from '#components/api.ts';

/** What an order's page shows. */
export type OrderPage = ApiOutput['orderDesk']['read'];
