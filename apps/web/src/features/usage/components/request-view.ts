import type { ApiOutput } from '#components/api.ts';

/** A request as the server tells it. */
export type RequestView = ApiOutput['usage']['request'];
