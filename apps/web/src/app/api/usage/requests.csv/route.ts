import { requestsFile } from '#features/usage/server/usage-files.ts';

export const dynamic = 'force-dynamic';

/** The single requests of a range as CSV, sent as they are read. */
export const GET = requestsFile;
