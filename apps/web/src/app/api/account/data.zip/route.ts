import { ownDataFile } from '#features/account/server/own-data/own-data-file.ts';

export const dynamic = 'force-dynamic';

/** Everything that is stored of who asks, as a ZIP. */
export const GET = ownDataFile;
