import { summaryFile } from '#features/usage/server/usage-files.ts';

export const dynamic = 'force-dynamic';

/** Sums of usage as CSV, by the query of a usage page. */
export const GET = summaryFile;
