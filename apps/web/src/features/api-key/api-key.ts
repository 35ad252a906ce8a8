import type { ApiOutput } from '#components/api.ts';

/** A key of the organization, with its group, as lists show it. */
export type ApiKey = ApiOutput['apiKey']['list'][number];
